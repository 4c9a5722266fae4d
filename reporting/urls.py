"""The addresses of this room, one list for each part beside its views."""

from django.urls import URLPattern

from reporting.views import certificates, graduates

app_name = "reporting"
urlpatterns: list[URLPattern] = [*graduates.urlpatterns, *certificates.urlpatterns]
