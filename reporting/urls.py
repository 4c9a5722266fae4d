"""The addresses of this room, one list for each part beside its views."""

from django.urls import URLPattern

app_name = "reporting"
urlpatterns: list[URLPattern] = []
