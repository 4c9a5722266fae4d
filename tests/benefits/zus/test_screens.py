"""From approved lists to the file for Płatnik, and who is to be registered. All names are invented."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml import etree
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from benefits.models import ContributionRule, Correction, InsuranceTitle, Statement
from benefits.queries import contributions as queries
from benefits.queries.contribution_rules import rule_of
from benefits.queries.fund import asked_of
from benefits.rules.month import PARTS
from benefits.services import contributions as services
from benefits.services import lists, pay, recoveries
from benefits.services import statements as statement_services
from benefits.zus.kedu import schema_of
from ipzs.enums import MarkKind
from reintegration.core import clock, slots
from reintegration.core.dates import Month
from reintegration.core.errors import InputError
from reintegration.core.money import grosz
from reintegration.documents.files import read_file
from reintegration.tenancy.models import Organisation
from tests.benefits.lists import made
from tests.benefits.lists.made import OCTOBER, SEPTEMBER
from tests.cast import World, sign_in
from tests.ipzs.attendance.made import TODAY, mark

pytestmark = pytest.mark.django_db
INDEX = reverse("benefits:contributions")
NAMES = {"k": queries.layout_of(OCTOBER).namespace}


def payer(world: World, nip: str) -> None:
    with world.scope("cis", "ewa"):
        Organisation.objects.filter(pk=world.cis.pk).update(nip=nip)


@pytest.fixture(autouse=True)
def _november(monkeypatch: pytest.MonkeyPatch, world: World) -> Iterator[None]:
    monkeypatch.setitem(slots._filled, "participants.entry_conditions", [])
    payer(world, "9591234567")
    with clock.frozen(TODAY):
        yield


def numbered(count: int = 3) -> None:
    """People in classes whom ZUS can tell from others."""
    for place, file in enumerate(made.people(count)):
        file.person.document_kind, file.person.document_number = "identity_card", f"ABC 00000{place}"
        file.person.save()


@pytest.fixture
def october(world: World, client: Client) -> World:
    """An approved list of three for October."""
    with world.scope("cis", "ewa"):
        made.rounding(world)
        numbered()
    made.approved(world)
    sign_in(client, world.people["celina"])
    return world


def at(name: str, number: int = 1, month: Month = OCTOBER) -> str:
    return reverse(f"benefits:contributions_{name}", args=[str(month), number])


def shown(client: Client, url: str) -> str:
    return client.get(url).content.decode().replace("\u00a0", " ")


def taken(client: Client, url: str) -> Any:
    answer = client.get(url)
    assert answer.status_code == 200
    return etree.fromstring(answer.content)


def values(root: Any, path: str) -> list[str]:
    return [str(one) for one in root.xpath(path, namespaces=NAMES)]


def test_an_approved_list_owes_its_contributions(october: World, client: Client):
    page = shown(client, INDEX)
    # Three times 19.52 % and 8 % of 2140.68, each part rounded.
    assert "1 253,58 zł" in page
    assert "513,75 zł" in page
    assert "KEDU 5.6" in page
    page = shown(client, at("set"))
    assert page.count("589,11 zł") == 3
    assert "1 767,33 zł" in page
    assert "Do wyjaśnienia" not in page


def test_the_file_says_what_the_list_says(october: World, client: Client):
    root = taken(client, at("file"))
    with october.scope("cis", "ewa"):
        rows = Statement.objects.order_by("pk").values_list(*PARTS)
        total = sum((sum(parts, Decimal(0)) for parts in rows), Decimal(0))
    assert values(root, "//k:ZUSDRA/k:IV/k:p37/text()") == [str(total)]
    assert len(values(root, "//k:ZUSRCA/k:III/k:A/k:p4/text()")) == 3
    assert set(values(root, "//k:B/k:p1/k:p1/text()")) == {"0910"}


def test_a_correction_is_the_next_set_of_its_month(world: World, client: Client):
    with world.scope("cis", "ewa"):
        made.rounding(world)
        numbered(2)
    made.approved(world, SEPTEMBER)
    with world.scope("cis", "ewa"):
        made.missed(made.somebody())
        file = made.somebody()
        recoveries.add(participation_id=file.pk, kind="consent", given_on=TODAY, reference="", at_most=None)
    made.approved(world)
    sign_in(client, world.people["celina"])
    with world.scope("cis", "ewa"):
        found = {(one.month, one.number): one for one in queries.all_sets(queries.standing_lists())}
    assert set(found) == {(SEPTEMBER, 1), (SEPTEMBER, 2), (OCTOBER, 1)}
    assert found[SEPTEMBER, 2].difference.total < 0
    assert len(found[SEPTEMBER, 2].people) == 1
    root = taken(client, at("file", 2, SEPTEMBER))
    assert values(root, "//k:ZUSDRA/k:I/k:p2/*/text()") == ["02", "2026-09"]
    assert values(root, "//k:IV/k:p37/text()") == [str(found[SEPTEMBER, 2].total.total)]
    assert "Korekta składek za wrzesień 2026" in shown(client, at("set", 2, SEPTEMBER))


def insured_otherwise(since: date) -> Any:
    """Who has work besides the classes: the CIS does not register them."""
    file = made.somebody()
    title = InsuranceTitle.objects.get(participation=file)
    days = {"since": title.since, "until": since - timedelta(days=1), "registered_on": title.since}
    pay.change_title(title_id=title.pk, kind="benefit", **days)
    pay.add_title(participation_id=file.pk, kind="other", since=since, until=None, registered_on=None)
    return file


def test_whom_another_title_insures_owes_nothing_by_the_benefit(world: World):
    with world.scope("cis", "ewa"):
        made.rounding(world)
        numbered(2)
        file = insured_otherwise(OCTOBER.first)
    row = made.approved(world)
    with world.scope("cis", "ewa"):
        own = made.statement_of(row, file)
        assert (own.benefit, [getattr(own, name) for name in PARTS]) == (Decimal("2140.68"), [Decimal(0)] * 4)
        (found,) = queries.all_sets(queries.standing_lists())
        # Only the other one: 208.93 + 208.93 + 32.11 + 139.14.
        assert (found.everybody, found.total.total) == (1, Decimal("589.11"))
        assert file.person_id not in found.people
        assert [one.contributions for one in asked_of(row)] in [
            [Decimal(0), Decimal("589.11")], [Decimal("589.11"), Decimal(0)],
        ]  # fmt: skip


def test_a_correction_for_whom_another_title_insures_has_none_either(world: World):
    with world.scope("cis", "ewa"):
        made.rounding(world)
        numbered(2)
        file = insured_otherwise(SEPTEMBER.first)
    made.approved(world, SEPTEMBER)
    with world.scope("cis", "ewa"):
        made.missed(file)
        recoveries.add(participation_id=file.pk, kind="consent", given_on=TODAY, reference="", at_most=None)
    made.approved(world)
    with world.scope("cis", "ewa"):
        one = Correction.objects.get()
        assert (one.benefit, [getattr(one, name) for name in PARTS]) == (Decimal("-107.03"), [Decimal(0)] * 4)
        assert {(one.month, one.number) for one in queries.all_sets(queries.standing_lists())} == {
            (SEPTEMBER, 1), (OCTOBER, 1),
        }  # fmt: skip


def corrected(world: World, **rule: Any) -> Any:
    """September as most units do, then another rule, and October's list takes a day of September back."""
    with world.scope("cis", "ewa"):
        made.rounding(world)
        numbered(2)
    made.approved(world, SEPTEMBER)
    with world.scope("cis", "ewa"):
        services.set_rule(since=OCTOBER, **rule)
        file = made.somebody()
        made.missed(file)
        recoveries.add(participation_id=file.pk, kind="consent", given_on=TODAY, reference="", at_most=None)
    return made.approved(world)


def test_a_correction_keeps_the_code_of_the_month_that_it_corrects(world: World, client: Client):
    corrected(world, counted_by="due", pay_by=15, title_code="0911")
    sign_in(client, world.people["celina"])
    code = "//k:B/k:p1/k:p1/text()"
    assert values(taken(client, at("file", 2, SEPTEMBER)), code) == ["0910"]
    assert values(taken(client, at("file")), code) == ["0911", "0911"]


def test_a_correction_goes_where_its_month_was_told_whatever_the_rule_is_now(world: World):
    row = corrected(world, counted_by="paid", pay_by=15, title_code="0910")
    november = Month.of(TODAY)
    with world.scope("cis", "ewa"):
        lists.confirm_payment(list_id=row.pk, paid_on=TODAY, without_file=True)
        found = {(one.month, one.number): one.total for one in queries.all_sets(queries.standing_lists())}
    assert set(found) == {(SEPTEMBER, 1), (SEPTEMBER, 2), (november, 1)}
    # One day of one of the two is 1/20 of 2140.68; October stands in November as its list has it.
    assert found[SEPTEMBER, 2].base == Decimal("4174.33")
    assert found[november, 1].base == Decimal("4281.36")


def test_contributions_of_the_month_of_payment_wait_for_it(world: World, client: Client):
    with world.scope("cis", "ewa"):
        made.rounding(world)
        numbered()
        services.set_rule(since=OCTOBER, counted_by="paid", pay_by=5, title_code="0910")
    row = made.approved(world)
    sign_in(client, world.people["celina"])
    assert "Składki czekają na wypłatę" in shown(client, INDEX)
    with world.scope("cis", "ewa"):
        lists.confirm_payment(list_id=row.pk, paid_on=TODAY, without_file=True)
    november = Month.of(TODAY)
    assert client.get(at("set")).status_code == 404
    root = taken(client, at("file", 1, november))
    assert values(root, "//k:ZUSDRA/k:I/k:p1/text()") == ["1"]


def test_a_month_that_comes_to_nothing_is_told_while_the_title_runs(world: World, client: Client):
    with world.scope("cis", "ewa"):
        made.rounding(world)
        numbered(1)
        file = made.somebody()
        # A week of classes.
        for number in range(4, 9):
            mark(file, OCTOBER.first + timedelta(days=number), MarkKind.UNEXCUSED, reason="późno")
    made.approved(world)
    sign_in(client, world.people["celina"])
    root = taken(client, at("file"))
    assert values(root, "//k:B/k:p4/text() | //k:B/k:p29/text()") == ["0.00", "0.00"]


def test_who_cannot_be_told_from_others_stops_the_file(october: World, client: Client):
    with october.scope("cis", "ewa"):
        person = made.somebody().person
        person.document_number = ""
        person.save()
    page = shown(client, at("set"))
    assert "Pliku nie da się jeszcze zrobić" in page
    assert "Pobierz plik dla Płatnika" not in page
    assert client.get(at("file")).url == at("set")


def test_without_the_number_of_the_payer_there_is_no_file(october: World, client: Client):
    payer(october, "")
    assert client.get(at("file")).url == at("set")
    assert "Brakuje numeru NIP" in shown(client, at("set"))


def test_who_is_not_registered_is_named_with_the_term(october: World, client: Client):
    with october.scope("cis", "ewa"):
        row = InsuranceTitle.objects.order_by("pk")[0]
        InsuranceTitle.objects.filter(pk=row.pk).update(registered_on=None)
    page = shown(client, INDEX)
    assert "zgłoszenie (ZUA)" in page
    assert "po terminie" in page
    assert "brak zgłoszenia do ZUS" in shown(client, at("set"))
    root = taken(client, reverse("benefits:contribution_registrations"))
    assert values(root, "//k:ZUSZUA/k:VI/k:p1/text()") == [row.since.isoformat()]
    answer = client.post(
        reverse("benefits:insurance_title_change", args=[row.pk]),
        {"kind": "benefit", "since": f"{row.since:%d.%m.%Y}", "registered_on": f"{TODAY:%d.%m.%Y}"},
    )
    assert answer.status_code == 302
    assert "Nikt nie czeka" in shown(client, INDEX)


def test_who_has_ended_is_taken_off(october: World, client: Client):
    with october.scope("cis", "ewa"):
        row = InsuranceTitle.objects.order_by("pk")[0]
        InsuranceTitle.objects.filter(pk=row.pk).update(until=date(2026, 11, 10))
    assert "wyrejestrowanie (ZWUA)" in shown(client, INDEX)
    root = taken(client, reverse("benefits:contribution_registrations"))
    assert values(root, "//k:ZUSZWUA/k:IV/k:p2/text()") == ["2026-11-11"]
    with october.scope("cis", "ewa"):
        InsuranceTitle.objects.filter(pk=row.pk).update(deregistered_on=TODAY)
    assert client.get(reverse("benefits:contribution_registrations")).url == INDEX


def test_the_data_are_taken_away_as_the_file_has_them(october: World, client: Client):
    """Who types the documents by hand has every field of the file, person by person, and the sums of DRA."""
    assert client.get(at("print")).content.startswith(b"%PDF")
    root = taken(client, at("file"))
    rows = table(client, at("sheet"))
    assert rows[0][:5] == ["Nazwisko", "Imię", "Rodzaj identyfikatora", "Identyfikator", "Kod tytułu"]
    for place, row in enumerate(rows[1:4], 1):
        report = f"//k:ZUSRCA/k:III[{place}]"
        assert row[:4] == values(root, f"{report}/k:A/*/text()")
        assert row[4] == "".join(values(root, f"{report}/k:B/k:p1/*/text()"))
        amounts = [4, 7, 11, 8, 12, 29]
        told = [values(root, f"{report}/k:B/k:p{number}/text()")[0] for number in amounts]
        assert [f"{amount:.2f}" for amount in row[5:11]] == told
    assert [f"{rows[-1][place]:.2f}" for place in (6, 7, 8, 9, 10)] == [
        values(root, f"//k:ZUSDRA/k:IV/k:p{number}/text()")[0] for number in (4, 7, 5, 8, 37)
    ]
    answer = client.get(at("csv"))
    assert answer["Content-Type"].startswith("text/csv")
    assert "1767,33" in answer.content.decode("utf-8-sig").splitlines()[-1]


def table(client: Client, url: str) -> list[list[Any]]:
    content = BytesIO(client.get(url).content)
    rows: list[list[Any]] = CalamineWorkbook.from_filelike(content).get_sheet_by_index(0).to_python()
    return rows


def test_registrations_are_taken_away_as_data(october: World, client: Client):
    with october.scope("cis", "ewa"):
        rows = InsuranceTitle.objects.select_related("person").order_by("participation__person__name_order")
        first, second = rows[:2]
        InsuranceTitle.objects.filter(pk=first.pk).update(registered_on=None)
        InsuranceTitle.objects.filter(pk=second.pk).update(until=date(2026, 11, 10))
        second.person.document_number = ""
        second.person.save()
    begun, ended = table(client, reverse("benefits:contribution_registrations_sheet"))[1:]
    assert (begun[0], begun[1], begun[6]) == ("ZUA", first.person.last_name, "091000")
    assert begun[7] == first.since
    assert begun[8] == first.since + timedelta(days=7)
    # Also whoever cannot be told from others, with an empty number.
    assert (ended[0], ended[4], ended[7]) == ("ZWUA", "", date(2026, 11, 11))


def test_a_rule_does_not_reach_back_to_an_approved_list(october: World):
    with october.scope("cis", "ewa"):
        with pytest.raises(InputError, match="zatwierdzona"):
            services.set_rule(since=OCTOBER, counted_by="paid", pay_by=15, title_code="0910")
        services.set_rule(since=OCTOBER.next, counted_by="paid", pay_by=15, title_code="0910")
        services.set_rule(since=OCTOBER.next, counted_by="due", pay_by=20, title_code="0910")
        assert rule_of(OCTOBER).pay_by == 15
        assert rule_of(OCTOBER.next).pay_by == ContributionRule.objects.get().pay_by == 20


def test_the_rule_is_set_by_the_manager(world: World, client: Client):
    sign_in(client, world.people["ewa"])
    given = {"since": "12.2026", "counted_by": "paid", "pay_by": "20", "title_code": "0910"}
    address = reverse("benefits:contribution_rule")
    assert client.post(address, given | {"title_code": "09"}).status_code == 422
    assert client.post(address, given).status_code == 302
    with world.scope("cis", "ewa"):
        assert rule_of(Month(2026, 12)).counted_by == "paid"


def test_a_term_on_a_day_off_moves_on():
    assert queries.due_on(Month(2026, 10), ContributionRule(pay_by=15)) == date(2026, 11, 16)


@pytest.mark.parametrize("address", [INDEX, at("set"), reverse("benefits:contribution_rule")])
def test_a_club_has_none(world: World, client: Client, address: str):
    sign_in(client, world.people["bozena"])
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("month", ["2026-13", "abc", "2026-01"])
def test_a_month_without_documents_is_not_found(october: World, client: Client, month: str):
    assert client.get(f"{INDEX}{month}/1/").status_code == 404
    assert client.get(at("set", 2)).status_code == 404


def test_the_list_and_the_statement_say_to_which_month_contributions_belong(october: World, client: Client):
    with october.scope("cis", "ewa"):
        address = reverse("benefits:statement", args=[Statement.objects.order_by("position")[0].pk])
    assert "Miesiąc składek: październik 2026, miesiąc świadczenia" in shown(
        client, reverse("benefits:list", args=[str(OCTOBER)])
    )
    said = {
        "pl": "Należą do miesiąca, za który jest świadczenie: październik 2026.",
        "uk": "за який нараховано допомогу: жовтень 2026.",
        "en": "the month that the benefit is for: October 2026.",
    }
    for language, sentence in said.items():
        assert sentence in shown(client, f"{address}?jezyk={language}")


def test_by_payment_the_month_is_said_when_it_is_known(world: World, client: Client):
    with world.scope("cis", "ewa"):
        made.rounding(world)
        numbered(1)
        services.set_rule(since=OCTOBER, counted_by="paid", pay_by=15, title_code="0910")
    row = made.approved(world)
    sign_in(client, world.people["celina"])
    with world.scope("cis", "ewa"):
        statement = Statement.objects.get()
        paper = statement_services.issue(statement_id=statement.pk)
        assert paper is not None
        pages = PdfReader(BytesIO(read_file(paper.file))).pages
        text = " ".join(" ".join(page.extract_text() for page in pages).split())
    # The paper is made before the payment, and promises no month.
    assert "Należą do miesiąca wypłaty. Będzie znany, gdy pieniądze wyjdą." in text
    listed = reverse("benefits:list", args=[str(OCTOBER)])
    assert "miesiąc wypłaty, nieznany przed wypłatą" in shown(client, listed)
    with world.scope("cis", "ewa"):
        lists.confirm_payment(list_id=row.pk, paid_on=TODAY, without_file=True)
    assert "Miesiąc składek: listopad 2026, miesiąc wypłaty" in shown(client, listed)
    page = shown(client, reverse("benefits:statement", args=[statement.pk]))
    assert "Należą do miesiąca wypłaty: listopad 2026." in page


def test_files_of_three_months_with_a_correction_are_what_the_lists_say(world: World, client: Client):
    """Each file passes the schema while it is written; its sums are the lists', to the grosz."""
    with world.scope("cis", "ewa"):
        made.rounding(world)
        numbered(3)
    august = SEPTEMBER.previous
    for month in (august, SEPTEMBER):
        made.approved(world, month)
    with world.scope("cis", "ewa"):
        made.missed(made.somebody(), count=2)
        file = made.somebody()
        recoveries.add(participation_id=file.pk, kind="consent", given_on=TODAY, reference="", at_most=None)
    made.approved(world)
    sign_in(client, world.people["celina"])
    told: dict[Month, Decimal] = {}
    with world.scope("cis", "ewa"):
        sets = [(one.month, one.number) for one in queries.all_sets(queries.standing_lists())]
    assert sorted(sets) == [(august, 1), (SEPTEMBER, 1), (SEPTEMBER, 2), (OCTOBER, 1)]
    for month, number in sorted(sets):
        root = taken(client, at("file", number, month))
        # The file stands as the schema of its layout has it, read anew.
        schema_of(queries.layout()).assertValid(root)
        reports = [Decimal(one) for one in values(root, "//k:B/k:p29/text()")]
        rows = table(client, at("sheet", number, month))
        assert reports == [Decimal(f"{row[10]:.2f}") for row in rows[1:-2]]
        told[month] = Decimal(values(root, "//k:IV/k:p37/text()")[0])
        if number == 1:
            assert sum(reports) == told[month]
    with world.scope("cis", "ewa"):
        own = Statement.objects.order_by("pk").values_list("payroll_list__month", *PARTS)
        later = Correction.objects.order_by("pk").values_list("month", *PARTS)
        wanted: dict[Month, Decimal] = {}
        for day, *parts in [*own, *later]:
            wanted[Month.of(day)] = wanted.get(Month.of(day), Decimal(0)) + sum(parts, Decimal(0))
        for one in Statement.objects.order_by("pk"):
            shares = ("0.0976", "0.0976", "0.015", "0.065")
            assert tuple(getattr(one, name) for name in PARTS) == tuple(
                grosz(one.benefit * Decimal(share)) for share in shares
            )
    assert told == wanted
