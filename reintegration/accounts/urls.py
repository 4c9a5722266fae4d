"""Addresses of this room."""

from django.urls import URLPattern, URLResolver

# No namespace: allauth reverses its own names.
urlpatterns: list[URLPattern | URLResolver] = []
