"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from reintegration.tenancy.choice import Choose

app_name = "tenancy"
urlpatterns: list[URLPattern | URLResolver] = [
    path("organizacja/", Choose.as_view(), name="choose"),
]
