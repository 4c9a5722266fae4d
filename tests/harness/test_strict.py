"""Each rule of the harness, shown raising: a check that cannot fail is a defect."""

import types
from datetime import UTC, datetime
from typing import Any

import pytest
from django.http import HttpResponse
from django.template import Context, Template
from django.utils import timezone

from reintegration.accounts.models import User
from reintegration.tenancy.models import Organisation
from tests import strict
from tests.cast import World

pytestmark = pytest.mark.django_db


def as_project(function: Any) -> Any:
    """The same function as if it stood in the project."""
    code = function.__code__.replace(co_filename=f"{strict.PROJECT[0]}/planted.py")
    return types.FunctionType(code, function.__globals__)


def read_unordered() -> Any:
    return list(Organisation.objects.all())


def read_ordered() -> Any:
    return list(Organisation.objects.order_by("pk"))


def lock_everything() -> Any:
    return User.objects.select_for_update()


def lock_itself() -> Any:
    return User.objects.select_for_update(of=("self",))


def test_several_rows_without_an_order_fail(world: World):
    with pytest.raises(strict.StrictnessError, match="without an order"):
        as_project(read_unordered)()
    assert len(as_project(read_ordered)()) > 1


def test_a_lock_without_of_fails():
    with pytest.raises(strict.StrictnessError, match="without of="):
        as_project(lock_everything)()
    as_project(lock_itself)()


def test_a_datetime_for_a_date_fails():
    with pytest.raises(strict.StrictnessError, match="for a date"):
        Organisation.objects.filter(opened_on=timezone.now()).exists()


def test_a_naive_datetime_fails():
    with pytest.raises(RuntimeWarning, match="naive datetime"):
        User.objects.filter(created_at=datetime(2026, 11, 20, 10)).exists()  # noqa: DTZ001
    assert not User.objects.filter(created_at=datetime(2026, 11, 20, 10, tzinfo=UTC)).exists()


def test_an_undefined_template_variable_fails():
    with pytest.raises(pytest.fail.Exception, match="nowhere"):
        Template("{{ nowhere }}").render(Context())


@pytest.mark.parametrize(
    ("html", "what"),
    [
        ("<script>alert(1)</script>", "inline script"),
        ("<style>p{}</style>", "inline style"),
        ('<p style="color:red">', "style attribute"),
        ('<a onclick="go()">', "event handler"),
        ('<a hx-on:click="go()">', "event handler|hx-on"),
        ('<a href="javascript:go()">', "javascript:"),
        ("<p>{{ name }}</p>", "template tag"),
    ],
)
def test_a_seam_in_an_answer_fails(html: str, what: str):
    with pytest.raises(strict.StrictnessError, match=what):
        strict.check_answer(HttpResponse(html))


def test_a_clean_answer_passes():
    strict.check_answer(
        HttpResponse(
            '<script src="/a.js" defer></script><script type="application/json">{}</script><p>ok</p>'
        )
    )
