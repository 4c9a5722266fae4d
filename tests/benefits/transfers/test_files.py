"""The file of a list's transfers: what is in it, when it is made, and that it stays the same."""

import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from lxml import etree

from benefits import transfer_papers as papers
from benefits.models import PayrollList, Statement, TransferFile
from benefits.queries import transfers as queries
from benefits.services import lists, transfers
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.tenancy.models import Organisation, UnitAccount
from tests.benefits.bank.made import account
from tests.benefits.lists import made as made_lists
from tests.benefits.lists.made import FULL, OCTOBER
from tests.benefits.pay.made import payable
from tests.benefits.transfers import made
from tests.cast import World
from tests.ipzs.attendance.made import TODAY
from tests.participants.participations.made import in_classes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
DAY = date(2026, 11, 23)


def records(content: bytes, encoding: str = "cp1250") -> list[list[str]]:
    """The fields of an Elixir-0 file; no text in it holds a comma in these tests."""
    lines = content.decode(encoding).split("\r\n")
    assert lines.pop() == ""
    return [[field.strip('"') for field in line.split(",")] for line in lines]


def test_an_elixir_file_pays_each_person_what_the_list_says(world: World):
    row = made.ready(world)
    with world.scope("cis", "celina"):
        file = transfers.make_file(list_id=row.pk, day=DAY)
        sheet = queries.sheet_of(row)
        content = queries.handed_out(file, sheet)
        unit = Organisation.objects.get(pk=world.cis.pk)
        found = records(content)
        assert [one[:3] for one in found] == [["110", "20261123", FULL.replace(".", "")]] * 2
        assert {one[5] for one in found} == {made.OWN}
        assert [one[6] for one in found] == [account(1), account(2)]
        assert all(one[7].startswith(unit.name.split()[0]) for one in found)
        assert [one[8].split("|")[0] for one in found] == ["Leszek Bażant", "Henryk Borsuk"]
        assert found[0][11] == "ŚWIADCZENIE INTEGRACYJNE 10/2026|WOLNE OD EGZEKUCJI|LW/1/2026-01|"
        assert (file.reference, file.count, file.total) == ("LW/1/2026", 2, 2 * Decimal(FULL))
        assert [(one.name, str(one.amount)) for one in sheet.cash] == [("Marek Dąbek", FULL)]
        assert sheet.total == 3 * Decimal(FULL)


def test_a_premium_is_a_transfer_of_its_own_and_pays_the_tax_that_the_benefit_cannot(world: World):
    row = _with_premium(world)
    with world.scope("cis", "ewa"):
        statement = Statement.objects.get(payroll_list=row)
        benefit, premium = queries.sheet_of(row).transfers
        assert benefit.amount + premium.amount == statement.to_pay
        assert premium.amount == Decimal("300.00")
        assert benefit.amount == statement.benefit - statement.tax
        file = transfers.make_file(list_id=row.pk, day=DAY)
        found = records(queries.handed_out(file, queries.sheet_of(row)))
        assert found[1][11] == "PREMIA MOTYWACYJNA 10/2026|LW/1/2026-01-P||"
        assert "EGZEKUCJI" not in found[1][11]
        # Tax beyond the benefit is taken from the premium; nothing is lost or paid twice.
        statement.benefit, statement.tax = Decimal(10), Decimal(50)
        statement.to_pay = Decimal(260)
        assert [one.amount for one in queries._parted(row, statement)] == [Decimal(260)]


def _with_premium(world: World) -> PayrollList:
    with world.scope("cis", "ewa"):
        made_lists.rounding(world)
        made.own_account()
        made.premium(world, made.people(1, cash=0)[0])
    return made_lists.approved(world, OCTOBER)


@pytest.mark.parametrize("version", ["pain.001.001.03", "pain.001.001.09"])
def test_the_bank_gets_the_format_that_it_reads(world: World, version: str):
    row = made.ready(world)
    with world.scope("cis", "ewa"):
        transfers.set_profile(format=version, encoding="cp1250", addresses="structured")
        file = transfers.make_file(list_id=row.pk, day=DAY)
        # What is set later does not touch a file that was made.
        transfers.set_profile(format="elixir", encoding="utf-8", addresses="lines")
        root = etree.fromstring(queries.handed_out(file, queries.sheet_of(row)))
        assert root.tag == f"{{urn:iso:std:iso:20022:tech:xsd:{version}}}Document"
        amounts = root.findall(".//{*}InstdAmt")
        assert [one.text for one in amounts] == [FULL, FULL]


def test_the_same_bytes_come_again_whatever_the_unit_changed(world: World):
    row = made.ready(world)
    with world.scope("cis", "ewa"):
        file = transfers.make_file(list_id=row.pk, day=DAY)
        before = queries.handed_out(file, queries.sheet_of(row))
        Organisation.objects.filter(pk=world.cis.pk).update(name="Inna nazwa", street="ul. Nowa 1")
        UnitAccount.objects.create(since=DAY, number=account(77), bank="Inny")
        transfers.set_profile(format="pain.001.001.09", encoding="utf-8", addresses="lines")
        with clock.frozen(TODAY + timedelta(days=400)):
            again = TransferFile.objects.get(pk=file.pk)
            assert queries.handed_out(again, queries.sheet_of(row)) == before


def test_a_file_that_would_differ_is_not_handed_out(world: World):
    row = made.ready(world)
    with world.scope("cis", "ewa"):
        file = transfers.make_file(list_id=row.pk, day=DAY)
        file.account = account(5)
        with pytest.raises(InputError, match="różni się od zrobionego"):
            queries.handed_out(file, queries.sheet_of(row))


def test_of_an_erased_person_no_file_can_be_made_again(world: World):
    row = made.ready(world)
    with world.scope("cis", "ewa"):
        file = transfers.make_file(list_id=row.pk, day=DAY)
        sheet = queries.sheet_of(row)
        sheet.transfers[0].statement.document, sheet.transfers[0].statement.account = None, ""
        with pytest.raises(InputError, match="zostały usunięte"):
            queries.handed_out(file, sheet)
        assert sheet.transfers[0].name == "dane osoby usunięte"


def test_only_an_approved_list_is_paid(world: World):
    with world.scope("cis", "ewa"):
        made_lists.rounding(world)
        made.own_account()
        made.people()
    row = made_lists.locked(world)
    with world.scope("cis", "ewa"), pytest.raises(InputError, match="po zatwierdzeniu"):
        transfers.make_file(list_id=row.pk, day=DAY)


def test_a_file_is_made_once(world: World):
    row = made.ready(world)
    with world.scope("cis", "ewa"):
        transfers.make_file(list_id=row.pk, day=DAY)
        lists.confirm_payment(list_id=row.pk, paid_on=TODAY)
        with pytest.raises(InputError, match="już zrobiony"):
            transfers.make_file(list_id=row.pk, day=DAY)


@pytest.mark.parametrize("day", [TODAY - timedelta(days=1), TODAY + timedelta(days=61)])
def test_the_day_is_neither_past_nor_far_away(world: World, day: date):
    row = made.ready(world)
    with world.scope("cis", "ewa"), pytest.raises(InputError) as refused:
        transfers.make_file(list_id=row.pk, day=day)
    assert refused.value.field == "day"


def test_without_an_account_of_the_unit_there_is_no_file(world: World):
    row = made.ready(world)
    with world.scope("cis", "ewa"):
        UnitAccount.objects.all().delete()
        with pytest.raises(InputError, match="Brakuje rachunku"):
            transfers.make_file(list_id=row.pk, day=DAY)


def test_two_people_on_one_account_are_named_and_confirmed(world: World):
    with world.scope("cis", "ewa"):
        made_lists.rounding(world)
        made.own_account()
        for name in ("Ewa Sad", "Jan Sad"):
            payable(in_classes(name), account=account(3))
    row = made_lists.approved(world)
    with world.scope("cis", "ewa"):
        with pytest.raises(InputError, match="Ewa Sad i Jan Sad") as refused:
            transfers.make_file(list_id=row.pk, day=DAY)
        assert refused.value.field == "shared_confirmed"
        assert transfers.make_file(list_id=row.pk, day=DAY, shared_confirmed=True).count == 2


def test_who_gets_nothing_is_on_no_sheet(world: World):
    with world.scope("cis", "ewa"):
        made_lists.rounding(world)
        made.own_account()
        made.people(1, cash=0)
        in_classes("Jan Sad")
    row = made_lists.approved(world, without_blocked=True)
    with world.scope("cis", "ewa"):
        assert Statement.objects.filter(payroll_list=row).count() == 2
        assert [one.name for one in queries.sheet_of(row).transfers] == ["Leszek Bażant"]


def test_a_name_that_looks_like_a_formula_stays_text_in_the_spreadsheet(world: World):
    import zipfile  # noqa: PLC0415

    row = made.ready(world)
    with world.scope("cis", "ewa"):
        sheet = queries.sheet_of(row)
        sheet.cash[0].statement.document["person"]["name"] = "=1+1"
        for content in (papers.cash_xlsx(sheet), papers.transfers_xlsx(sheet)):
            with zipfile.ZipFile(io.BytesIO(content)) as book:
                assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()
        with zipfile.ZipFile(io.BytesIO(papers.cash_xlsx(sheet))) as book:
            assert b">=1+1<" in book.read("xl/worksheets/sheet1.xml")
