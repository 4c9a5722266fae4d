"""Addresses of settings and of the operator's work."""

from reintegration.administration.urls.people import urlpatterns as people
from reintegration.administration.urls.unit import urlpatterns as unit

app_name = "administration"
urlpatterns = [*people, *unit]
