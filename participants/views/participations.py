"""Files: periods, team, end, timeline."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
