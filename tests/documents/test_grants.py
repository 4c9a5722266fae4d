"""Exceptions to the roles: one row, one person, a reason and an end."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.urls import reverse

from reintegration.audit.models import Change
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.documents.files import store_bytes
from reintegration.documents.models import Document, DocumentGrant, StoredFile, StoredFileGrant
from reintegration.documents.services import issue_document
from reintegration.jobs.services import enqueue
from reintegration.jobs.worker import drain
from reintegration.tenancy.grants import ObjectGrant, end_grant, end_passed, grant, grant_model, opened_to
from reintegration.tenancy.models import Membership
from reintegration.tenancy.scope import platform_scope
from tests.cast import World, sign_in
from tests.strict import ROOMS

TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _today() -> Any:
    with clock.frozen(TODAY):
        yield


@pytest.fixture
def paper(world: World, files_dir: Path) -> Document:
    """A register of staff, which a specialist may not open by role."""
    with world.scope("cis", "ewa"):
        return issue_document(kind="documents.staff_list", context={"staff": _empty(), "boxes": []})


def _empty() -> Any:
    from reintegration.documents.queries import StaffList

    return StaffList(TODAY, [], [])


def open_as(client: Any, world: World, person: str, paper: Document) -> int:
    sign_in(client, world.people[person], world.organisation_of(person).pk)
    return int(client.get(reverse("documents:open", args=[paper.pk])).status_code)


def give(world: World, paper: Any, person: str = "olga", days: int = 10) -> Any:
    with world.scope("cis", "ewa"):
        return grant(
            user=world.people[person], obj=paper, reason="zastępstwo", until=TODAY + timedelta(days=days)
        )


def test_a_grant_opens_one_paper_to_one_person(client: Any, world: World, paper: Document):
    assert open_as(client, world, "olga", paper) == 404
    give(world, paper)
    assert open_as(client, world, "olga", paper) == 200
    assert open_as(client, world, "tomasz", paper) == 404
    with world.scope("cis", "ewa"):
        other = issue_document(kind="documents.staff_list", context={"staff": _empty(), "boxes": []})
    assert open_as(client, world, "olga", other) == 404


def test_a_grant_that_is_taken_back_ends_in_the_same_request(client: Any, world: World, paper: Document):
    given = give(world, paper)
    assert open_as(client, world, "olga", paper) == 200
    with world.scope("cis", "ewa"):
        end_grant(grant=given)
    assert client.get(reverse("documents:open", args=[paper.pk])).status_code == 404


def test_a_grant_ends_with_its_last_day_even_before_the_nightly_job(
    client: Any, world: World, paper: Document
):
    give(world, paper, days=0)
    assert open_as(client, world, "olga", paper) == 200
    with clock.frozen(TODAY + timedelta(days=1)):
        assert open_as(client, world, "olga", paper) == 404


def test_the_nightly_job_removes_what_has_ended_and_history_keeps_it(world: World, paper: Document):
    given = give(world, paper, days=0)
    with clock.frozen(TODAY + timedelta(days=1)):
        with platform_scope(source="test"):
            enqueue(kind="documents.end_grants")
        drain()
    with world.scope("cis", "ewa"):
        assert DocumentGrant.objects.count() == 0
        last = Change.objects.filter(row_id=given.pk).order_by("-id").first()
        assert last.operation == "D"
        assert last.values["until"] == ["2026-11-20"]


def test_running_grants_stay(world: World, paper: Document):
    give(world, paper, days=1)
    with world.scope("cis", "ewa"):
        assert end_passed(today=TODAY + timedelta(days=1)) == 0
        assert end_passed(today=TODAY + timedelta(days=2)) == 1


def test_grants_of_another_tenant_are_not_seen(client: Any, world: World, paper: Document):
    given = give(world, paper)
    with world.scope("kis", "bozena"):
        assert list(DocumentGrant.objects.all()) == []
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM documents_documentgrant")
            assert cursor.fetchone() == (0,)
    sign_in(client, world.people["bozena"], world.kis.pk)
    assert client.get(reverse("documents:grant_end", args=[given.pk])).status_code in {302, 404}


@pytest.mark.parametrize(
    ("person", "reason", "until", "says"),
    [
        ("olga", "  ", TODAY, "Wpisz powód"),
        ("olga", "x", TODAY - timedelta(days=1), "już minął"),
        ("olga", "x", TODAY + timedelta(days=367), "najwyżej rok"),
        ("ewa", "x", TODAY, "ktoś inny"),
        ("bozena", "x", TODAY, "nie ma tu konta"),
    ],
)
def test_a_grant_needs_a_reason_an_end_and_a_colleague(
    world: World, paper: Document, person: str, reason: str, until: date, says: str
):
    with world.scope("cis", "ewa"), pytest.raises(InputError, match=says):
        grant(user=world.people[person], obj=paper, reason=reason, until=until)


def test_whoever_has_left_gets_no_grant(world: World, paper: Document):
    with world.scope("cis", "ewa"):
        Membership.objects.filter(user=world.people["olga"]).update(until=TODAY - timedelta(days=1))
        with pytest.raises(InputError, match="nie ma tu konta"):
            grant(user=world.people["olga"], obj=paper, reason="x", until=TODAY)


def test_the_database_refuses_a_grant_without_end_or_to_oneself(world: World, paper: Document):
    given = give(world, paper)
    for change in ({"until": TODAY + timedelta(days=400)}, {"granted_by": world.people["olga"]}):
        with (
            world.scope("cis", "ewa"),
            pytest.raises(IntegrityError),
            transaction.atomic(),
        ):
            DocumentGrant.objects.filter(pk=given.pk).update(**change)
    assert not DocumentGrant._meta.get_field("until").null
    assert not DocumentGrant._meta.get_field("reason").null


def test_a_second_grant_replaces_the_first(world: World, paper: Document):
    first, second = give(world, paper, days=1), give(world, paper, days=5)
    assert first.pk == second.pk
    with world.scope("cis", "ewa"):
        assert DocumentGrant.objects.get().until == TODAY + timedelta(days=5)


def test_a_grant_cannot_outlive_what_it_opens(world: World, files_dir: Path):
    with world.scope("cis", "ewa"):
        stored = store_bytes(b"x", name="a.txt", media_type="text/plain", kind="documents.logo")
    give(world, stored)
    with world.scope("cis", "ewa"):
        with (
            connection.cursor() as cursor,
            pytest.raises(IntegrityError),
            transaction.atomic(),
        ):
            cursor.execute("DELETE FROM documents_storedfile WHERE id = %s", [stored.pk])
        stored.delete()
        assert StoredFileGrant.objects.count() == 0


def test_a_list_asks_for_grants_without_a_join(world: World):
    with world.scope("cis", "olga"):
        sql = str(Document.objects.filter(opened_to(Document, world.people["olga"].pk)).query)
    assert "EXISTS" in sql
    outer = sql.split("EXISTS", maxsplit=1)[0]
    assert "JOIN" not in outer


def test_guardian_answers_with_the_same_rule(world: World, paper: Document):
    given = give(world, paper)
    olga = world.people["olga"]
    with world.scope("cis", "olga"):
        assert olga.has_perm("documents.view_document", paper)
        assert olga.get_all_permissions(paper) == {"documents.view_document"}
        assert not olga.has_perm("documents.change_document", paper)
        assert not olga.has_perm("tenancy.view_document", paper)
        assert not olga.has_perm("documents.view_document")
        assert not world.people["tomasz"].has_perm("documents.view_document", paper)
        olga.is_active = False
        assert not olga.has_perm("documents.view_document", paper)
        olga.is_active = True
        with clock.frozen(given.until + timedelta(days=1)):
            assert not olga.has_perm("documents.view_document", paper)
    with world.scope("kis", "bozena"):
        assert not olga.has_perm("documents.view_document", paper)


def test_every_grant_is_a_tenants_with_a_key_of_its_own():
    models = ObjectGrant.__subclasses__()
    assert {grant_model(StoredFile), grant_model(Document)} <= set(models)
    for model in models:
        assert model.tenant_field == "organisation"
        assert not model.objects.is_generic()


def test_guardian_makes_no_account_of_its_own(world: World):
    assert settings.ANONYMOUS_USER_NAME is None
    assert not get_user_model().objects.filter(email__icontains="anonymous").exists()


def test_whoever_granted_something_is_not_removed(world: World, paper: Document):
    give(world, paper)
    with world.scope("cis", "ewa"), pytest.raises(ProtectedError):
        world.people["olga"].delete()


def test_nobody_asks_guardian_past_the_end_of_a_grant():
    """Guardian's shortcuts know neither tenants nor ends; the program has its own ways."""
    sources = [path for room in ROOMS for path in Path(settings.BASE_DIR, room).rglob("*.py")]
    assert {path.parts[-2] for path in sources} >= {"documents", "benefits"}
    assert [path for path in sources if "guardian.shortcuts" in path.read_text(encoding="utf-8")] == []
