"""Consents, papers, export, retention."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
