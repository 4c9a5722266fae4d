"""The reviewed files and the tables say the same."""

from datetime import date

import pytest
from django.core.management import call_command

from reintegration.law.book import as_law, law_book
from reintegration.law.enums import State
from reintegration.law.models import Parameter, ParameterValue
from reintegration.law.queries import GROUPS
from reintegration.law.services import LawDiffers, load_law
from reintegration.law.sources import BadSource, book_of_files, read_sources
from reintegration.tenancy.scope import platform_scope

pytestmark = pytest.mark.django_db

PARAMETER = """
[allowance]
label = "zasiłek"
unit = "pln"
act = "ustawa"
article = "art. 1"
link = "https://przyklad.pl/"
[[allowance.values]]
since = 2014-06-01
value = "831.10"
source = "s"
checked_on = 2026-11-21
evidence = "act"
confidence = "sure"
"""


def test_a_migrated_database_agrees_with_the_files():
    files = {one.key: one for one in read_sources()}
    tables = {one.key: one for one in Parameter.objects.order_by("key").prefetch_related("values")}
    assert files.keys() == tables.keys()
    for key, found in files.items():
        row = tables[key]
        standing = sorted(
            (one for one in row.values.all() if one.state == State.CONFIRMED), key=lambda one: one.since
        )
        assert as_law(row, standing) == found.as_law()
        assert (row.link, row.note, row.group, row.order) == (
            found.link,
            found.note,
            found.group,
            found.order,
        )
        assert [(one.checked_on, one.evidence, one.confidence) for one in standing] == [
            (one.checked_on, one.evidence, one.confidence) for one in found.values
        ]


def test_the_book_of_the_tables_is_the_book_of_the_files():
    assert law_book().parameters == book_of_files().parameters


def test_loading_again_adds_and_changes_nothing(capsys):
    before = list(ParameterValue.objects.order_by("pk").values())
    call_command("load_law")
    assert "0 nowych wartości" in capsys.readouterr().out
    assert list(ParameterValue.objects.order_by("pk").values()) == before


def test_a_file_never_overwrites_a_value_that_stands(monkeypatch, tmp_path):
    (tmp_path / "law.toml").write_text(PARAMETER.replace("831.10", "900.00"), "utf-8")
    monkeypatch.setattr("reintegration.law.services.read_sources", lambda: read_sources(tmp_path))
    with platform_scope(source="test"), pytest.raises(LawDiffers, match=r"allowance from 2014-06-01"):
        load_law()


def test_a_value_that_was_checked_again_keeps_its_number(monkeypatch, tmp_path):
    (tmp_path / "law.toml").write_text(PARAMETER.replace("2026-11-21", "2027-03-01"), "utf-8")
    monkeypatch.setattr("reintegration.law.services.read_sources", lambda: read_sources(tmp_path))
    with platform_scope(source="test"):
        assert load_law() == 0
    found = ParameterValue.objects.get(parameter__key="allowance", since=date(2014, 6, 1))
    assert (found.checked_on, found.value) == (date(2027, 3, 1), "831.10")


def test_every_group_has_a_heading():
    assert {one.group for one in read_sources()} == set(GROUPS)


@pytest.mark.parametrize(
    "broken",
    [
        PARAMETER.replace('"pln"', '"zł"'),
        PARAMETER.replace('"831.10"', '"osiemset"'),
        PARAMETER.replace("source =", "sauce ="),
        PARAMETER.replace('"sure"', '"certain"'),
        PARAMETER.replace("label =", "lable ="),
        PARAMETER.partition("[[")[0] + "values = []",
    ],
)
def test_a_slip_in_a_file_names_the_file_and_the_parameter(tmp_path, broken):
    (tmp_path / "law.toml").write_text(broken, "utf-8")
    with pytest.raises(BadSource, match=r"law\.toml: allowance"):
        read_sources(tmp_path)


def test_a_parameter_stands_in_one_file_only(tmp_path):
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(PARAMETER, "utf-8")
    with pytest.raises(BadSource, match="already"):
        read_sources(tmp_path)
