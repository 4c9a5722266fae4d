"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from reintegration.documents import views

app_name = "documents"
urlpatterns: list[URLPattern | URLResolver] = [
    path("dokumenty/", views.DocumentList.as_view(), name="list"),
    path("dokumenty/rejestr/", views.RegisterExport.as_view(), name="register"),
    path("dokumenty/zestawienie/<uuid:batch>/", views.ExportPage.as_view(), name="export"),
    path("dokumenty/wykaz-kadry/", views.IssueStaffList.as_view(), name="staff_list"),
    path("dokumenty/wykaz-kadry/arkusz/", views.staff_table, name="staff_table"),
    path("dokumenty/pisma/", views.PapersPage.as_view(), name="papers"),
    path("dokumenty/pisma/wzor/", views.sample, name="sample"),
    path("dokumenty/pisma/naglowek/", views.LetterheadPage.as_view(), name="letterhead"),
    path("dokumenty/pisma/podpis/", views.NewSignatory.as_view(), name="signatory_new"),
    path("dokumenty/pisma/podpis/<uuid:pk>/koniec/", views.EndSignatory.as_view(), name="signatory_end"),
    path("dokumenty/wyjatek/<uuid:pk>/koniec/", views.EndGrant.as_view(), name="grant_end"),
    path("dokumenty/<uuid:pk>/", views.DocumentPage.as_view(), name="document"),
    path("dokumenty/<uuid:pk>/pdf/", views.open_document, name="open"),
    path("dokumenty/<uuid:pk>/wycofaj/", views.WithdrawDocument.as_view(), name="withdraw"),
    path("dokumenty/<uuid:pk>/wyjatek/", views.GiveGrant.as_view(), name="grant"),
    path("pliki/<uuid:pk>/", views.open_stored_file, name="file"),
]
