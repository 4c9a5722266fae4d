"""Addresses of the operator's work with organisations, and of an organisation's people."""

from django.urls import URLPattern, URLResolver, path

from reintegration.administration.views import members, operator

urlpatterns: list[URLPattern | URLResolver] = [
    path("platforma/organizacje/", operator.OrganisationList.as_view(), name="organisation_list"),
    path(
        "platforma/organizacje/otworz/<slug:kind>/",
        operator.OrganisationOpen.as_view(),
        name="organisation_open",
    ),
    path("platforma/organizacje/<uuid:pk>/", operator.OrganisationShow.as_view(), name="organisation_show"),
    path(
        "platforma/organizacje/<uuid:pk>/zmien/",
        operator.OrganisationEdit.as_view(),
        name="organisation_edit",
    ),
    path(
        "platforma/organizacje/<uuid:pk>/zamknij/",
        operator.OrganisationClose.as_view(),
        name="organisation_close",
    ),
    path(
        "platforma/organizacje/<uuid:pk>/otworz/",
        operator.OrganisationReopen.as_view(),
        name="organisation_reopen",
    ),
    path("platforma/organizacje/<uuid:pk>/zaproszenie/", operator.LeadInvite.as_view(), name="lead_invite"),
    path(
        "platforma/organizacje/<uuid:pk>/zaproszenie/<uuid:invitation>/wycofaj/",
        operator.LeadWithdraw.as_view(),
        name="lead_withdraw",
    ),
    path("platforma/podmioty-tworzace/", operator.FounderList.as_view(), name="founder_list"),
    path("platforma/podmioty-tworzace/nowy/", operator.FounderNew.as_view(), name="founder_new"),
    path("platforma/podmioty-tworzace/<uuid:pk>/", operator.FounderEdit.as_view(), name="founder_edit"),
    path("ustawienia/osoby/", members.MemberList.as_view(), name="member_list"),
    path("ustawienia/osoby/<uuid:pk>/", members.MemberShow.as_view(), name="member_show"),
    path("ustawienia/osoby/<uuid:pk>/rola/", members.RoleAdd.as_view(), name="role_add"),
    path("ustawienia/osoby/<uuid:pk>/odbierz/", members.MemberRevoke.as_view(), name="member_revoke"),
    path("ustawienia/osoby/role/<uuid:pk>/", members.RoleEdit.as_view(), name="role_edit"),
    path("ustawienia/osoby/role/<uuid:pk>/odbierz/", members.RoleRevoke.as_view(), name="role_revoke"),
    path("ustawienia/uprawnienia/", members.Matrix.as_view(), name="matrix"),
]
