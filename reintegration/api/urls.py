"""Addresses of the API and of its pages."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView

from reintegration.api import endpoints, perms, screens
from reintegration.tenancy.actions import handles

app_name = "api"
urlpatterns = [
    path("api/v1/me/", endpoints.Me.as_view(), name="me"),
    path("api/v1/sites/", endpoints.Sites.as_view(), name="sites"),
    path("api/v1/sites/<uuid:pk>/", endpoints.OneSite.as_view(), name="site"),
    path(
        "api/v1/schema/",
        handles(perms.SCHEMA)(
            SpectacularAPIView.as_view(
                authentication_classes=[], permission_classes=[], throttle_classes=[], api_version="1"
            )
        ),
        name="schema",
    ),
    path("api/", screens.Guide.as_view(), name="guide"),
    path("ustawienia/api/", screens.TokenList.as_view(), name="token_list"),
    path("ustawienia/api/nowy/", screens.TokenMake.as_view(), name="token_make"),
    path("ustawienia/api/<uuid:pk>/uniewaznij/", screens.TokenRevoke.as_view(), name="token_revoke"),
]
