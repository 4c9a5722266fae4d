"""Forms of programmes: the parts of a version, signatures, the annex, steps, evaluations and the end.

A part shows what is there and a few blank rows; a row left blank is not kept, so everything can be added
and taken away without a script.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from django import forms

from ipzs import catalogue
from ipzs.enums import Delivery, EvaluationResult, Side, SignedHow, StepState
from ipzs.rules import content as rules
from ipzs.rules import endings
from participants.papers import PROGRAMME_FILE
from participants.rules.codes import UnitType
from reintegration.core import clock
from reintegration.core.form_fields import (
    ChoiceField,
    LongTextField,
    MoneyField,
    PolishDateField,
    TextField,
    TickField,
)
from reintegration.core.formats import format_number
from reintegration.core.forms import Form
from reintegration.core.ids import uuid7
from reintegration.documents.form_fields import CheckedFileField

SCANS = frozenset({"application/pdf", "image/jpeg", "image/png"})
# How many blank rows wait below those that are there.
BLANK_STEPS, BLANK_PEOPLE, BLANK_DAYS = 2, 2, 2
WAYS = {"up": -1, "down": 1}
T = TypeVar("T")
HINTS = {
    rules.Part.SOCIAL_SCOPE: "Nad czym będziecie pracować: rodzina, długi, zdrowie, sprawy urzędowe.",
    rules.Part.SOCIAL_FORMS: "Jak: rozmowy, grupa, trening, pomoc w urzędzie.",
    rules.Part.VOCATIONAL_SCOPE: "Czego osoba nauczy się do pracy.",
    rules.Part.VOCATIONAL_FORMS: "Jak: pracownia, kurs, praktyka, doradca zawodowy.",
}


class ContentForm(Form):
    """One part of a version; `written` gives the content with that part changed."""

    def __init__(self, *args: Any, content: rules.Content, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.content = content
        self.build()

    def build(self) -> None:
        """Add the fields that the content asks for."""

    def written(self) -> rules.Content:
        raise NotImplementedError

    def add(self, name: str, field: forms.Field, value: Any) -> None:
        self.fields[name] = field
        self.initial.setdefault(name, value)


class TermsForm(ContentForm):
    """From when, until when, and the days of the evaluations."""

    def build(self) -> None:
        self.add("since", PolishDateField(label="Obowiązuje od", required=False), self.content.since)
        self.add("until", PolishDateField(label="Obowiązuje do", required=False), self.content.until)
        days = sorted(self.content.evaluations)
        for at in range(len(days) + BLANK_DAYS):
            label = f"Wspólna ocena {at + 1}"
            value = days[at] if at < len(days) else None
            self.add(f"day_{at}", PolishDateField(label=label, required=False), value)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        since, until = typed.get("since"), typed.get("until")
        if since and until and until < since:
            self.add_error("until", "Koniec nie może być wcześniejszy niż początek.")
        return typed

    def written(self) -> rules.Content:
        typed = self.cleaned_data
        days = {value for name, value in typed.items() if name.startswith("day_") and value is not None}
        return replace(
            self.content, since=typed["since"], until=typed["until"], evaluations=tuple(sorted(days))
        )


class TextsForm(ContentForm):
    """The texts of the paper, in its order."""

    def build(self) -> None:
        for part in rules.PARTS[self.content.face]:
            field = LongTextField(
                label=rules.PART_TITLES[part], required=False, width="full", help_text=HINTS.get(part, "")
            )
            self.add(part.value, field, self.content.text(part))

    def written(self) -> rules.Content:
        texts = {part: self.cleaned_data[part.value] for part in rules.PARTS[self.content.face]}
        return replace(self.content, texts={part: text for part, text in texts.items() if text})


class GoalsForm(ContentForm):
    """Goals in the person's own words, each with its small steps, which rise in difficulty.

    The button `move` puts a goal or a step one place up or down; an idea of the catalogue becomes one more
    goal, whose words are then changed.
    """

    # The row to go on with: the one that was moved, or the goal that an idea became.
    landed = ""

    def build(self) -> None:
        for at in range(len(self.content.goals) + 1):
            self._goal(at, self.content.goals[at] if at < len(self.content.goals) else None)
        taken = {goal.text for goal in self.content.goals}
        self.ideas = {one.key: one for one in catalogue.goals() if one.text not in taken}
        offered = [(one.key, f"{one.text} ({rules.AREA_NAMES[one.area]})") for one in self.ideas.values()]
        if offered:
            idea = ChoiceField(
                label="Pomysł z katalogu",
                choices=[],
                widget=forms.Select,
                width="full",
                required=False,
                help_text="Gdy brakuje słów. Wstawimy cel z krokami, a Wy napiszecie go po swojemu.",
            )
            idea.choices = [("", "Wybierz z listy"), *offered]
            self.add("idea", idea, "")

    def _goal(self, at: int, goal: rules.Goal | None) -> None:
        self.add(
            f"goal_{at}",
            TextField(
                label=f"Cel {at + 1}",
                required=False,
                max_length=300,
                width="full",
            ),
            goal.text if goal else "",
        )
        areas = ChoiceField(
            label="Obszar", choices=[(one.value, rules.AREA_NAMES[one]) for one in rules.Area], required=False
        )
        self.add(f"goal_{at}_area", areas, goal.area.value if goal and goal.area else "")
        self.add(
            f"goal_{at}_main", TickField(label="To cel główny", required=False), bool(goal and goal.main)
        )
        steps = goal.steps if goal else ()
        for row in range(len(steps) + BLANK_STEPS):
            self._step(f"goal_{at}_step_{row}", row, steps[row] if row < len(steps) else None)

    def _step(self, name: str, row: int, step: rules.Step | None) -> None:
        text = TextField(label=f"Krok {row + 1}", required=False, max_length=300, width="full")
        self.add(name, text, step.text if step else "")
        self.add(
            f"{name}_who",
            TextField(label="Kto to zrobi", required=False, max_length=120, width="m"),
            step.who if step else "",
        )
        self.add(
            f"{name}_due",
            # How a day is written is said once, under all the steps.
            PolishDateField(label="Do kiedy", required=False, help_text=""),
            step.due_on if step else None,
        )

    def groups(self) -> list[dict[str, Any]]:
        """The fields of each goal together, for the template, and where each may be moved."""
        held = self.content.goals
        found = []
        for at in range(len(held) + 1):
            steps = len(held[at].steps) if at < len(held) else 0
            rows = [f"goal_{at}_step_{row}" for row in range(steps + BLANK_STEPS)]
            found.append(
                {
                    "id": f"cel-{at + 1}",
                    "title": f"Cel {at + 1}" if at < len(held) else "Nowy cel",
                    "goal": self[f"goal_{at}"],
                    "area": self[f"goal_{at}_area"],
                    "main": self[f"goal_{at}_main"],
                    "moves": _moves(f"goal_{at}", at, len(held), f"cel {at + 1}"),
                    "steps": [
                        (
                            self[name],
                            self[f"{name}_who"],
                            self[f"{name}_due"],
                            _moves(name, row, steps, f"cel {at + 1}, krok {row + 1}"),
                        )
                        for row, name in enumerate(rows)
                    ],
                }
            )
        return found

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        for at in range(len(self.content.goals) + 1):
            if not typed.get(f"goal_{at}") and self._steps(at, typed):
                self.add_error(f"goal_{at}", "Wpisz cel, do którego prowadzą te kroki.")
        return typed

    def written(self) -> rules.Content:
        typed = self.cleaned_data
        rows = []
        for at in range(len(self.content.goals) + 1):
            text, area = typed[f"goal_{at}"], typed[f"goal_{at}_area"]
            if text:
                goal = rules.Goal(
                    self.content.goals[at].key if at < len(self.content.goals) else str(uuid7()),
                    text,
                    rules.Area(area) if area else None,
                    typed[f"goal_{at}_main"],
                )
                rows.append((f"goal_{at}", (goal, self._steps(at, typed))))
        goals = []
        for at, (goal, steps) in enumerate(self._in_order(rows, "goal_{}")):
            goals.append(replace(goal, steps=tuple(self._in_order(steps, f"goal_{at}_step_{{}}"))))
        idea = self.ideas.get(typed.get("idea") or "")
        if idea is not None:
            steps = tuple(rules.Step(str(uuid7()), text) for text in idea.steps)
            self.landed = f"goal_{len(goals)}"
            goals.append(rules.Goal(str(uuid7()), idea.text, idea.area, steps=steps))
        return replace(self.content, goals=tuple(goals))

    def _steps(self, at: int, typed: dict[str, Any]) -> list[tuple[str, rules.Step]]:
        """The steps that were typed, each with the name of its row."""
        held = self.content.goals[at].steps if at < len(self.content.goals) else ()
        found = []
        for row in range(len(held) + BLANK_STEPS):
            name = f"goal_{at}_step_{row}"
            text = typed.get(name)
            if text:
                key = held[row].key if row < len(held) else str(uuid7())
                step = rules.Step(key, text, typed.get(f"{name}_who") or "", typed.get(f"{name}_due"))
                found.append((name, step))
        return found

    def _in_order(self, rows: Sequence[tuple[str, T]], place: str) -> list[T]:
        """The rows with the one that was moved in its new place."""
        found = list(rows)
        name, _, way = self.data.get("move", "").partition(":")
        at = next((at for at, (key, _) in enumerate(found) if key == name), None)
        if at is not None and way in WAYS:
            to = min(max(at + WAYS[way], 0), len(found) - 1)
            found.insert(to, found.pop(at))
            self.landed = place.format(to)
        return [value for _, value in found]


def _moves(name: str, at: int, count: int, what: str) -> list[dict[str, str]]:
    """The buttons that move a row that is there."""
    found = []
    if 0 < at < count:
        found.append({"value": f"{name}:up", "icon": "arrow-up", "label": "Wyżej", "what": what})
    if at < count - 1:
        found.append({"value": f"{name}:down", "icon": "arrow-down", "label": "Niżej", "what": what})
    return found


class HoursField(MoneyField):
    """Hours with at most two places after the comma."""

    width = "xs"
    missing = "Wpisz godziny."

    def show(self, value: Any) -> str:
        return format_number(value)


class ServicesForm(ContentForm):
    """Services of the catalogue: which, how many hours, of what, and who leads them."""

    def __init__(self, *args: Any, offered: Sequence[rules.Service], **kwargs: Any) -> None:
        self.offered = offered
        super().__init__(*args, **kwargs)

    def build(self) -> None:
        taken = {one.key: one for one in self.content.services}
        gone = [one for one in self.content.services if one.key not in {row.key for row in self.offered}]
        # What is no longer offered stays in the programme until somebody takes it away.
        self.rows = [*self.offered, *gone]
        pers = [(one.value, rules.PER_NAMES[one]) for one in rules.Per]
        for row in self.rows:
            held = taken.get(row.key)
            self.add(f"take_{row.key}", TickField(label=row.name, required=False), held is not None)
            hours = HoursField(label=f"Godziny: {row.name}", required=False)
            self.add(f"hours_{row.key}", hours, held.hours if held else row.hours)
            per = ChoiceField(label=f"Na ile: {row.name}", choices=pers, widget=forms.Select, width="s")
            self.add(f"per_{row.key}", per, (held.per if held else rules.Per.WHOLE).value)
            leader = TextField(label=f"Kto prowadzi: {row.name}", required=False, max_length=120, width="m")
            self.add(f"leader_{row.key}", leader, held.leader if held else "")

    def groups(self) -> list[dict[str, Any]]:
        return [
            {
                "id": area.value,
                "area": rules.AREA_NAMES[area],
                "rows": [
                    [row.name, *(self[f"{name}_{row.key}"] for name in ("take", "hours", "per", "leader"))]
                    for row in self.rows
                    if row.area is area
                ],
            }
            for area in rules.Area
        ]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        for row in self.rows:
            hours = typed.get(f"hours_{row.key}")
            if typed.get(f"take_{row.key}") and hours is not None and hours <= 0:
                self.add_error(f"hours_{row.key}", "Wpisz liczbę większą od zera.")
        return typed

    def written(self) -> rules.Content:
        typed = self.cleaned_data
        services = tuple(
            replace(
                row,
                hours=typed[f"hours_{row.key}"],
                per=rules.Per(typed[f"per_{row.key}"]),
                leader=typed[f"leader_{row.key}"],
            )
            for row in self.rows
            if typed[f"take_{row.key}"]
        )
        return replace(self.content, services=services)


class PeopleForm(ContentForm):
    """Who is responsible, and for what (art. 13 ust. 2)."""

    def build(self) -> None:
        held = self.content.responsible
        for at in range(len(held) + BLANK_PEOPLE):
            one = held[at] if at < len(held) else None
            name = TextField(label=f"Osoba {at + 1}", required=False, max_length=160, width="m")
            self.add(f"name_{at}", name, one.name if one else "")
            task = TextField(label="Za co odpowiada", required=False, max_length=300, width="full")
            self.add(f"task_{at}", task, one.task if one else "")

    def written(self) -> rules.Content:
        held, typed = self.content.responsible, self.cleaned_data
        rows = [
            rules.Responsible(
                held[at].key if at < len(held) else str(uuid7()), typed[f"name_{at}"], typed[f"task_{at}"]
            )
            for at in range(len(held) + BLANK_PEOPLE)
            if typed[f"name_{at}"]
        ]
        return replace(self.content, responsible=tuple(rows))


class SignForm(Form):
    signed_on = PolishDateField(label="Dzień podpisania", latest=clock.today)
    how = ChoiceField(
        label="Jak podpisano",
        choices=[(one.value, one.label) for one in (SignedHow.PAPER, SignedHow.WITNESSED)],
    )
    scan = CheckedFileField(
        kind=PROGRAMME_FILE,
        only=SCANS,
        label="Skan",
        required=False,
        help_text="PDF albo zdjęcie, gdy podpisano na papierze.",
    )
    witness = TextField(
        label="W czyjej obecności",
        max_length=120,
        required=False,
        width="m",
        help_text="Imię i nazwisko pracownika, gdy nie ma skanu.",
    )


class SignAndAskForm(SignForm):
    """The first version of a CIS goes to the head of OPS at once."""

    sender = ChoiceField(
        label="Ośrodek, który uzgadnia program",
        choices=[],
        required=False,
        widget=forms.Select,
        width="l",
    )
    body_name = TextField(
        label="Inny ośrodek",
        max_length=200,
        required=False,
        help_text="Gdy nie ma go na liście. Odpowie przez odnośnik albo na piśmie.",
    )

    def __init__(self, *args: Any, bodies: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sender"].choices = [  # type: ignore[attr-defined]
            ("", "innego nie ma na liście"),
            *((str(one.pk), one.name) for one in bodies),
        ]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not typed.get("sender") and not typed.get("body_name"):
            self.add_error("sender", "Wybierz ośrodek albo wpisz jego nazwę.")
        return typed


class AnnexForm(Form):
    motion_by = ChoiceField(label="Kto wnioskował o zmianę", choices=Side.choices)
    motion_on = PolishDateField(label="Dzień wniosku", latest=clock.today)
    motion_reason = LongTextField(label="Dlaczego", max_length=2000, required=False)


class StepForm(Form):
    state = ChoiceField(label="Jak poszło", choices=StepState.choices)
    on = PolishDateField(label="Kiedy", latest=clock.today)
    words = LongTextField(
        label="Słowami uczestnika",
        max_length=2000,
        required=False,
        help_text="Krok, który się nie udał, niczego nie zamyka. Próbujemy dalej.",
    )


class EvaluationForm(Form):
    held_on = PolishDateField(label="Dzień oceny", latest=clock.today)
    result = ChoiceField(label="Wynik", choices=EvaluationResult.choices)
    note = LongTextField(label="Co razem ustaliliśmy", error_messages={"required": "Napisz ustalenia."})


class PlanEvaluationForm(Form):
    due_on = PolishDateField(label="Dzień oceny")


class StatementForm(Form):
    statement_on = PolishDateField(label="Dzień oświadczenia", latest=clock.today)
    ended_on = PolishDateField(label="Ostatni dzień", latest=clock.today)
    note = LongTextField(label="Uwagi", max_length=2000, required=False)


class WorkForm(Form):
    work_kind = ChoiceField(
        label="Jaka praca", choices=[(one.value, endings.WORK_NAMES[one]) for one in endings.WorkKind]
    )
    work_started_on = PolishDateField(
        label="Pierwszy dzień pracy",
        latest=lambda: endings.latest_work(clock.today()),
        help_text="Może być przed nami, gdy umowa jest już podpisana: najdalej za miesiąc.",
    )
    left_on = PolishDateField(label="Ostatni dzień zajęć", latest=clock.today)
    ended_on = PolishDateField(
        label="Koniec programu",
        required=False,
        help_text=(
            "Puste: 6 miesięcy po podjęciu pracy, najdłużej jak można."
            " Po zajęciach nie ma świadczenia. (art. 13 ust. 5)"
        ),
    )


class PeriodEndForm(Form):
    ended_on = PolishDateField(label="Ostatni dzień", latest=clock.today)
    note = LongTextField(label="Uwagi", max_length=2000, required=False)


class OtherEndForm(Form):
    ending = ChoiceField(label="Jak się kończy", choices=[])
    ended_on = PolishDateField(label="Ostatni dzień", latest=clock.today)
    reasons = LongTextField(label="Dlaczego", max_length=2000, required=False)

    def __init__(self, *args: Any, unit_type: UnitType, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = {endings.Ending.STATEMENT, endings.Ending.WORK, endings.Ending.PERIOD_OVER}
        self.fields["ending"].choices = [  # type: ignore[attr-defined]
            (one.value, endings.ENDING_NAMES[one])
            for one in endings.endings(unit_type)
            if one not in own and not endings.needs_decision(one, unit_type)
        ]


class DecisionForm(Form):
    kind = ChoiceField(
        label="Podstawa", choices=[(one.value, endings.ENDING_NAMES[one]) for one in endings.Ending][:2]
    )
    number = TextField(
        label="Numer decyzji",
        max_length=40,
        width="s",
        required=False,
        help_text="Puste: następny numer z rejestru decyzji.",
    )
    ends_on = PolishDateField(
        label="Ostatni dzień udziału",
        help_text="Może być późniejszy niż doręczenie. Program skończy się wtedy sam.",
    )
    reasons = LongTextField(label="Uzasadnienie", max_length=8000, width="full")
    change_considered = LongTextField(
        label="Dlaczego nie wystarczy zmiana programu",
        width="full",
        required=False,
        help_text="Bez tego decyzji nie da się wydać.",
    )


class IssueForm(Form):
    decided_on = PolishDateField(label="Dzień wydania", latest=clock.today)


class DeliverForm(Form):
    delivered_on = PolishDateField(label="Dzień doręczenia", latest=clock.today)
    how = ChoiceField(label="Jak doręczono", choices=Delivery.choices)
    proof = CheckedFileField(kind=PROGRAMME_FILE, only=SCANS, label="Potwierdzenie odbioru", required=False)


class ComplainForm(Form):
    complained_on = PolishDateField(label="Skarga wpłynęła", latest=clock.today)


class JudgeForm(Form):
    upheld = ChoiceField(
        label="Co orzekł sąd",
        choices=[("yes", "decyzja zostaje"), ("no", "decyzja uchylona: program trwa dalej")],
    )
    judged_on = PolishDateField(label="Dzień wyroku", latest=clock.today)
    judgment = TextField(label="Sygnatura", max_length=60, width="m")


class WithdrawForm(Form):
    reason = TextField(label="Powód", max_length=300, width="full")
