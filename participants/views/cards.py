"""The counselling card and the follow-up."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
