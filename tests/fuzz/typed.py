"""What a person would plausibly type, so that every form takes what is sent before anything bad is."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from reintegration.core import clock
from reintegration.core.formats import format_table_date
from tests.accounts.helpers import SECRET, code_now
from tests.cast import PASSWORD
from tests.fuzz.ways_answers import ANSWERS_TYPED
from tests.fuzz.ways_benefits import BENEFITS_TYPED
from tests.fuzz.ways_fund import FUND_TYPED
from tests.fuzz.ways_inspection_results import INSPECTION_RESULT_TYPED
from tests.fuzz.ways_inspections import INSPECTION_TYPED
from tests.fuzz.ways_ipzs_attendance import ATTENDANCE_TYPED
from tests.fuzz.ways_ipzs_duties import DUTIES_TYPED
from tests.fuzz.ways_ipzs_programmes import PROGRAMMES_TYPED
from tests.fuzz.ways_people import PEOPLE_TYPED
from tests.fuzz.ways_reporting import REPORTING_TYPED
from tests.fuzz.ways_reports import REPORTS_TYPED
from tests.fuzz.ways_season import SEASON_TYPED

ADDRESS = "kalina@nowymost.example"
NEW_PASSWORD = "Siedem gwizdów nad Wisłą"
LINK_CODE = "123456789"
ADDRESSES = {"email": ADDRESS, "password": NEW_PASSWORD}
NUMBERS = {
    # The first reason of a form why there is no PESEL is chosen; outside the demo no false one is taken.
    "11": "",
    "10": "1234563218",
    "9": "123456785",
    "26": "61109010140000071219812874",
}
# Fields whose name says what belongs there, also where a specimen holds something else.
WELL_FORMED: Mapping[str, Callable[[], str]] = {
    "postcode": lambda: "20-001",
    "phone": lambda: "600 100 200",
    "krs": lambda: "0000123456",
    "regon": lambda: NUMBERS["9"],
    "email": lambda: ADDRESS,
    "gmina": lambda: "",
    "due_on": lambda: _day(30),
    "promised_for": lambda: _day(30),
}
# What a field named so is given when the page offers nothing.
BLANK: Mapping[str, Callable[[], str]] = {
    "until": lambda: _day(30),
    "closed_on": lambda: _day(30),
    "begins": lambda: "8:00",
    "ends": lambda: "14:00",
    "again_on": lambda: _day(30),
    "next_on": lambda: _day(30),
    "birth_date": lambda: "4.5.1985",
    "hour": lambda: "10:30",
    "ops_notified_on": lambda: _day(-10),
    "last": lambda: _day(12),
    "day": lambda: _day(10),
    "last_day": lambda: _day(30),
    "expires_on": lambda: _day(30),
    "starts_on": lambda: _day(30),
    "value": lambda: "1966,06",
    "fte": lambda: "1",
    "area": lambda: "0663",
    "areas": lambda: "0663",
    "code": code_now,
}


def _day(days: int) -> str:
    return format_table_date(clock.today() + timedelta(days=days))


# A value, or what makes it when the page of the form stands there.
Typed = Sequence[str] | Callable[[Any], Sequence[str]]


def _code_of_a_new_app(page: Any) -> Sequence[str]:
    """The code that an app shows after it read the secret of the page."""
    shown = re.search(r"(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}", page.text_content())
    return [code_now(shown[0].replace(" ", "") if shown else SECRET)]


# address of the form: what is typed there instead.
TYPED: Mapping[str, Mapping[str, Typed]] = {
    "account_change_password": {"present_password": [PASSWORD]},
    "account_login": {"email": ["ewa@cis.example"], "password": [PASSWORD]},
    "account_reauthenticate": {"password": [PASSWORD]},
    # The founder is chosen from the list.
    "administration:organisation_open": {
        f"founder_{name}": [""] for name in ("kind", "name", "nip", "regon", "krs", "town")
    },
    "mfa_activate_totp": {"code": _code_of_a_new_app},
    "mfa_reauthenticate": {"password": [PASSWORD]},
    "mfa_reauthenticate_webauthn": {"password": [PASSWORD]},
    "participants:link": {"code": [LINK_CODE]},
    "participants:own_referral_edit": {"pesel": [""]},
    "participants:referral_offer": {"since": lambda page: [_day(30)]},
    # The first kind of a question is a scale.
    "participants:template_question": {"options": [""]},
    "participants:template_question_add": {"options": [""]},
    "participants:template_section_add": {"options": [""]},
    **ATTENDANCE_TYPED,
    **ANSWERS_TYPED,
    **BENEFITS_TYPED,
    **DUTIES_TYPED,
    **FUND_TYPED,
    **PEOPLE_TYPED,
    **INSPECTION_RESULT_TYPED,
    **INSPECTION_TYPED,
    **REPORTING_TYPED,
    **SEASON_TYPED,
    **REPORTS_TYPED,
    **PROGRAMMES_TYPED,
}


def plausible(form: Any, tag: Any, kind: str) -> str:
    """What the name, the counter or the hint of a field asks for, or its kind."""
    if (counted := NUMBERS.get(tag.get("data-count-digits", ""))) is not None:
        return counted
    if made := BLANK.get(tag.get("name")):
        return made()
    for key in (tag.get("aria-describedby") or "").split():
        for hint in form.xpath(".//*[@id=$key]", key=key):
            if kind != "password" and (found := re.search(r"na przykład ([\w.,-]*\w)", hint.text_content())):
                return found[1]
    if kind in ADDRESSES:
        return ADDRESSES[kind]
    return "12" if tag.get("inputmode") in {"numeric", "decimal"} else "Kalina"
