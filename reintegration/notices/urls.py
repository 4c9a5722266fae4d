"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from reintegration.notices import views

app_name = "notices"
urlpatterns: list[URLPattern | URLResolver] = [
    path("pulpit/", views.DeskPage.as_view(), name="desk"),
    path("powiadomienia/", views.NoticePage.as_view(), name="notice_list"),
    path("powiadomienia/przeczytane/", views.notices_read, name="notices_read"),
    path("powiadomienia/ustawienia/", views.PreferencePage.as_view(), name="preferences"),
    path(
        "platforma/poczta/<uuid:organisation_id>/<uuid:mail_id>/",
        views.MailDecision.as_view(),
        name="mail_decide",
    ),
    path("poczta-demo/", views.demo_mail, name="demo_mail"),
]
