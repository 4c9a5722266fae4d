"""A built-in list with a mistake is refused, and the row is named."""

import pytest

from ipzs.catalogue.reading import CatalogueError, read_duties, read_excuses, read_goals, read_services
from ipzs.rules.codes import PayRule

SERVICE = {
    "key": "talks",
    "name": "Rozmowy",
    "description": "Rozmowy z psychologiem.",
    "area": "social",
    "form": "individual",
    "dimension": "preventive",
    "provider": "own",
    "hours": 10,
    "units": ["CIS"],
}
DUTY = {
    "key": "safety",
    "kind": "safety",
    "name": "szkolenie",
    "description": "Szkolenie przed zajęciami.",
    "act": "art. 14 ust. 2 pkt 1",
    "effect": "blocks",
}


def test_a_whole_row_is_read():
    (service,) = read_services({"service": [SERVICE]})
    given = {name: value for name, value in SERVICE.items() if name != "hours"}

    assert (service.key, service.hours, service.units) == ("talks", 10, {"CIS"})
    assert read_services({"service": [given]})[0].hours is None
    assert read_duties({"duty": [DUTY]})[0].months is None
    assert read_duties({"duty": [DUTY | {"months": 12}]})[0].months == 12


def test_an_excuse_may_have_a_rule_of_its_own():
    row = {"key": "court", "name": "sąd", "paper": "wezwanie"}

    assert read_excuses({"excuse": [row]})[0].pay is PayRule.FULL
    assert read_excuses({"excuse": [row | {"pay": "per_30"}]})[0].pay is PayRule.PER_30


@pytest.mark.parametrize("name", sorted(SERVICE.keys() - {"hours"}))
def test_a_missing_field_is_named(name):
    row = {key: value for key, value in SERVICE.items() if key != name}
    with pytest.raises(CatalogueError, match=f"service 1: {name} is missing"):
        read_services({"service": [row]})


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"colour": "zielony"}, "nobody knows colour"),
        ({"key": "Rozmowy"}, "is no key"),
        ({"name": ""}, "name is a text"),
        ({"name": " Rozmowy"}, "without blanks"),
        ({"name": 5}, "name is a text"),
        ({"area": "other"}, "area is one of social, vocational"),
        ({"hours": 0}, "above zero"),
        ({"hours": True}, "above zero"),
        ({"hours": "10"}, "above zero"),
        ({"units": []}, "list of texts"),
        ({"units": "CIS"}, "list of texts"),
        ({"units": ["OPS"]}, "units is one of CIS, KIS"),
    ],
)
def test_a_wrong_value_is_named(change, words):
    with pytest.raises(CatalogueError, match=words):
        read_services({"service": [SERVICE | change]})


@pytest.mark.parametrize(
    "data", [{}, {"service": []}, {"service": {}}, {"goal": [SERVICE]}, {"service": [SERVICE], "more": 1}]
)
def test_a_list_holds_its_rows_and_nothing_else(data):
    with pytest.raises(CatalogueError, match="nothing else"):
        read_services(data)


def test_a_row_is_a_set_of_fields_with_its_own_key():
    with pytest.raises(CatalogueError, match="service 1: a row"):
        read_services({"service": ["talks"]})
    with pytest.raises(CatalogueError, match="service 2: the key talks is taken"):
        read_services({"service": [SERVICE, SERVICE]})


def test_a_goal_has_steps_with_words():
    goal = {"key": "work", "text": "Chcę pracować.", "area": "vocational"}
    for steps in ([], ["Zadzwonię.", ""], "Zadzwonię."):
        with pytest.raises(CatalogueError, match="goal 1: steps"):
            read_goals({"goal": [goal | {"steps": steps}]})
