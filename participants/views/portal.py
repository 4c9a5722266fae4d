"""Referrals as the sending body sees them, and the signed link."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
