"""Every address of the program; each names one action (reintegration.tenancy.actions)."""

from django.urls import URLPattern, URLResolver, include, path

from reintegration.core.addresses import ByFirstWord

ROOMS: list[URLPattern | URLResolver] = [
    path("", include("reintegration.shell.urls")),
    path("", include("reintegration.accounts.urls")),
    path("", include("reintegration.tenancy.urls")),
    path("", include("reintegration.audit.urls")),
    path("", include("reintegration.jobs.urls")),
    path("", include("reintegration.documents.urls")),
    path("", include("reintegration.notices.urls")),
    path("", include("reintegration.law.urls")),
    path("", include("reintegration.administration.urls")),
    path("", include("reintegration.api.urls")),
    path("", include("participants.urls")),
    path("", include("ipzs.urls")),
    path("", include("benefits.urls")),
    path("", include("reporting.urls")),
]
urlpatterns: list[URLPattern | URLResolver] = [ByFirstWord(ROOMS)]

handler400 = "reintegration.shell.errors.bad_request"
handler403 = "reintegration.shell.errors.forbidden"
handler404 = "reintegration.api.errors.not_found"
handler500 = "reintegration.shell.errors.server_error"
