"""Addresses of the web process that the tests kill: they promise work, with a row and without."""

import os

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from reintegration.celery import app
from reintegration.jobs.services import enqueue
from reintegration.tenancy.actions import handles, public_action
from reintegration.tenancy.scope import platform_scope
from tests.jobs.processes.work import leave_effect

PROMISE = public_action("test.job.promise", "Zlecenie pracy w próbie")


def _die_after_commit(request: HttpRequest) -> None:
    """As kill -9 in the moment between COMMIT and whatever was to follow it."""
    if "die" in request.GET:
        transaction.on_commit(lambda: os._exit(9))


@csrf_exempt
@handles(PROMISE)
def with_row(request: HttpRequest, key: str) -> HttpResponse:
    with platform_scope(source="test"):
        _die_after_commit(request)
        enqueue(kind="test.effect", payload={"key": key}, key=key)
    return HttpResponse("promised")


@csrf_exempt
@handles(PROMISE)
def without_row(request: HttpRequest, key: str) -> HttpResponse:
    """The usual way: the business row commits, then the broker is told."""
    with platform_scope(source="test"):
        _die_after_commit(request)
        leave_effect(f"business {key}")
        transaction.on_commit(lambda: app.send_task("test.plain", [key]))
    return HttpResponse("promised")


urlpatterns = [
    path("with-row/<slug:key>/", with_row, name="with_row"),
    path("without-row/<slug:key>/", without_row, name="without_row"),
    path("", include("reintegration.urls")),
]
