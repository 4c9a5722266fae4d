"""Persons: list, data, search, duplicates."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
