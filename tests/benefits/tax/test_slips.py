"""The year's information of each person (PIT-11) and of the unit (PIT-4R). All names are invented."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.db.models import Sum
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from benefits.models import Statement, TaxSlip, TaxStatement
from benefits.queries import tax as queries
from benefits.services import lists
from benefits.services import tax as services
from participants.models import Participation, Person
from participants.services.people.merging import merge_persons
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.core.errors import InputError
from reintegration.documents.files import read_file
from reintegration.documents.models import Document
from reintegration.jobs.models import Job
from tests.benefits.lists.made import OCTOBER, SEPTEMBER, approved
from tests.benefits.tax import made
from tests.cast import World, sign_in
from tests.ipzs.attendance.made import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
JANUARY = date(2027, 1, 18)
SLIPS = reverse("benefits:tax_slips") + "?rok=2026"
UNIT = reverse("benefits:tax_unit") + "?rok=2026"


@pytest.fixture
def year(world: World) -> World:
    """September was paid in October, October in November; one of three people has no PIT-2."""
    made.people(world)
    with clock.frozen(date(2026, 10, 15)):
        made.paid(world, SEPTEMBER, on=date(2026, 10, 15))
    made.paid(world, OCTOBER, on=TODAY)
    return world


def shown(client: Client, url: str) -> str:
    return client.get(url).content.decode().replace("\u00a0", " ")


def table(client: Client, url: str) -> list[list[Any]]:
    content = BytesIO(client.get(url).content)
    rows: list[list[Any]] = CalamineWorkbook.from_filelike(content).get_sheet_by_index(0).to_python()
    return rows


def text_of(content: bytes) -> str:
    pages = PdfReader(BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\u00a0", " ").split())


def paper_of(row: TaxSlip) -> Document:
    found: Document = Document.objects.select_related("file").get(key=str(row.pk))
    return found


def taxed(found: list[queries.Slip]) -> queries.Slip:
    (one,) = [one for one in found if one.amounts.tax]
    return one


def test_people_months_and_lists_agree(year: World):
    with year.scope("cis", "ewa"):
        slips, months = queries.slips_of(2026), queries.unit_year(2026)
        paid = Statement.objects.filter(payroll_list__paid_on__year=2026).aggregate(
            tax=Sum("tax"), benefit=Sum("benefit")
        )
        assert sum(one.amounts.tax for one in slips) == sum(one.tax for one in months) == paid["tax"] == 514
        assert sum(one.amounts.income for one in slips) == paid["benefit"]
        assert [one.people for one in months] == [0] * 9 + [3, 3, 0]
        assert taxed(slips).amounts.tax == 514
        assert queries.years() == [2026]
        assert queries.slips_of(2027) == []


def test_a_payment_in_january_belongs_to_the_new_year(world: World):
    made.people(world)
    row = approved(world)
    with clock.frozen(JANUARY), world.scope("cis", "ewa"):
        lists.confirm_payment(list_id=row.pk, paid_on=JANUARY, without_file=True)
        assert queries.slips_of(2026) == []
        assert len(queries.slips_of(2027)) == 3


def test_the_paper_says_what_the_lists_say(year: World):
    with clock.frozen(JANUARY), year.scope("cis", "ewa"):
        found = taxed(queries.slips_of(2026))
        row = services.issue(person_id=found.person.pk, year=2026)
        paper = paper_of(row)
        text = text_of(read_file(paper.file))
    assert (row.version, row.income, row.advance) == (1, Decimal("4281.36"), Decimal("514.00"))
    assert paper.subject_id == found.person.pk
    assert "To nie jest urzędowy formularz" in text
    for said in (
        "PIT-11(29)", "1. złożenie informacji", "90 Przychód 4 281,36 zł", "92 Dochód 4 281,36 zł",
        "91 Koszty uzyskania przychodów 0,00 zł", "94 Zaliczka pobrana przez płatnika 514,00 zł",
        "95 Składki na ubezpieczenia społeczne do odliczenia 0,00 zł", made.OFFICE, found.person.last_name,
        "ABC 00000", "Polna 3/4", "25-001",
    ):  # fmt: skip
        assert said in text, said


def test_asked_again_it_is_the_same_until_the_amounts_change(year: World):
    with clock.frozen(JANUARY), year.scope("cis", "ewa"):
        person = taxed(queries.slips_of(2026)).person
        first = services.issue(person_id=person.pk, year=2026)
        assert services.issue(person_id=person.pk, year=2026) == first
        # What an issued information says is its own: here the row is made to differ from the lists.
        TaxSlip.objects.filter(pk=first.pk).update(advance=Decimal("500.00"))
        found = queries.slip_of(2026, person.pk)
        assert found is not None
        assert found.amounts_differ
        second = services.issue(person_id=person.pk, year=2026)
        assert (second.version, second.advance) == (2, Decimal("514.00"))
        paper = paper_of(second)
        assert paper.title.endswith("korekta 1")
        assert "2. korekta informacji" in text_of(read_file(paper.file))


def test_other_data_of_the_person_may_be_corrected_but_do_not_wait(year: World):
    with clock.frozen(JANUARY), year.scope("cis", "ewa"):
        person = taxed(queries.slips_of(2026)).person
        services.issue(person_id=person.pk, year=2026)
        Person.objects.filter(pk=person.pk).update(street="Leśna 1")
        found = queries.slip_of(2026, person.pk)
        assert found is not None
        assert (found.amounts_differ, found.names_differ, found.waits) == (False, True, False)
        assert services.issue(person_id=person.pk, year=2026).version == 2


def test_what_is_missing_stops_it_by_name(year: World, client: Client):
    with clock.frozen(JANUARY):
        with year.scope("cis", "ewa"):
            person = taxed(queries.slips_of(2026)).person
            Person.objects.filter(pk=person.pk).update(document_number="", town="")
            TaxStatement.objects.filter(person=person).update(office="")
            with pytest.raises(InputError, match="urzędu skarbowego"):
                services.issue(person_id=person.pk, year=2026)
            assert services.promise(2026) == 2
        sign_in(client, year.people["celina"])
        page = shown(client, SLIPS)
        assert "Brakuje danych: 1 osoba" in page
        assert "Nie ma numeru PESEL ani dokumentu tożsamości, nie ma adresu" in page


def test_the_office_of_the_end_of_the_year_counts(year: World):
    with year.scope("cis", "ewa"):
        person = taxed(queries.slips_of(2026)).person
        file = Participation.objects.get(person=person)
        for since, office in ((Month(2026, 12), "Drugi Urząd"), (Month(2027, 1), "Trzeci Urząd")):
            TaxStatement.objects.create(
                participation=file, person=person, since=since.first, pit2=False, office=office
            )
        assert taxed(queries.slips_of(2026)).office == "Drugi Urząd"


def test_the_year_must_be_over_but_for_who_has_left(year: World):
    with year.scope("cis", "ewa"):
        person = taxed(queries.slips_of(2026)).person
        with pytest.raises(InputError, match="po jego końcu"):
            services.issue(person_id=person.pk, year=2026)
        with pytest.raises(InputError, match="po jego końcu"):
            services.promise(2026)
        Participation.objects.filter(person=person).update(ended_on=TODAY, end_reason="finished")
        assert services.issue(person_id=person.pk, year=2026).version == 1


def test_everybodys_are_promised_once(year: World, client: Client):
    sign_in(client, year.people["celina"])
    with clock.frozen(JANUARY):
        sign_in(client, year.people["celina"])
        assert "Wydaj wszystkie" in shown(client, SLIPS)
        with year.scope("cis", "celina"):
            person = queries.slips_of(2026)[0].person
        one = shown(client, reverse("benefits:tax_slip", args=[person.pk]) + "?rok=2026")
        assert f'action="{reverse("benefits:tax_slip_issue", args=[person.pk])}?rok=2026"' in one
        for _ in range(2):
            assert client.post(reverse("benefits:tax_slips_issue") + "?rok=2026").status_code == 302
        jobs = Job.objects.filter(kind=services.WORK)
        assert jobs.count() == 3
        assert "Praca trwa" in shown(client, SLIPS)


def test_delivery_is_written_down_for_all_and_for_one(year: World, client: Client):
    with clock.frozen(JANUARY):
        with year.scope("cis", "ewa"):
            rows = [services.issue(person_id=one.person.pk, year=2026) for one in queries.slips_of(2026)]
        sign_in(client, year.people["celina"])
        one = reverse("benefits:tax_slip_delivery", args=[rows[0].pk])
        assert client.post(one, {"sent_on": "17.01.2027"}).status_code == 422
        assert client.post(one, {"sent_on": "18.01.2027"}).status_code == 302
    with clock.frozen(date(2027, 1, 20)):
        sign_in(client, year.people["celina"])
        everybody = reverse("benefits:tax_slips_delivery") + "?rok=2026"
        assert client.post(everybody, {}).status_code == 422
        assert client.post(everybody, {"sent_on": "20.01.2027", "given_on": "19.01.2027"}).url == SLIPS
        with year.scope("cis", "ewa"):
            days = TaxSlip.objects.order_by("pk").values_list("sent_on", "given_on")
            assert {one for _, one in days} == {date(2027, 1, 19)}
            assert sorted(one for one, _ in days) == [date(2027, 1, 18), *[date(2027, 1, 20)] * 2]
        assert shown(client, SLIPS).count("doręczony") == 3


def test_the_list_is_searched_and_taken_away(year: World, client: Client):
    sign_in(client, year.people["celina"])
    with year.scope("cis", "ewa"):
        found = taxed(queries.slips_of(2026))
    page = shown(client, f"{SLIPS}&osoba={found.person.last_name[:3].lower()}")
    assert found.person.last_name in page
    assert "Nie ma tu takiej osoby" in shown(client, f"{SLIPS}&osoba=zzz")
    head, *rows = table(client, reverse("benefits:tax_slips_sheet") + "?rok=2026")
    place = head.index("Zaliczka (94)")
    assert sorted(row[place] for row in rows) == [0, 0, 514]
    page = shown(client, f"{reverse('benefits:tax_slip', args=[found.person.pk])}?rok=2026")
    assert "październik 2026" in page
    assert "listopad 2026" in page
    assert "Przychód 4 281,36 zł, zaliczki 514,00 zł" in page
    assert client.get(f"{reverse('benefits:tax_slip', args=[found.person.pk])}?rok=2025").status_code == 404


def test_the_units_year_is_shown_printed_and_taken_away(year: World, client: Client):
    sign_in(client, year.people["celina"])
    page = shown(client, UNIT)
    assert "514,00 zł" in page
    assert "21.12.2026" in page
    text = text_of(client.get(reverse("benefits:tax_unit_print") + "?rok=2026").content)
    assert "listopad 2026 3 6 422,04 zł 257,00 zł" in text
    assert "Razem 12 844,08 zł 514,00 zł" in text
    rows = table(client, reverse("benefits:tax_unit_sheet") + "?rok=2026")
    assert [row[1] for row in rows[1:13]] == [0] * 9 + [3, 3, 0]
    assert rows[-1][3:5] == [12844.08, 514]


def test_a_year_goes_with_the_person_when_two_are_found_to_be_one(year: World):
    with clock.frozen(JANUARY), year.scope("cis", "ewa"):
        found = taxed(queries.slips_of(2026))
        first = services.issue(person_id=found.person.pk, year=2026)
        twin = Person.objects.create(
            first_name="Leszek", last_name="Bażant", no_pesel="unknown", made_at=clock.now()
        )
        merge_persons(keep_id=twin.pk, gone_id=found.person.pk)
        again = queries.slip_of(2026, twin.pk)
        assert again is not None
        assert (again.amounts.income, again.amounts.tax) == (first.income, first.advance)
        assert again.latest == first
        assert queries.slip_of(2026, found.person.pk) is None


def test_who_was_erased_keeps_amounts_and_has_no_more_information(year: World):
    with year.scope("cis", "ewa"):
        found = taxed(queries.slips_of(2026))
        Person.objects.filter(pk=found.person.pk).update(first_name="", last_name="")
        again = queries.slip_of(2026, found.person.pk)
        assert again is not None
        assert again.amounts.tax == Decimal("514.00")
        assert again.lacks == [queries.NO_DATA]


def test_a_club_has_none_and_the_office_may_look(year: World, client: Client):
    sign_in(client, year.people["bozena"])
    for address in (SLIPS, UNIT, reverse("benefits:tax_slips_sheet"), reverse("benefits:tax_unit_print")):
        assert client.get(address).status_code == 404
    sign_in(client, year.people["rafal"])
    assert client.get(SLIPS).status_code == 200
