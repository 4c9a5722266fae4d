"""The addresses of this room, one list for each part beside its views."""

from django.urls import URLPattern

from ipzs.views import catalogue, months

app_name = "ipzs"

urlpatterns: list[URLPattern] = [
    *catalogue.urlpatterns,
    *months.urlpatterns,
]
