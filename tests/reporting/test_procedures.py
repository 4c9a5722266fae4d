"""Notices of clubs and applications for a status: their way and terms."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.core.formats import format_long_date
from reintegration.core.identifiers import format_phone
from reintegration.documents.files import read_file
from reintegration.jobs.models import Job
from reintegration.notices.models import Notice
from reintegration.tenancy.models import Organisation, Unit
from reporting import procedure_papers as papers
from reporting.enums import LayoutKind
from reporting.forms.procedures import PointForm
from reporting.models import (
    ClubNotice,
    EntryVersion,
    OutsideReport,
    ProcedureFile,
    RegisterEntry,
    StatusApplication,
)
from reporting.queries import procedures as queries
from reporting.queries import public
from reporting.queries.layouts import in_force
from reporting.rules import procedures as rules
from reporting.services import applications, notices, proceedings, registers
from reporting.tables import columns_of, preview
from tests.cast import World, sign_in
from tests.reporting.made import entered
from tests.reporting.procedures_made import (
    ANSWERS,
    CLUB,
    applied,
    case,
    complete,
    drafted,
    granted,
    handed_in,
    hear,
    pdf,
    sent,
    text_of,
)

TODAY = datetime(2026, 11, 22, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with clock.frozen(TODAY):
        yield


def _term_of(world: World, pk: Any) -> date:
    with world.scope("office", "maria"):
        found: date = case(pk).complete_by
        return found


@pytest.mark.django_db
def test_a_call_runs_from_its_receipt(world: World, client: Any) -> None:
    """The office types the day from the return slip and may mend it; what the unit confirmed stands."""
    with world.scope("kis", "bozena"):
        notice = sent()
    with world.scope("office", "maria"):
        proceedings.call(proceedings.locked(ClubNotice, notice.pk), words="Akt.", days=7)
    at = reverse("reporting:case_received", args=[notice.pk])
    page = reverse("reporting:notice", args=[notice.pk])
    with clock.frozen(TODAY + timedelta(days=4)):
        sign_in(client, world.people["maria"])
        assert "termin nie biegnie" in client.get(page).content.decode()
        assert client.post(at, {"received_on": "21.11.2026"}).status_code == 422
        assert client.post(at, {"received_on": "27.11.2026"}).status_code == 422
        for day, due in (("26.11.2026", date(2026, 12, 3)), ("25.11.2026", date(2026, 12, 2))):
            assert client.post(at, {"received_on": day}).status_code == 302
            assert _term_of(world, notice.pk) == due
        sign_in(client, world.people["bozena"])
        assert client.post(at, {"received_on": "26.11.2026"}).status_code == 422
        with world.scope("kis", "bozena"):
            notices.write(notice_id=notice.pk, **CLUB)
            assert case(notice.pk).call_received_on is None
        with world.scope("office", "maria"):
            proceedings.call(proceedings.locked(ClubNotice, notice.pk), words="Dalej.", days=14)
        assert client.post(at, {"received_on": "26.11.2026"}).status_code == 302
        assert "Odebrano 26.11.2026. Uzupełnić do 10.12.2026." in client.get(page).content.decode()
        sign_in(client, world.people["maria"])
        assert at not in client.get(page).content.decode()
        assert client.post(at, {"received_on": "24.11.2026"}).status_code == 422
        sign_in(client, world.people["dorota"])
        assert client.get(at).status_code == 404
    with world.scope("office", "maria"):
        for wrong in (
            {"complete_by": None}, {"complete_by": date(2026, 12, 9)}, {"complete_by": date(2026, 12, 12)},
            {"complete_by": date(2026, 12, 21)},
        ):  # fmt: skip
            with pytest.raises(DatabaseError, match="club_notice_call"), transaction.atomic():
                ClubNotice.objects.filter(pk=notice.pk).update(**wrong)


@pytest.mark.django_db
def test_the_waiting_of_every_call_is_taken_from_the_term(world: World) -> None:
    """Two calls of three and four days, with a week's end between term and its moving."""
    with world.scope("cis", "ewa"):
        application = handed_in()
    for start, end in ((1, 4), (10, 14)):
        with clock.frozen(TODAY + timedelta(days=start)), world.scope("office", "maria"):
            applications.call(application_id=application.pk, words="Punkt 5.", days=14)
        with clock.frozen(TODAY + timedelta(days=end)), world.scope("cis", "ewa"):
            applications.answer(application_id=application.pk, point="5", content={"words": f"{end}."})
            applications.send(application_id=application.pk)
            found = case(application.pk)
    assert found.waited == 7
    assert found.due_on == rules.decision_due(date(2026, 11, 22), 7) == date(2026, 12, 29)


@pytest.mark.django_db
def test_a_club_is_told_of_completed_and_entered(world: World) -> None:
    with world.scope("kis", "bozena"):
        notice = sent()
        assert case(notice.pk).due_on == date(2026, 12, 22)
        with pytest.raises(InputError, match="w urzędzie"):
            notices.write(notice_id=notice.pk, **CLUB)
    with world.scope("office", "maria"):
        with pytest.raises(InputError, match="7 dni"):
            proceedings.call(proceedings.locked(ClubNotice, notice.pk), words="Brak", days=6)
        proceedings.call(proceedings.locked(ClubNotice, notice.pk), words="Brak aktu.", days=7)
        with pytest.raises(InputError, match="nie biegnie"):
            proceedings.leave(proceedings.locked(ClubNotice, notice.pk))
        assert case(notice.pk).complete_by is None
        proceedings.receive(proceedings.locked(ClubNotice, notice.pk), received_on=clock.today())
        # Seven days from a Sunday end on one; the term moves to Monday.
        assert case(notice.pk).complete_by == date(2026, 11, 30)
        with pytest.raises(InputError, match="ma czas do"):
            proceedings.leave(proceedings.locked(ClubNotice, notice.pk))
    with world.scope("kis", "bozena"):
        notices.write(notice_id=notice.pk, **{**CLUB, "town": "Rokitowo"})
    with world.scope("office", "maria"):
        found = case(notice.pk)
        # The register is kept in 30 days of the notice, whatever had to be completed.
        assert (found.state, found.due_on, found.content["town"]) == ("sent", date(2026, 12, 22), "Rokitowo")
        data = {
            name: value for name, value in queries.data_from(found.content).items() if name in registers.DATA
        }
        entry = notices.enter(notice_id=notice.pk, number="7/2026", decided_on=date(2026, 11, 22), **data)
        assert entry.joined_id is None
        entry.refresh_from_db()
        assert entry.joined_id == world.kis.pk
        assert case(notice.pk).entry == entry.pk
        version = EntryVersion.objects.get(entry=entry)
        told = " ".join(str(getattr(version, field.attname)) for field in version._meta.concrete_fields)
        assert "Kanarek" not in told
        assert "Kunegunda" in text_of(papers.notice(case(notice.pk)))
    with world.scope("kis", "bozena"):
        assert Unit.objects.get(pk=world.kis.pk).register_number == "7/2026"
        with pytest.raises(InputError, match="już w rejestrze"):
            drafted()
        data = {**CLUB, "phone": "810000009"}
        changed = notices.start(kind="change", since=date(2026, 11, 20), **data)
        notices.send(notice_id=changed.pk)
    with world.scope("office", "maria"):
        kept = {name: value for name, value in data.items() if name in registers.DATA}
        with pytest.raises(InputError, match="zaczyna się"):
            notices.change(notice_id=changed.pk, since=date(2026, 11, 20), **kept)
        notices.change(notice_id=changed.pk, since=date(2026, 11, 22), **kept)
        assert EntryVersion.objects.get(entry=entry).phone == "810000009"
    with world.scope("kis", "bozena"):
        with pytest.raises(InputError, match="gdy nastąpiło"):
            notices.start(kind="closing", since=date(2026, 11, 23))
        closing = notices.start(kind="closing", since=date(2026, 11, 22))
        assert closing.content["phone"] == "810000009"
        notices.send(notice_id=closing.pk)
    with world.scope("office", "maria"):
        notices.delete(
            notice_id=closing.pk, number="", decided_on=date(2026, 11, 22), since=date(2026, 11, 22)
        )
        entry.refresh_from_db()
        assert entry.state == "deleted"
        registers.unlink(entry_id=entry.pk)
    assert Unit.objects.get(pk=world.kis.pk).register_number == ""


def test_points_are_asked_of_those_whom_they_concern() -> None:
    def codes(**who: bool) -> set[str]:
        return {one.code for one in rules.points_for(**who)} & {"14", "15"}

    assert codes(local=False, powiat=False) == {"14"}
    assert codes(local=True, powiat=False) == {"14", "15"}
    assert codes(local=True, powiat=True) == {"15"}
    points = rules.points_for(local=False, powiat=False)
    assert [one.code for one in rules.missing(points, ANSWERS, {"12", "14"})] == ["13"]
    for code, name in (("1", "founder_street"), ("1", "founder_postcode"), ("2", "starts_on")):
        half = {**ANSWERS, code: {key: said for key, said in ANSWERS[code].items() if key != name}}
        assert [one.code for one in rules.missing(points, half, {"12", "13", "14"})] == [code]
    for contact, lacking in (({"phone": "810000002"}, []), ({"email": "a@b.example"}, []), ({}, ["2a"])):
        known = {**ANSWERS, "2a": contact}
        assert [one.code for one in rules.missing(points, known, {"12", "13", "14"})] == lacking
    left = [rules.BY_CODE[code] for code in ("3", "6", "12")]
    after = {code: rules.next_of(left, rules.BY_CODE[code]) for code in ("1", "3", "8", "12", "14")}
    assert [one and one.code for one in after.values()] == ["3", "6", "12", "3", "3"]
    assert rules.next_of([rules.BY_CODE["6"]], rules.BY_CODE["6"]) is None
    assert [one.code for one in rules.POINTS] == [
        "1", "2", "2a", "3", "4", "5", "6", "6a", "7", "8", "9", "10", "11", "12", "13", "14", "15",
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_point_begins_with_what_the_program_knows_and_leads_to_the_next(world: World, client: Any) -> None:
    with world.scope("cis", "ewa"):
        application = applications.start(local=False, powiat=False)
    sign_in(client, world.people["ewa"])

    def page(code: str) -> str:
        return reverse("reporting:application_point", args=[application.pk, code])

    # Half an answer is none, but nobody types it anew.
    shown = client.get(page("1"))
    assert (shown.context["form"]["founder_name"].value(), shown.context["form"]["founder_kind"].value()) == (
        "Fundacja Krok",
        "ngo",
    )
    assert "Zapisz i dalej" in shown.content.decode()
    answer = client.post(page("1"), ANSWERS["1"])
    assert answer.headers["Location"] == page("2")
    with world.scope("cis", "ewa"):
        for code, content in ANSWERS.items():
            applications.answer(application_id=application.pk, point=code, content=content)
        for code in ("12", "13", "14"):
            proceedings.attach(application, file=pdf(), label="Papier", point=code)
    answer = client.post(page("5"), {"words": "Stolarnia i kuchnia."})
    assert answer.headers["Location"] == reverse("reporting:application", args=[application.pk])


def test_a_form_asks_for_a_phone_or_an_email() -> None:
    def errors(**typed: str) -> set[str]:
        return set(PointForm(data=typed, point=rules.BY_CODE["2a"]).errors)

    assert errors() == {"phone"}
    assert errors(email="cis@nowymost.example") == errors(phone="810000002") == set()


@pytest.mark.parametrize(
    ("day", "years"),
    [
        (date(2031, 3, 31), [2027, 2028, 2029]),
        (date(2031, 4, 1), [2028, 2029, 2030]),
    ],
)
def test_a_prolongation_looks_at_years_whose_term_has_passed(day: date, years: list[int]) -> None:
    assert rules.years_looked_at(day) == years


@pytest.mark.django_db
def test_a_status_is_granted_prolonged_and_refused(world: World) -> None:
    with world.scope("cis", "ewa"):
        started = applications.start(local=False, powiat=False)
        with pytest.raises(InputError, match="Brakuje jeszcze punktów: 1, 2, 2a, 3"):
            applications.send(application_id=started.pk)
        proceedings.withdraw(proceedings.locked(StatusApplication, started.pk))
        application = handed_in()
        assert case(application.pk).due_on == date(2026, 12, 22)
    with world.scope("office", "maria"):
        applications.call(application_id=application.pk, words="Punkt 5.", days=14)
    with clock.frozen(TODAY + timedelta(days=4)), world.scope("cis", "ewa"):
        applications.answer(application_id=application.pk, point="4", content={"activity": "kuchnia"})
        # The paper of the office opens in the unit.
        stored = proceedings.stored_of(_paper(application).stored_file)
        assert stored is not None
        said = text_of(read_file(stored))
        assert "art. 64 § 2" in said
        assert "Punkt 5." in said
        applications.send(application_id=application.pk)
        # Four days of waiting for the unit are not the office's, and 26 December is a day off.
        assert case(application.pk).due_on == date(2026, 12, 28)
    with clock.frozen(TODAY + timedelta(days=5)), world.scope("office", "maria"):
        with pytest.raises(InputError, match="status CIS"):
            applications.prolong(
                application_id=application.pk, decision="x", decided_on=clock.today(), reports_seen=True
            )
        entry = granted(application.pk)
        assert EntryVersion.objects.get(entry=entry).activity == "kuchnia"
        stored = proceedings.stored_of(_paper(application).stored_file)
        assert stored is not None
        said = text_of(read_file(stored))
        assert "od 27.11.2026 do 26.11.2031" in said
        assert "numer 5/2026" in said
    assert Unit.objects.get(pk=world.cis.pk).register_number == "5/2026"
    with clock.frozen(datetime(2031, 3, 1, 10, tzinfo=UTC)):
        with world.scope("cis", "ewa"):
            again = applications.start(local=False, powiat=False)
            # What was said last time is there; papers are brought anew.
            assert [one.code for one in queries.missing_of(again)] == ["12", "13", "14"]
            for code in ("12", "13", "14"):
                proceedings.attach(again, file=pdf(), label="Załącznik", point=code)
            applications.answer(application_id=again.pk, point="4", content={"activity": "ogrody"})
            applications.send(application_id=again.pk)
        with world.scope("office", "maria"):
            OutsideReport.objects.create(
                entry=entry, year=2028, layout=in_force(LayoutKind.CIS, 2028), state="accepted", content={},
                received_on=date(2029, 3, 1),
            )  # fmt: skip
            with pytest.raises(InputError, match="3 ostatnich lat"):
                applications.prolong(
                    application_id=again.pk, decision="PS.9", decided_on=clock.today(), reports_seen=False
                )
            applications.prolong(
                application_id=again.pk, decision="PS.9", decided_on=clock.today(), reports_seen=True
            )
            decisions = [(one.kind, one.until) for one in registers_of(entry)]
            assert decisions == [("granted", date(2031, 11, 26)), ("prolonged", date(2036, 11, 26))]
            assert EntryVersion.objects.filter(entry=entry).order_by("since").last().activity == "ogrody"
            stored = proceedings.stored_of(_paper(again).stored_file)
            assert stored is not None
            said = text_of(read_file(stored))
            assert "Wzięto pod uwagę sprawozdania: za 2028 rok (przyjęte). (art. 5a)" in said
            assert "W programie nie ma sprawozdań za: 2027, 2029." in said
            assert [one.year for one in queries.reports_of(again, clock.today())] == [2027, 2028, 2029]
        with world.scope("cis", "ewa"):
            assert queries.decision_of(world.cis.pk, date(2032, 1, 1)).number == "PS.9"  # type: ignore[union-attr]
    with world.scope("other_cis", "teresa"):
        other = handed_in()
    with world.scope("office", "maria"):
        applications.refuse(
            application_id=other.pk, decision="PS.10", decided_on=clock.today(), words="Brak lokalu."
        )
    with world.scope("other_cis", "teresa"):
        stored = proceedings.stored_of(_paper(other).stored_file)
        assert stored is not None
        said = text_of(read_file(stored))
        assert "odmawia się" in said
        assert "Brak lokalu." in said
        assert case(other.pk).state == "refused"


@pytest.mark.django_db
def test_a_status_that_ran_out_is_applied_for_anew(world: World, client: Any) -> None:
    with world.scope("office", "maria"):
        old = entered(number="1", since=date(2021, 11, 1))
        registers.link(entry_id=old.pk, unit_id=world.cis.pk)
        with pytest.raises(InputError, match="Status skończył się 31.10.2026.*nowy wniosek"):
            registers.prolong(entry_id=old.pk, number="P", decided_on=date(2026, 11, 1))
    sign_in(client, world.people["ewa"])
    page = client.get(reverse("reporting:own_entry")).content.decode()
    assert "Wniosek o status" in page
    assert "Wniosek o przedłużenie" not in page
    with world.scope("cis", "ewa"):
        application = handed_in()
        assert application.kind == "grant"
    with world.scope("office", "maria"):
        new = granted(application.pk)
        old.refresh_from_db()
        new.refresh_from_db()
        assert (old.joined_id, new.joined_id) == (None, world.cis.pk)
    page = client.get(reverse("reporting:own_entry")).content.decode()
    assert "Wniosek o przedłużenie" in page


def registers_of(entry: RegisterEntry) -> Any:
    return entry.decisions.order_by("since")


def _paper(application: StatusApplication) -> ProcedureFile:
    rows = ProcedureFile.objects.filter(application=application, by_office=True)
    found: ProcedureFile = rows.order_by("-made_at", "-pk")[0]
    return found


@pytest.mark.django_db
def test_an_attachment_is_never_called_as_its_file(world: World) -> None:
    with world.scope("cis", "ewa"):
        made = applied()
        file = pdf("kowalska-orzeczenie.pdf")
        assert proceedings.attach(made, file=file, label=" ", point="12").label == rules.BY_CODE["12"].title
        assert proceedings.attach(made, file=file, label="").label == "Załącznik 5"


@pytest.mark.django_db
def test_a_club_sends_nothing_before_all_is_there_that_its_form_asks(world: World, client: Any) -> None:
    with world.scope("kis", "bozena"):
        notice = drafted(founder_email="", street="")
        with pytest.raises(InputError, match="telefon albo e-mail podmiotu.*ulica.*kopia aktu"):
            notices.send(notice_id=notice.pk)
        assert case(notice.pk).due_on is None
    sign_in(client, world.people["bozena"])
    at, send = (reverse(f"reporting:{name}", args=[notice.pk]) for name in ("notice", "case_send"))
    page = client.get(at)
    assert len(page.context["missing"]) == 3
    assert send not in page.content.decode()
    assert client.post(send).status_code == 422
    with world.scope("kis", "bozena"):
        notices.write(notice_id=notice.pk, **CLUB)
        proceedings.attach(notice, file=pdf(), label="Akt")
    assert send in client.get(at).content.decode()
    client.post(send)
    assert client.get(at).context["missing"] == []
    with world.scope("office", "maria"):
        assert case(notice.pk).state == "sent"
        # What came on paper the office enters with what it has.
        entered("KIS", number="44", email="", phone="")


@pytest.mark.django_db
def test_a_closed_office_is_sent_nothing(world: World) -> None:
    with world.scope("kis", "bozena"):
        made = complete()
    with world.scope("operator", "operator"):
        Organisation.objects.filter(pk=world.organisations["office"].pk).update(closed_on=date(2026, 11, 1))
    with world.scope("kis", "bozena"), pytest.raises(InputError, match="nie pracuje"):
        notices.send(notice_id=made.pk)


@pytest.mark.django_db
def test_the_other_side_is_told_and_finds_it_on_its_desk(world: World, client: Any) -> None:
    with world.scope("kis", "bozena"):
        notice = sent()
        job = Job.objects.filter(kind=proceedings.TELL_JOB).order_by("-pk")[0]
        assert "Kanarek" not in str(job.payload)
    hear(job)
    with world.scope("office", "maria"):
        told = Notice.objects.get(recipient=world.people["maria"])
        assert told.link == reverse("reporting:notice", args=[notice.pk])
    sign_in(client, world.people["maria"])
    assert "zostało 30 dni" in client.get(reverse("notices:desk")).content.decode()
    with world.scope("office", "maria"):
        proceedings.call(proceedings.locked(ClubNotice, notice.pk), words="Akt.", days=7)
        job = Job.objects.filter(kind=proceedings.TELL_JOB).order_by("-pk")[0]
    hear(job)
    with world.scope("kis", "bozena"):
        assert Notice.objects.filter(recipient=world.people["bozena"]).count() == 1
    sign_in(client, world.people["bozena"])
    desk = client.get(reverse("notices:desk")).content.decode()
    assert "Uzupełnij: zgłoszenie KIS" in desk
    assert "Potwierdź odbiór wezwania" in desk
    late = TODAY + timedelta(days=20)
    with clock.frozen(late):
        sign_in(client, world.people["maria"])
        assert "Nie uzupełniono" not in client.get(reverse("notices:desk")).content.decode()
    with world.scope("office", "maria"):
        proceedings.receive(proceedings.locked(ClubNotice, notice.pk), received_on=clock.today())
    with clock.frozen(late):
        sign_in(client, world.people["maria"])
        assert "Nie uzupełniono w terminie: KIS" in client.get(reverse("notices:desk")).content.decode()
    sign_in(client, world.people["dorota"])
    assert "zgłoszenie" not in client.get(reverse("notices:desk")).content.decode().lower().replace(
        "zgłoszenia kis", ""
    )
    assert client.get(reverse("reporting:notice", args=[notice.pk])).status_code == 404


@pytest.mark.django_db
def test_the_office_sees_what_becomes_public_before_it_decides(world: World, client: Any):
    with world.scope("cis", "ewa"):
        application = handed_in()
    with world.scope("kis", "bozena"):
        notice = sent()
    sign_in(client, world.people["maria"])
    granting = client.get(reverse("reporting:application_decide", args=[application.pk])).content.decode()
    for said in ("Tak będzie w rejestrze publicznym", "810000002", "cis@nowymost.example", "stolarnia"):
        assert said in granting
    entering = client.get(reverse("reporting:notice_take", args=[notice.pk])).content.decode()
    shown = entering.partition('id="publicznie"')[2].partition("</section>")[0]
    assert "ul. Portowa 1" in shown
    assert "Kanarek" not in shown
    # Every field that the public row has, and somebody may have taken for the office's, says so.
    assert entering.count("Widoczne publicznie w rejestrze.") == 7


@pytest.mark.django_db
def test_a_change_begins_with_what_was_said_and_shows_what_it_changes(world: World, client: Any):
    with world.scope("kis", "bozena"):
        notice = sent()
    with world.scope("office", "maria"):
        data = {name: value for name, value in CLUB.items() if name in registers.DATA}
        notices.enter(notice_id=notice.pk, number="7/2026", decided_on=clock.today(), **data)
    with world.scope("kis", "bozena"):
        known = queries.data_of_club(world.kis.pk)
        assert (known["manager_name"], known["founder_email"]) == ("Kunegunda Kanarek", "biuro@krok.example")
        told = {name: value for name, value in CLUB.items() if name != "created_on"} | {"phone": "810000009"}
        changed = notices.start(kind="change", since=clock.today(), **told)
    sign_in(client, world.people["bozena"])
    page = client.get(reverse("reporting:notice", args=[changed.pk])).content.decode()
    phones = (format_phone("810000003"), format_phone("810000009"))
    assert f"<dt>Zmiana: Telefon</dt><dd>{' → '.join(phones)}</dd>" in page
    assert "<dd>1 października 2026 → puste</dd>" in page
    with world.scope("kis", "bozena"):
        notices.write(notice_id=changed.pk, since=clock.today(), **CLUB)
    page = client.get(reverse("reporting:notice", args=[changed.pk])).content.decode()
    assert "w rejestrze nic się nie zmieni" in page


@pytest.mark.django_db
def test_what_is_previewed_is_what_the_public_register_says(world: World):
    with world.scope("cis", "ewa"):
        application = handed_in()
    with world.scope("office", "maria"):
        data = queries.register_data(queries.answers_of(application))
        told = dict(preview("CIS", data, number="5/2026", since=date(2026, 12, 1)))
        applications.grant(
            application_id=application.pk, number="5/2026", decision="PS.5", since=date(2026, 12, 1),
            decided_on=clock.today(),
        )  # fmt: skip
    row = public.rows(public.Asked(unit_type="CIS")).get()
    for column in columns_of("CIS"):
        value = column.value(row)
        # What the office's gazetteer adds, the day of the decision, and the state of the day are its own.
        if value and column.key not in {"gmina", "powiat", "granted_on", "standing", "first_on"}:
            shown = format_long_date(value) if isinstance(value, date) else str(value)
            shown = format_phone(shown) if column.key == "phone" else shown
            assert told[column.label[:1].upper() + column.label[1:]] == shown, column.key
