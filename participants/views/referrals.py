"""Referrals as the unit sees them."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
