"""The diagnoses that every unit has from the first day (KSR: units lack tools made for these people).

The wording is our own. It addresses the person, because the sheet is filled together with them.
"""

import tomllib
from functools import cache
from pathlib import Path

from participants.diagnosis.content import Template
from participants.diagnosis.reading import read_template

HERE = Path(__file__).parent
# In the order in which a unit uses them.
KEYS = ("general", "interests", "skills", "potential", "observation")


@cache
def builtin_template(key: str) -> Template:
    """One of the set; an unknown key is a KeyError."""
    if key not in KEYS:
        raise KeyError(key)
    return read_template(tomllib.loads((HERE / f"{key}.toml").read_text(encoding="utf-8")))
