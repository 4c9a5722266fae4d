"""Addresses of the shell."""

from django.urls import path

from reintegration.shell import views

app_name = "shell"
urlpatterns = [
    path("", views.home, name="home"),
    path("menu/", views.Menu.as_view(), name="menu"),
    path("pomoc/", views.Help.as_view(), name="help"),
    path("pomoc/<slug:slug>/", views.Guide.as_view(), name="guide"),
    path("deklaracja-dostepnosci/", views.Accessibility.as_view(), name="accessibility"),
    path("wzorce/", views.Patterns.as_view(), name="patterns"),
    path("wyglad/", views.set_theme, name="theme"),
    path("skroty/", views.set_keys, name="keys"),
    path("sesja/przedluz/", views.extend, name="extend"),
    path("szkice/zapisz/", views.keep_draft, name="draft"),
    path("szkice/usun/", views.throw_draft, name="draft_drop"),
]
