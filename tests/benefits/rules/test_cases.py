"""`manage.py calculate`: the public cases, and what it says of bad ones."""

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from benefits.cases import answer
from tests.benefits.rules.made import LAW

ROOT = Path(__file__).resolve().parents[3]
PUBLIC = ROOT.parent / "shared" / "domain" / "cases" / "benefit.jsonl"
GOOD = {
    "id": "dobry",
    "month": "2025-10",
    "readings": {"rate_rounding": "exact"},
    "participation": {"start": "2025-03-03", "end": None, "extension_from": None},
    "granted_from": "2025-03-03",
}


def calculated(*cases: str) -> list[dict[str, Any]]:
    """What the command answers when nothing of its environment is set."""
    done = subprocess.run(
        [sys.executable, "manage.py", "calculate"],
        cwd=ROOT,
        input="\n".join(cases).encode(),
        capture_output=True,
        check=True,
        env={},
    )
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def test_every_public_case_agrees():
    cases = PUBLIC.read_text(encoding="utf-8").splitlines()
    found = calculated(*cases)
    wrong = []
    for case, said in zip(map(json.loads, cases), found, strict=True):
        expected = dict(case["expect"])
        refused = expected.pop("error", False)
        if said["id"] != case["id"] or ("error" in said) != refused:
            wrong.append((case["id"], said))
        wrong += [
            (case["id"], key, said.get(key), value)
            for key, value in expected.items()
            if said.get(key) != value
        ]
    assert cases
    assert wrong == []


def test_rows_of_every_public_case_make_its_benefit():
    answers = [answer(line, LAW) for line in PUBLIC.read_text(encoding="utf-8").splitlines()]
    sums = [
        (one["id"], sum(Decimal(row["amount"]) for row in one["rows"]) - Decimal(one["benefit"]))
        for one in answers
        if "rows" in one
    ]
    assert sums
    assert [one for one in sums if one[1]] == []


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"unexcused": ["2025-10-11"]}, "11.10.2025"),
        ({"unexcused": ["2025-10-13", "2025-10-13"]}, "13.10.2025"),
        ({"unexcused": ["2025-02-28"]}, "28.02.2025"),
        ({"free": ["2025-03-10"]}, "10.03.2025"),
        ({"sick": [["2025-10-01", "2025-10-05"], ["2025-10-05", "2025-10-06"]]}, "5.10.2025"),
        ({"sick": [["2025-10-05", "2025-10-01"]]}, "2025-10-01"),
        ({"sick": [["2025-10-05"]]}, "2025-10-05"),
        ({"month": "2025-13"}, "2025-13"),
        ({"month": "2025-W1"}, "2025-W1"),
        ({"granted_from": "3.03.2025"}, "3.03.2025"),
        ({"granted_from": "2025-W01-1"}, "2025-W01-1"),
        ({"granted_from": "20250303"}, "20250303"),
        ({"unexcused": ["2025-02-30"]}, "2025-02-30"),
        ({"participation": {"start": "2025-03-03", "end": "2025-03-01"}}, "1.03.2025"),
        ({"participation": {"start": "2025-03-03", "extension_from": "2025-04-02"}}, "2.04.2025"),
        ({"participation": {"start": None}}, "participation.start"),
        ({"readings": {}}, "rate_rounding"),
        ({"readings": {"rate_rounding": "exact", "sick_pol": "single"}}, "sick_pol"),
        ({"readings": {"rate_rounding": "up"}}, "up"),
        ({"readings": {"rate_rounding": True}}, "rate_rounding"),
        ({"excused": [{"date": "2025-10-20"}]}, "2025-10-20"),
        ({"excused": ["2025-10-20"]}, "2025-10-20"),
        ({"premium": "-0.01"}, "Premia"),
        ({"premium": "0.001"}, "Premia"),
        ({"premium": "NaN"}, "NaN"),
        ({"premium": 200}, "200"),
        ({"premium": "2066.29"}, "2066,28"),
        ({"pit2": "tak"}, "pit2"),
        (
            {"month": "2015-09", "participation": {"start": "2015-06-01"}, "granted_from": "2015-06-01"},
            "factor_main",
        ),
    ],
)
def test_a_bad_case_is_refused_with_what_is_at_fault(changed: dict[str, Any], named: str):
    said = answer(json.dumps({**GOOD, **changed}), LAW)
    assert set(said) == {"id", "error"}
    assert named in said["error"].replace("\u00a0", "").replace(" zł", "")


def test_what_is_no_case_is_answered_too():
    found = calculated("{", "[]", "", json.dumps(GOOD))
    assert [one["id"] for one in found] == [None, None, "dobry"]
    assert found[2]["benefit"] == "2066.28"
