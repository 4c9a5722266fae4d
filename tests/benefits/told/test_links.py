"""What an OPS and a labour office read by a link: their own people, and nothing of anybody else."""

import io
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from benefits.models import FundApplication, PayrollList
from ipzs.enums import MarkKind
from participants.models import Participation, SignedLink
from participants.services.portal.links import token_of
from participants.services.referrals import enter_application
from reintegration.audit.models import Event
from tests.benefits.fund import made as fund
from tests.benefits.lists import made
from tests.benefits.lists.made import OCTOBER
from tests.benefits.lists.test_papers import cells_of
from tests.benefits.supported import made as supported
from tests.cast import World, sign_in
from tests.ipzs.attendance.made import excuse, mark
from tests.participants.participations.made import ended
from tests.participants.portal.made import told
from tests.participants.portal.test_links import inside, issued
from tests.participants.referrals import made as referrals

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
OPS_LINK = reverse("benefits:health_ops_link")
GIVEN = {"email": "biuro@modrzewno.example", "phone": "", "days": "30"}


def text_of(response: object) -> str:
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


@pytest.fixture
def paid(world: World) -> World:
    """October of three is paid; the first of them was referred by the OPS."""
    referral = referrals.sent(world, "Marek Dąbek", 1)
    with world.scope("cis", "ewa"):
        # Before the month is closed; of the second one another office is asked.
        supported.sent(ended("Adam Modrzew", on=supported.ENDED), pup_name=fund.OFFICE.upper())
        supported.sent(ended("Wiesława Kalina", on=supported.ENDED))
        made.rounding(world)
        first, *_ = made.people()
        Participation.objects.filter(pk=first.pk).update(referral=referral.pk)
        mark(first, date(2026, 10, 5), MarkKind.UNEXCUSED, reason="nie przyszedł")
        mark(first, date(2026, 10, 6), MarkKind.EXCUSED, excuse_id=excuse().pk, reason="był w sądzie")
    fund.paid(world)
    return world


def names(world: World) -> list[str]:
    with world.scope("cis", "ewa"):
        people = Participation.objects.filter(ended_on__isnull=True)
        return [str(one.person) for one in people.order_by("number")]


def ops_name(world: World) -> str:
    return str(world.organisations["ops"].name)


def of_ops(world: World) -> dict[str, object]:
    return {"purpose": "month", "body_name": ops_name(world), "body_id": world.organisations["ops"].pk}


def take(world: World, name: object) -> str:
    with world.scope("cis", "ewa"):
        return reverse("participants:link_take", args=[token_of(SignedLink.objects.get()), str(name)])


def test_an_ops_reads_the_month_of_its_own_people(paid: World):
    address, code = issued(paid, **of_ops(paid))
    assert Client().get(take(paid, OCTOBER)).status_code == 302
    client = inside(address, code)
    own, *others = names(paid)
    page = text_of(client.get(address))
    assert "poproś jednostkę o nowy odnośnik" not in page
    assert own in page
    assert not any(name in page for name in others)
    assert '<td class="num full" data-l="Nieusprawiedliwione">1</td>' in page
    # A day of illness is a good reason like others.
    assert '<td class="num full" data-l="Nieobecności usprawiedliwione">1</td>' in page
    assert "chorob" not in page
    assert "Październik 2026" in page
    taken = client.get(take(paid, OCTOBER))
    _, *rows = cells_of(taken.getvalue())
    assert [row[0] for row in rows] == [own]
    assert rows[0][4:6] == [1, 1]
    with paid.scope("cis", "ewa"):
        seen = Event.objects.filter(action="participants.link.read").order_by("pk")
        assert [(one.outcome, len(one.persons)) for one in seen] == [("seen", 1), ("taken", 1)]


def test_a_month_that_is_not_over_is_not_told(paid: World):
    address, code = issued(paid, **of_ops(paid))
    page = text_of(inside(address, code).get(f"{address}?miesiac={OCTOBER.next}"))
    assert "Październik 2026" in page
    assert "Wrzesień" not in page


def test_another_ops_reads_nobody(paid: World):
    address, code = issued(paid, purpose="month", body_name="Ośrodek w Sosnowie")
    page = text_of(inside(address, code).get(address))
    assert not any(name in page for name in names(paid))
    assert "nikt z tego ośrodka" in page


def test_a_link_from_before_the_account_says_whom_it_does_not_show(paid: World):
    address, code = issued(paid, purpose="month", body_name=ops_name(paid))
    page = text_of(inside(address, code).get(address))
    assert names(paid)[0] not in page
    assert "poproś jednostkę o nowy odnośnik" in page


def test_two_ops_of_one_name_read_each_their_own(paid: World, client: Client):
    """One works in the program; of two others, called the same, referrals came on paper from two gminas."""
    people = names(paid)
    gminas = ("1412011", "1412022")
    with paid.scope("cis", "anna"):
        files = Participation.objects.filter(ended_on__isnull=True).order_by("number")
        for file, gmina in zip(files[1:3], gminas, strict=True):
            sent = enter_application(
                source="OPS", data=told(gmina=gmina, pesel="", no_pesel="unknown"), sender_name=ops_name(paid)
            )
            Participation.objects.filter(pk=file.pk).update(referral=sent.pk)
    sign_in(client, paid.people["ewa"])
    page = text_of(client.get(OPS_LINK))
    assert all(f"{ops_name(paid)} ({said})" in page for said in ("konto, Modrzewno", *gminas))
    asked = [{"body_id": paid.organisations["ops"].pk}]
    asked += [{"body_id": None, "body_place": gmina} for gmina in gminas]
    for theirs, given in zip(people, asked, strict=True):
        address, code = issued(paid, **of_ops(paid) | given)
        page = text_of(inside(address, code).get(address))
        assert theirs in page
        assert not any(one in page for one in people if one != theirs)
    # Of a link that names no place nobody knows whose it is.
    address, code = issued(paid, **of_ops(paid) | {"body_id": None})
    page = text_of(inside(address, code).get(address))
    assert not any(one in page for one in people)


@pytest.fixture
def applied(paid: World) -> FundApplication:
    """The office has the application."""
    with paid.scope("cis", "celina"):
        fund.signed(places=3)
        return fund.sent(PayrollList.objects.get())


def test_a_labour_office_reads_applications_places_people_and_the_queue(
    paid: World, applied: FundApplication
):
    address, code = issued(paid, purpose="fund", body_name=fund.OFFICE, body_kind="PUP")
    client = inside(address, code)
    page = text_of(client.get(address))
    assert f"{applied.number} (PDF)" in page
    assert "zajęte z 3 miejsc" in page
    assert all(name in page for name in names(paid)[:3])
    assert "Adam Modrzew" in page
    # Somebody for whose work another office is asked.
    assert "Wiesława Kalina" not in page
    paper = client.get(take(paid, applied.pk))
    text = "".join(one.extract_text() for one in PdfReader(io.BytesIO(paper.getvalue())).pages)
    assert "Razem do zwrotu" in text


def test_another_labour_office_reads_nothing(paid: World, applied: FundApplication):
    address, code = issued(paid, purpose="fund", body_name="PUP w Sosnowie", body_kind="PUP")
    client = inside(address, code)
    page = text_of(client.get(address))
    assert applied.number not in page
    assert not any(name in page for name in names(paid))
    assert "application/pdf" not in client.get(take(paid, applied.pk))["Content-Type"]
    assert "application/pdf" not in client.get(take(paid, "x"))["Content-Type"]


def test_a_link_that_asks_for_something_else_tells_nothing_of_money(paid: World, applied: FundApplication):
    address, code = issued(paid, body_name=fund.OFFICE, body_kind="PUP")
    client = inside(address, code)
    assert applied.number not in text_of(client.get(address))
    assert "application/pdf" not in client.get(take(paid, applied.pk))["Content-Type"]


def test_the_manager_issues_both_where_they_are_read(paid: World, applied: FundApplication, client: Client):
    sign_in(client, paid.people["ewa"])
    page = text_of(client.get(OPS_LINK))
    token = client.get(OPS_LINK).context["submission"]
    assert ops_name(paid) in page
    key = paid.organisations["ops"].pk
    said = text_of(client.post(OPS_LINK, {**GIVEN, "submission": token, "body": str(key)}))
    assert "Kod widać tylko teraz." in said
    pup = reverse("benefits:fund_link", args=[applied.agreement_id])
    said = text_of(client.post(pup, {**GIVEN, "submission": client.get(pup).context["submission"]}))
    assert "Kod widać tylko teraz." in said
    with paid.scope("cis", "ewa"):
        found = SignedLink.objects.order_by("made_at").values_list("purpose", "body_name", "body")
        assert list(found) == [("month", ops_name(paid), key), ("fund", fund.OFFICE, None)]
    sign_in(client, paid.people["anna"])
    assert client.get(OPS_LINK).status_code == client.get(pup).status_code == 403
