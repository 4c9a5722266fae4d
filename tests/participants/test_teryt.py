"""The register of gminas: read whole or refused, found by the beginning of a name, never guessed."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from participants import teryt
from participants.demo.gminas import REGISTER
from participants.models import Gmina
from participants.rules.terc import BadRegister, is_code, parse
from reintegration.core.errors import InputError
from reintegration.tenancy.scope import platform_scope


@pytest.mark.parametrize("code", ["0659013", "1659022", "0299011"])
def test_a_code_names_a_voivodeship_and_a_kind_of_gmina(code: str):
    assert is_code(code)


@pytest.mark.parametrize("code", ["", "065901", "06590133", "0199013", "0659014", "065901a", "٠٦٩٩٠١٣"])
def test_anything_else_is_no_code(code: str):
    assert not is_code(code)


def test_the_register_names_each_gmina_with_its_powiat_and_voivodeship():
    (first, *others) = parse(REGISTER.splitlines())
    assert (first.code, first.name, first.kind) == ("0659013", "Modrzewno", "gmina miejsko-wiejska")
    assert (first.powiat, first.voivodeship) == ("powiat modrzewski", "lubelskie")
    assert len(others) == 3


def test_parts_of_a_gmina_are_no_gminas_of_their_own():
    extra = REGISTER + "06;59;01;4;Modrzewno;miasto;2026-01-01\n06;59;01;5;Modrzewno;obszar;2026-01-01\n"
    assert len(parse(extra.splitlines())) == 4


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        ("A;B\n1;2\n", "nie ma kolumn"),
        ("WOJ;POW;GMI;RODZ;NAZWA;STAN_NA\n", "ani jednej gminy"),
        (REGISTER + "06;59;03;1;Jodłów;gmina miejska;2026-01-01\n", "Wiersz 10"),
    ],
)
def test_a_file_that_is_not_the_register_is_refused(file: str, sentence: str):
    with pytest.raises(BadRegister, match=sentence):
        parse(file.splitlines())


@pytest.fixture
def loaded(db: None) -> None:
    with platform_scope(source="test"):
        teryt.load(REGISTER.splitlines())


def test_a_name_is_found_by_its_beginning_without_diacritics(loaded: None):
    assert [one.code for one in teryt.find("jodlow")] == ["0659022", "0659031"]
    assert [one.code for one in teryt.find("MODRZ")] == ["0659013"]
    assert teryt.find("  ") == []


def test_what_was_typed_becomes_one_code_or_a_question(loaded: None):
    assert teryt.resolve("Modrzewno") == "0659013"
    assert teryt.resolve("0659022") == "0659022"
    assert teryt.resolve("Jodłów, miasto") == "0659031"
    assert teryt.resolve("") == ""
    with pytest.raises(InputError, match="kilka gmin.*0659022.*0659031"):
        teryt.resolve("Jodłów")
    with pytest.raises(InputError, match="Nie ma gminy"):
        teryt.resolve("Atlantyda")
    with pytest.raises(InputError, match="W rejestrze nie ma gminy"):
        teryt.resolve("0658013")


@pytest.mark.django_db
def test_without_the_register_a_code_of_the_right_shape_is_taken():
    assert teryt.resolve("0659013") == "0659013"
    assert teryt.label("0659013") == "0659013"


def test_an_older_file_is_refused_and_the_same_file_changes_nothing(loaded: None):
    before = list(Gmina.objects.order_by("code").values())
    with platform_scope(source="test"):
        assert teryt.load(REGISTER.splitlines()) == 4
        with pytest.raises(InputError, match="01.01.2025"):
            teryt.load(REGISTER.replace("2026-", "2025-").splitlines())
    assert list(Gmina.objects.order_by("code").values()) == before


@pytest.mark.django_db
def test_the_command_reads_the_published_file_and_names_a_bad_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    file = tmp_path / "terc.csv"
    file.write_text(REGISTER, encoding="utf-8-sig")
    call_command("load_teryt", str(file))
    assert "4 gminas are loaded" in capsys.readouterr().out
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(CommandError):
        call_command("load_teryt", str(file))
