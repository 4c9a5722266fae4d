"""Addresses of this room."""

from django.urls import URLPattern, URLResolver

app_name = "law"
urlpatterns: list[URLPattern | URLResolver] = []
