"""A programme in a real browser, without a script: from the trial to the decision; a link; goals."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from ipzs.models import Programme, ProgrammeVersion
from ipzs.services.catalogue import ensure_catalogue
from participants.models import Agreement, Participation, Period, SignedLink
from participants.services.portal.links import token_of
from reintegration.core import clock
from reintegration.core.dates import add_months
from reintegration.core.formats import format_table_date
from tests.browser.conftest import OpenAs
from tests.cast import World
from tests.ipzs.programmes import made
from tests.participants.participations.made import candidate, ready


@pytest.fixture
def file_id(cast: World) -> UUID:
    """A candidate for whom everything but the programme is done."""
    with cast.scope("cis", "ewa"):
        ensure_catalogue()
        file = candidate(opened_on=clock.today() - timedelta(days=10))
        ready(file)
    return file.pk


def send(page: Page, *, choose: dict[str, str] | None = None, **typed: str | date) -> None:
    """Fill the form of the page by the names of its fields, and send it."""
    for name, value in typed.items():
        shown = format_table_date(value) if isinstance(value, date) else value
        page.locator(f'main form [name="{name}"]').fill(shown)
    for name, value in (choose or {}).items():
        page.locator(f'main form label:has([name="{name}"][value="{value}"])').click()
    page.locator("main form .form-foot button.btn-primary").click()


def test_a_programme_from_the_trial_to_the_decision(
    open_as: OpenAs, cast: World, file_id: UUID, monkeypatch: pytest.MonkeyPatch
):
    today = clock.today()
    tab = reverse("ipzs:programme_show", args=[file_id])
    page = open_as("ewa", javascript=False)

    def follow(name: str) -> None:
        page.goto(tab)
        page.get_by_role("link", name=name, exact=True).click()

    # Written, signed and agreed: the journey of a referral walks that far.
    with cast.scope("cis", "ewa"):
        made.agree(made.signed(Participation.objects.get(pk=file_id), on=today, since=today), on=today)

    # The trial and the qualification.
    page.goto(reverse("participants:trial_start", args=[file_id]))
    send(page, since=today)
    later = add_months(today, 1)
    monkeypatch.setenv(clock.VARIABLE, later.isoformat())
    page = open_as("ewa", javascript=False)
    follow("Zakwalifikuj po okresie próbnym")
    send(page)
    expect(page.get_by_text("Kwalifikacja po okresie próbnym").first).to_be_visible()

    # An annex that makes the programme longer, then the extension.
    longer = add_months(today, 15)
    follow("Przygotuj aneks")
    send(page, choose={"motion_by": "person"}, motion_on=later, motion_reason="Kurs trwa do wiosny.")
    page.get_by_role("link", name="Okres i oceny").click()
    send(page, until=longer)
    page.goto(tab)
    page.get_by_role("button", name="Gotowe do podpisu").click()
    expect(page.get_by_role("cell", name=format_table_date(longer)).first).to_be_visible()
    page.get_by_role("link", name="Zapisz podpisy").click()
    send(page, choose={"how": "witnessed"}, signed_on=later, witness="Anna Lawenda")
    # The social worker asks for it, and the manager decides.
    worker = open_as("anna", javascript=False)
    worker.goto(tab)
    expect(worker.get_by_text("O przedłużeniu decyduje kierownik")).to_be_visible()
    worker.get_by_role("link", name="Napisz wniosek o przedłużenie").click()
    send(worker, choose={"basis": "motion"}, until=longer, analysis="Kurs trwa do wiosny.")
    expect(worker.get_by_text("czeka na kierownika").first).to_be_visible()
    follow("Przedłuż")
    send(page)
    with cast.scope("cis", "ewa"):
        kinds = Period.objects.order_by("since").values_list("kind", flat=True)
        assert list(kinds) == ["trial", "main", "extension"]
        states = ProgrammeVersion.objects.order_by("number").values_list("state", flat=True)
        assert list(states) == ["replaced", "in_force"]

    # The decision.
    follow("Decyzja o zaprzestaniu")
    send(
        page,
        choose={"kind": "abandonment"},
        ends_on=later,
        reasons="Nie przychodzi od czterech tygodni.",
        change_considered="Zaproponowano krótszy dzień.",
    )
    page.get_by_role("link", name="Wydaj decyzję").click()
    send(page, decided_on=later)
    page.get_by_role("link", name="Zapisz doręczenie").click()
    send(page, choose={"how": "in_person"}, delivered_on=later)
    expect(page.get_by_text("Termin skargi")).to_be_visible()
    with cast.scope("cis", "ewa"):
        assert Programme.objects.get().end_kind == "abandonment"
        assert Participation.objects.get().end_reason == "abandoned"


def test_a_body_without_an_account_agrees_by_a_signed_link(open_as: OpenAs, cast: World, file_id: UUID):
    today = clock.today()
    with cast.scope("cis", "ewa"):
        made.signed(Participation.objects.get(pk=file_id), on=today, since=today)
        asked = Agreement.objects.get()
    page = open_as("ewa", javascript=False)
    page.goto(reverse("ipzs:programme_show", args=[file_id]))
    page.get_by_role("link", name="Wydaj odnośnik dla ośrodka bez konta").click()
    send(page, choose={"body_kind": "OPS"}, body_name=asked.body_name, email="osrodek@example.org")
    code = page.locator(".code").inner_text()
    with cast.scope("cis", "ewa"):
        address = reverse("participants:link", args=[token_of(SignedLink.objects.get())])

    head = open_as(None, javascript=False)
    head.goto(address)
    head.get_by_label("Kod").fill(code)
    head.get_by_role("button", name="Dalej").click()
    expect(head.get_by_text("Chcę znaleźć pracę w stolarni.")).to_be_visible()
    head.locator('label:has([name="agreed"][value="yes"])').click()
    head.locator('[name="name"]').fill("Jan Bór")
    head.get_by_role("button", name="Wyślij odpowiedź").click()
    expect(head.get_by_text("Jan Bór").first).to_be_visible()
    page.goto(reverse("ipzs:programme_show", args=[file_id]))
    expect(page.get_by_text("Przyjdę na rozmowę z doradcą.").first).to_be_visible()
    with cast.scope("cis", "ewa"):
        assert Programme.objects.get().state == "running"


def test_goals_are_put_in_order_by_keys(open_as: OpenAs, cast: World, file_id: UUID):
    with cast.scope("cis", "ewa"):
        version = made.drafted(Participation.objects.get(pk=file_id), since=clock.today())
    goals = reverse("ipzs:version_goals", args=[version.pk])
    page = open_as("ewa", javascript=False)
    page.goto(goals)
    page.locator('[name="goal_0_step_0"]').fill("Pójdę na rozmowę.")
    page.locator('[name="goal_0_step_1"]').fill("Napiszę życiorys.")
    page.get_by_role("button", name="Zapisz i dodaj kolejne").click()
    page.locator('button[value="goal_0_step_1:up"]').press("Enter")
    expect(page.locator('[name="goal_0_step_0"]')).to_have_value("Napiszę życiorys.")
    # An idea becomes a goal, and its words are then the person's.
    page.locator('[name="idea"]').select_option(index=1)
    page.get_by_role("button", name="Wstaw pomysł").click()
    page.locator('[name="goal_1"]').fill("Chcę wstawać rano bez budzika.")
    page.locator('[name="goal_1"]').press("Enter")
    # The key Enter saves and goes on, and moves nothing.
    expect(page.get_by_role("heading", name="Zakres i formy")).to_be_visible()
    page.goto(goals)
    expect(page.locator('[name="goal_1"]')).to_have_value("Chcę wstawać rano bez budzika.")
    page.locator('button[value="goal_1:up"]').press("Space")
    expect(page.locator('[name="goal_0"]')).to_have_value("Chcę wstawać rano bez budzika.")
