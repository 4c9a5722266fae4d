"""Migrates the database of the tests in a third of the time that `migrate` takes.

Django draws the models of its state anew, with all that point at them, for each index and constraint that a
migration adds, which changes no model. Here the list of the model that stands is exchanged. That the
database is the same is shown by `tests/harness/test_migrating.py`.
"""

from collections.abc import Sequence
from typing import Any
from unittest.mock import patch

from django.core.management import call_command
from django.db.migrations.state import ProjectState


def migrate() -> None:
    with (
        patch.object(ProjectState, "_append_option", _append),
        patch.object(ProjectState, "_remove_option", _remove),
        patch.object(ProjectState, "_alter_option", _alter),
    ):
        call_command("migrate", verbosity=0)


def _append(state: Any, app: str, model: str, option: str, added: Any) -> None:
    _put(state, app, model, option, [*_of(state, app, model, option), added])


def _remove(state: Any, app: str, model: str, option: str, name: str) -> None:
    _put(state, app, model, option, [one for one in _of(state, app, model, option) if one.name != name])


def _alter(state: Any, app: str, model: str, option: str, name: str, new: Any) -> None:
    found = _of(state, app, model, option)
    _put(state, app, model, option, [new if one.name == name else one for one in found])


def _of(state: Any, app: str, model: str, option: str) -> Sequence[Any]:
    return state.models[app, model].options[option]


def _put(state: Any, app: str, model: str, option: str, found: list[Any]) -> None:
    state.models[app, model].options[option] = found
    if "apps" in state.__dict__:
        setattr(state.apps.get_model(app, model)._meta, option, found)
