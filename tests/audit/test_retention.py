"""Retention: every column is declared, terms are kept, holds hold, and what is erased is gone."""

from datetime import UTC, date, datetime
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, connections
from django.db.models import BinaryField, Field
from django.db.utils import InternalError, ProgrammingError
from django.utils.module_loading import import_string

from reintegration.accounts.models import User
from reintegration.audit import erasure, retention
from reintegration.audit.models import Change, Erasure, Event, LegalHold
from reintegration.audit.sealing import seal_all
from reintegration.audit.verify import verify_all
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.jobs import worker
from reintegration.jobs.services import enqueue
from reintegration.tenancy.models import Membership, StaffMember
from reintegration.tenancy.scope import scope
from tests.audit.conftest import hire
from tests.cast import World

# Global tables that hold personal values.
GLOBAL_WITH_PEOPLE = {"accounts.User", "accounts.Invitation"}

KEPT_UNTIL = date(2036, 12, 31)


def columns(model: Any) -> set[str]:
    """The columns that a declaration must name: no key, no tenant, no reference to another row.

    A generated column says what its sources say, and is emptied with them.
    """
    skipped = {"organisation_id", "unit_id"}
    return {
        field.name
        for field in model._meta.local_concrete_fields
        if not (field.primary_key or field.is_relation or field.generated or field.name in skipped)
    }


def declared_models() -> list[Any]:
    return [
        model
        for model in apps.get_models()
        if hasattr(model, "tenant_field") or model._meta.label in GLOBAL_WITH_PEOPLE
    ]


@pytest.mark.parametrize("model", declared_models(), ids=lambda model: model._meta.label)
def test_every_column_is_declared_personal_or_plain(model: Any):
    table = retention.tables().get(model._meta.label)
    assert table is not None, f"{model._meta.label} is not in the table of retention"
    named = {*table.personal, *table.plain}
    assert columns(model) - named == set(), "neither personal nor plain"
    assert named - columns(model) == set(), "no such columns"
    assert not set(table.personal) & set(table.plain)


def test_ciphertexts_are_declared_personal():
    for label, table in retention.tables().items():
        if not label.startswith(("audit.", "api.")):
            sealed = {
                f.name
                for f in retention.model_of(label)._meta.local_concrete_fields
                if isinstance(f, BinaryField)
            }
            assert sealed <= set(table.personal), label


@pytest.mark.parametrize("label", sorted(retention.tables()))
def test_personal_columns_have_an_end(label: str):
    table = retention.tables()[label]
    model = retention.model_of(label)
    if table.personal:
        assert table.term or table.subject or table.erased_by, "kept for ever"
    if table.erased_by:
        assert callable(table.hook())
    if table.term:
        if table.term.due:
            assert callable(import_string(table.term.due))
        else:
            model._meta.get_field(table.term.starts)
        assert bool(table.term.years) != bool(table.term.days)
    if table.personal and not table.erased_by:
        for name in table.personal:
            field = model._meta.get_field(name)
            assert isinstance(field, Field)
            blankable = field.null or field.empty_strings_allowed or type(field).__name__ == "JSONField"
            assert blankable or table.term.treatment is retention.Treatment.DELETE, (
                f"{name} cannot be emptied"
            )


@pytest.mark.django_db
@pytest.mark.parametrize("label", sorted(retention.tables()))
def test_history_knows_whose_data_a_table_holds(label: str):
    table = retention.tables()[label]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgargs FROM pg_trigger WHERE tgname = 'history' AND tgrelid = %s::regclass",
            [retention.model_of(label)._meta.db_table],
        )
        row = cursor.fetchone()
    if row is not None and table.personal:
        subject = bytes(row[0]).split(b"\0")[0].decode()
        assert subject == table.subject, "its migration and the table of retention name different people"


def leave(
    world: World, last_name: str = "Dawna", until: date = date(2026, 3, 31), **values: Any
) -> StaffMember:
    with world.scope("cis", "ewa"):
        one = hire("Panieńska", until=until, **values)
        one.last_name = last_name
        one.save()
        Event.objects.create(action="tenancy.staff.show", persons=[one.pk], detail={"szukano": last_name})
    return one


def run(*options: str) -> str:
    out = StringIO()
    call_command("retention", *options, stdout=out)
    return out.getvalue()


def findings() -> list[str]:
    seal_all()
    return [sentence for report in verify_all() for sentence in report.findings]


def test_a_dry_run_says_what_is_due_and_changes_nothing(keeper: World):
    one = leave(keeper)
    with clock.frozen(date(2037, 1, 1)):
        said = run()
    assert "tenancy.StaffMember: 1 rows" in said
    assert "Dawna" not in said
    with keeper.scope("cis"):
        assert StaffMember.objects.get(pk=one.pk).last_name == "Dawna"


def test_nobody_is_erased_before_the_term(keeper: World):
    leave(keeper)
    with keeper.scope("cis"):
        hire("Obecna")
    with clock.frozen(KEPT_UNTIL):
        run("--write")
    with keeper.scope("cis"):
        assert list(StaffMember.objects.order_by("last_name").values_list("last_name", flat=True)) == [
            "Dawna",
            "Obecna",
        ]


def test_after_the_term_row_and_history_are_blanked_and_everything_verifies(keeper: World):
    one = leave(keeper)
    assert findings() == []
    with clock.frozen(date(2037, 1, 1)):
        run("--write")
    with keeper.scope("cis"):
        row = StaffMember.objects.get(pk=one.pk)
        assert (row.first_name, row.last_name, row.kind) == ("", "", "instructor")
        changes = Change.objects.filter(subject_id=one.pk).order_by("id")
        assert [(change.operation, change.values) for change in changes] == [
            ("I", None),
            ("U", None),
            ("U", None),
        ]
        shown = Event.objects.get(action="tenancy.staff.show")
        assert (shown.detail, shown.persons) == (None, [one.pk])
        blanking = Event.objects.get(action="audit.history.blank")
        assert shown.blanked_by == blanking.pk == Erasure.objects.get().history_event
        assert blanking.detail["changes"] == 2
        assert "art. 94" in blanking.detail["basis"]
    assert findings() == []


def test_a_second_run_finds_nothing_left(keeper: World):
    leave(keeper)
    with clock.frozen(date(2037, 1, 1)):
        run("--write")
        assert "StaffMember" not in run("--write")
    with keeper.scope("cis"):
        assert Erasure.objects.count() == 1


def test_a_run_killed_before_the_keeper_came_is_finished_by_the_next(keeper: World):
    one = leave(keeper)
    with keeper.scope("cis"):
        erasure.erase_subject(subject_id=one.pk, basis="na żądanie, art. 17 RODO")
    with keeper.scope("cis"):
        assert Change.objects.filter(subject_id=one.pk, values__isnull=False).exists()
    run("--write")
    with keeper.scope("cis"):
        assert not Change.objects.filter(subject_id=one.pk, values__isnull=False).exists()
    assert findings() == []


def test_the_nightly_job_erases_unless_it_is_stopped(keeper: World, settings: Any):
    one = leave(keeper)

    def night() -> Any:
        with keeper.scope("operator"):
            job = enqueue(kind="audit.retention")
        with clock.frozen(date(2037, 1, 1)):
            worker.drain()
        job.refresh_from_db()
        with keeper.scope("cis"):
            return job.state, StaffMember.objects.get(pk=one.pk).last_name

    settings.RETENTION_RUNS = False
    assert night() == ("done", "Dawna")
    settings.RETENTION_RUNS = True
    assert night() == ("done", "")


def test_a_legal_hold_keeps_data_beyond_the_term(keeper: World):
    one = leave(keeper)
    with keeper.scope("cis", "ewa"):
        hold = erasure.place_hold(subject_id=one.pk, reason="Spór w sądzie pracy", on=date(2036, 5, 1))
    with clock.frozen(date(2037, 1, 1)):
        run("--write")
    with keeper.scope("cis", "ewa"):
        assert StaffMember.objects.get(pk=one.pk).last_name == "Dawna"
        with pytest.raises(InputError):
            erasure.erase_subject(subject_id=one.pk, basis="na żądanie")
        erasure.release_hold(hold_id=hold.pk, reason="Ugoda")
    with clock.frozen(date(2037, 1, 1)):
        run("--write")
    with keeper.scope("cis"):
        assert StaffMember.objects.get(pk=one.pk).last_name == ""
        assert LegalHold.objects.get().reason == ""


def test_the_database_itself_refuses_to_blank_under_a_hold(keeper: World):
    one = leave(keeper)
    with keeper.scope("cis", "ewa"):
        erasure.place_hold(subject_id=one.pk, reason="Spór", on=date(2026, 5, 1))
    with (
        scope(organisation_id=keeper.cis.pk, source="test", using="keeper"),
        connections["keeper"].cursor() as cursor,
        pytest.raises(Exception, match="legal hold"),
    ):
        cursor.execute("SELECT audit_blank(%s, 'x')", [one.pk])


def test_only_the_keeper_blanks_and_only_on_a_basis(keeper: World):
    one = leave(keeper)
    with keeper.scope("cis"), connection.cursor() as cursor, pytest.raises(ProgrammingError):
        cursor.execute("SELECT audit_blank(%s, 'x')", [one.pk])
    with (
        scope(organisation_id=keeper.cis.pk, source="test", using="keeper"),
        connections["keeper"].cursor() as cursor,
        pytest.raises(Exception, match="stated basis"),
    ):
        cursor.execute("SELECT audit_blank(%s, ' ')", [one.pk])


def test_the_keeper_cannot_use_its_right_for_anything_else(keeper: World):
    leave(keeper)
    attempts = [
        "UPDATE audit_change SET values = NULL, sealed = NULL, salt = NULL, blanked_by = 1",
        "UPDATE audit_change SET sealed = '{\"x\": 1}'",
        "UPDATE audit_event SET detail = NULL",
        "DELETE FROM audit_change",
        "UPDATE tenancy_staffmember SET last_name = ''",
    ]
    for statement in attempts:
        with (
            scope(organisation_id=keeper.cis.pk, source="test", using="keeper"),
            connections["keeper"].cursor() as cursor,
            pytest.raises((ProgrammingError, InternalError)),
        ):
            cursor.execute(statement)


def test_the_account_of_somebody_who_left_for_good_goes_with_them(keeper: World):
    person = keeper.people["tomasz"]
    with keeper.scope("operator"):
        Membership.objects.filter(user=person).update(until=date(2026, 3, 31))
    leave(keeper, user=person)
    with clock.frozen(date(2037, 1, 1)):
        run("--write")
    user = User.objects.get(pk=person.pk)
    assert (user.first_name, user.last_name, user.is_active) == ("", "", False)
    assert user.email == f"{user.pk}@usuniete.invalid"
    assert not user.has_usable_password()


def test_an_account_without_a_role_goes_after_its_term(keeper: World):
    gone, revoked = keeper.people["zofia"], keeper.people["krystyna"]
    with keeper.scope("operator", "operator"):
        User.objects.update(created_at=datetime(2020, 1, 1, tzinfo=UTC))
        Membership.objects.filter(user=gone).update(until=date(2026, 3, 31))
        Membership.objects.filter(user=revoked).update(
            revoked_at=datetime(2027, 3, 31, tzinfo=UTC), revoked_by=keeper.people["operator"]
        )
    with clock.frozen(date(2037, 1, 1)):
        run("--write")
    names = dict(User.objects.order_by("pk").values_list("pk", "last_name"))
    assert names[gone.pk] == ""
    assert names[revoked.pk] == "Wrzos"
    assert names[keeper.people["ewa"].pk] == "Jarzębina"
    with keeper.scope("operator"):
        assert Erasure.objects.get(subject_id=gone.pk).history_event
    with clock.frozen(date(2038, 1, 1)):
        run("--write")
    assert User.objects.get(pk=revoked.pk).last_name == ""
    assert findings() == []


def test_an_account_that_is_used_elsewhere_stays(keeper: World):
    leave(keeper, user=keeper.people["tomasz"])
    with clock.frozen(date(2037, 1, 1)):
        run("--write")
    assert User.objects.get(pk=keeper.people["tomasz"].pk).last_name == "Klon"


def test_a_restored_backup_learns_whom_to_erase_again(keeper: World, tmp_path: Any):
    one = leave(keeper)
    with clock.frozen(date(2037, 1, 1)):
        run("--write")
    journal = tmp_path / "journal.json"
    journal.write_text(run("--journal"))
    assert "Dawna" not in journal.read_text()
    # The database as it was before: the person is back and the erasure unknown.
    with keeper.scope("cis"):
        Erasure.objects.all().delete()
        StaffMember.objects.filter(pk=one.pk).update(last_name="Dawna")
    assert "1 people" in run("--replay", str(journal), "--write")
    with keeper.scope("cis"):
        assert StaffMember.objects.get(pk=one.pk).last_name == ""
    assert "0 people" in run("--replay", str(journal), "--write")
