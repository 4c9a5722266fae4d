"""Forms of duties: entries, things handed out, the unit's rules, accidents, and what a list asks for."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from ipzs import catalogue
from ipzs.duties_papers import DUTY_FILE
from ipzs.enums import AccidentState, DutyEffect, DutyKind
from ipzs.forms.programmes import SCANS
from ipzs.models import DutyRule
from ipzs.queries.duties.ends import NEVER
from ipzs.queries.duties.expiring import SOON_DAYS
from ipzs.rules.duties import last_valid_day
from ipzs.services.duties import AccidentData, ItemData, RuleData
from participants.models import Participation
from reintegration.core import clock
from reintegration.core.form_fields import (
    ChoiceField,
    LongTextField,
    MultiField,
    PolishDateField,
    TextField,
    TickField,
    WholeNumberField,
)
from reintegration.core.forms import Form
from reintegration.core.lists import FilterForm
from reintegration.core.text import search_key
from reintegration.documents.form_fields import CheckedFileField

ITEM_KINDS = [(one.value, str(one.label)) for one in (DutyKind.CLOTHING, DutyKind.PROTECTION)]


def named(kind: DutyKind) -> str:
    label = str(kind.label)
    return label[:1].upper() + label[1:]


def _bare(label: str) -> str:
    bare = label.partition(": ")[2]
    return bare[:1].upper() + bare[1:]


def of_files(files: Iterable[Participation]) -> list[tuple[str, str]]:
    return [(str(file.pk), f"{file.person}, {file.number}") for file in files]


class DutyForm(Form):
    """A duty done; what stands in the note is read by those who lead cases, so only they write it."""

    done_on = PolishDateField(label="Kiedy", latest=clock.today)
    valid_until = PolishDateField(label="Ważne do", required=False)
    done_by = TextField(
        label="Kto przeprowadził", max_length=120, required=False, help_text="Osoba albo przychodnia."
    )
    note = LongTextField(
        label="Uwagi",
        max_length=1000,
        required=False,
        help_text="Na przykład ograniczenia, które wpisał lekarz. Czytają je tylko osoby prowadzące sprawy.",
    )
    scan = CheckedFileField(
        kind=DUTY_FILE, only=SCANS, label="Skan dokumentu", required=False, help_text="PDF albo zdjęcie."
    )

    def __init__(self, *args: Any, rule: DutyRule, leads: bool, again: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        until = self.fields["valid_until"]
        if rule.kind == DutyKind.MEDICAL and rule.months is None:
            until.required = True
            until.help_text = "Dzień, który wpisał lekarz."
        elif rule.months:
            until.help_text = f"Puste: program policzy {rule.months} mies. od dnia „Kiedy”."
        else:
            until.help_text = "Puste: bez terminu."
        if again:
            self.fields["scan"].help_text = "Nowy plik zastąpi poprzedni."
        if not leads:
            # Who may not open a certificate may not replace one either.
            del self.fields["note"], self.fields["scan"]


class ManyForm(Form):
    """One training for several people."""

    kind = ChoiceField(label="Co", choices=[])
    done_on = PolishDateField(label="Kiedy", latest=clock.today)
    valid_until = PolishDateField(
        label="Ważne do", required=False, help_text="Puste: program policzy z ustawień jednostki."
    )
    done_by = TextField(label="Kto przeprowadził", max_length=120, required=False)
    people = MultiField(label="Kto", choices=[])

    def __init__(
        self, *args: Any, kinds: Sequence[DutyKind], files: Iterable[Participation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (kind.value, str(kind.label)) for kind in kinds
        ]
        self.fields["people"].choices = of_files(files)  # type: ignore[attr-defined]


class IssueForm(Form):
    """What was handed out on one day: from the usual things, and one of another kind."""

    issued_on = PolishDateField(label="Wydano", latest=clock.today)
    items = MultiField(label="Co wydano", choices=[], required=False)
    size = TextField(label="Rozmiar odzieży", max_length=20, width="xs", required=False)
    shoe_size = TextField(label="Rozmiar obuwia", max_length=20, width="xs", required=False)
    other = TextField(label="Coś innego", max_length=120, required=False, width="m")
    other_kind = ChoiceField(label="Rodzaj tej rzeczy", choices=ITEM_KINDS, required=False)
    quantity = WholeNumberField(label="Ile tych rzeczy", least=1, most=99, required=False)
    wear_until = PolishDateField(label="Używać tej rzeczy do", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["items"].choices = [  # type: ignore[attr-defined]
            (one.key, one.name) for one in catalogue.items()
        ]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not self.errors and not typed.get("items") and not typed.get("other"):
            self.add_error("items", "Zaznacz albo wpisz, co wydano.")
        if typed.get("other") and not typed.get("other_kind"):
            self.add_error("other_kind", "Zaznacz, czy to odzież, czy ochrona.")
        until, on = typed.get("wear_until"), typed.get("issued_on")
        if until and on and until < on:
            self.add_error("wear_until", "Używanie nie kończy się przed wydaniem.")
        return typed

    def things(self) -> list[ItemData]:
        typed = self.cleaned_data
        found = [
            ItemData(
                one.kind.value,
                one.name,
                self._size(one),
                wear_until=last_valid_day(typed["issued_on"], one.months),
            )
            for one in catalogue.items()
            if one.key in typed["items"]
        ]
        if typed["other"]:
            count = typed["quantity"] or 1
            found.append(
                ItemData(typed["other_kind"], typed["other"], quantity=count, wear_until=typed["wear_until"])
            )
        return found

    def _size(self, one: catalogue.Item) -> str:
        if "shoes" in one.key:
            return str(self.cleaned_data["shoe_size"])
        return str(self.cleaned_data["size"]) if one.kind.value == DutyKind.CLOTHING else ""


class ReturnForm(Form):
    returned_on = PolishDateField(label="Zwrócono albo zużyto", latest=clock.today)


class ReferralForm(Form):
    """A referral to a doctor; the PESEL stands on it when somebody who leads cases asks for it."""

    KINDS = (("first", "wstępne"), ("again", "kolejne"), ("control", "kontrolne"))

    kind = ChoiceField(label="Badanie", choices=KINDS)
    tasks = TextField(
        label="Jakie zajęcia", max_length=200, help_text="Pracownia i czynności, na przykład obróbka drewna."
    )
    factors = LongTextField(
        label="Na co zwrócić uwagę",
        max_length=600,
        required=False,
        help_text="Hałas, pył, wysokość, dźwiganie, praca z żywnością.",
    )
    with_pesel = TickField(label="Wydrukuj PESEL", required=False)
    reason = TextField(label="Powód wydruku PESEL", max_length=200, required=False)

    def __init__(self, *args: Any, leads: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not leads:
            del self.fields["with_pesel"], self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("with_pesel") and not typed.get("reason"):
            self.add_error("reason", "Wpisz, po co PESEL na wydruku.")
        return typed


class RulesForm(Form):
    """What each duty does before the first class, how long it holds, when one is reminded."""

    def __init__(self, *args: Any, rules: Mapping[DutyKind, DutyRule], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = list(rules)
        for kind in self.kinds:
            self.fields[f"effect_{kind.value}"] = ChoiceField(
                label=f"{named(kind)}: przed pierwszymi zajęciami", choices=DutyEffect.choices, width="l"
            )
            self.fields[f"months_{kind.value}"] = WholeNumberField(
                label=f"{named(kind)}: ważne ile miesięcy",
                least=1,
                most=120,
                required=False,
                help_text="Puste: bez terminu albo do dnia z dokumentu.",
            )
            self.fields[f"remind_{kind.value}"] = WholeNumberField(
                label=f"{named(kind)}: przypomnieć ile dni wcześniej", least=1, most=180
            )

    @property
    def groups(self) -> list[tuple[str, list[tuple[Any, str]]]]:
        """The fields of each duty, called by what they ask alone: the duty stands above them."""
        return [
            (
                named(kind),
                [
                    (self[f"{part}_{kind.value}"], _bare(str(self[f"{part}_{kind.value}"].label)))
                    for part in ("effect", "months", "remind")
                ],
            )
            for kind in self.kinds
        ]

    def wanted(self) -> list[RuleData]:
        typed = self.cleaned_data
        return [
            RuleData(
                kind.value,
                typed[f"effect_{kind.value}"],
                typed[f"months_{kind.value}"],
                typed[f"remind_{kind.value}"],
            )
            for kind in self.kinds
        ]


class AccidentForm(Form):
    """What is known of an accident; the injury and the witnesses may come later."""

    happened_on = PolishDateField(label="Kiedy to się stało", latest=clock.today)
    hour = TextField(label="Godzina", max_length=5, width="xs", help_text="Na przykład 10:30.")
    place = TextField(label="Gdzie", max_length=200)
    circumstances = LongTextField(
        label="Co się stało", max_length=4000, help_text="Okoliczności i przyczyny, po kolei."
    )
    injury = LongTextField(label="Uraz", max_length=1000, required=False)
    witnesses = LongTextField(
        label="Świadkowie", max_length=600, required=False, help_text="Gdy nikt nie widział, wpisz to."
    )
    first_aid = LongTextField(label="Pierwsza pomoc", max_length=600, required=False)
    prevention = LongTextField(label="Co zrobiono, aby się nie powtórzył", max_length=600, required=False)
    reported_on = PolishDateField(label="Zgłoszono", latest=clock.today)

    def clean_hour(self) -> time:
        found = re.fullmatch(r"(\d{1,2})[:.](\d{2})", self.cleaned_data["hour"])
        try:
            return time(int(found[1]), int(found[2])) if found else time.fromisoformat("")
        except ValueError:
            message = "Wpisz godzinę i minuty, na przykład 10:30."
            raise forms.ValidationError(message, code="unreadable") from None

    def told(self) -> AccidentData:
        typed = self.cleaned_data
        at = datetime.combine(typed["happened_on"], typed["hour"], tzinfo=clock.WARSAW)
        names = ("place", "circumstances", "injury", "witnesses", "first_aid", "prevention")
        return AccidentData(happened_at=at, **{name: typed[name] for name in names})


class AccidentOfForm(AccidentForm):
    """An accident reported from the register, which asks whose it is."""

    field_order = ("participation",)
    participation = ChoiceField(label="Kto", choices=[], widget=forms.Select)

    def __init__(self, *args: Any, files: Iterable[Participation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["participation"].choices = [  # type: ignore[attr-defined]
            ("", "Wybierz z listy"),
            *of_files(files),
        ]


class ConfirmForm(Form):
    protocol_on = PolishDateField(label="Protokół z dnia", latest=clock.today)


class SendForm(Form):
    sent_on = PolishDateField(label="Przekazano do ZUS", latest=clock.today)


class ReopenForm(Form):
    reason = TextField(label="Dlaczego", max_length=300, help_text="Co w protokole trzeba poprawić.")


class ExpiringForm(FilterForm):
    """Who, which duty, and how soon."""

    WHEN = (
        ("brak", "brakuje wpisu"),
        ("po", "po terminie"),
        ("30", "kończy się w 30 dni"),
        ("90", "kończy się w 90 dni"),
        ("wszyscy", "wszyscy w opiece"),
    )

    nazwisko = TextField(label="Nazwisko albo numer", width="m", max_length=80)
    co = ChoiceField(label="Co", choices=[], widget=forms.Select)
    kiedy = ChoiceField(label="Kiedy", choices=[], widget=forms.Select)

    def __init__(self, *args: Any, kinds: Sequence[DutyKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = kinds
        self.fields["co"].choices = [  # type: ignore[attr-defined]
            ("", "wszystko"),
            *((kind.value, str(kind.label)) for kind in kinds),
        ]
        self.fields["kiedy"].choices = [("", "wymaga uwagi"), *self.WHEN]  # type: ignore[attr-defined]

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        typed, today = self.cleaned_data, clock.today()
        key = search_key(typed["nazwisko"])
        if key:
            rows = rows.filter(
                Q(person__search_last__prefix=key)
                | Q(person__search_first__prefix=key)
                | Q(number=typed["nazwisko"].upper())
            )
        kinds = [typed["co"]] if typed["co"] else [kind.value for kind in self.kinds]
        found = Q(pk__in=[])
        for kind in kinds:
            found |= self._when(f"end_{kind}", typed["kiedy"], today)
        return rows.filter(found)

    @staticmethod
    def _when(name: str, asked: str, today: date) -> Q:
        if asked == "brak":
            return Q(**{name: NEVER})
        if asked == "po":
            return Q(**{f"{name}__gt": NEVER, f"{name}__lt": today})
        if asked in {"30", "90"}:
            return Q(**{f"{name}__range": (today, today + timedelta(days=int(asked)))})
        if asked == "wszyscy":
            return Q(**{f"{name}__gte": NEVER})
        return Q(**{f"{name}__lte": today + timedelta(days=SOON_DAYS)})


class AccidentFilter(FilterForm):
    nazwisko = TextField(label="Nazwisko albo numer", width="m", max_length=80)
    stan = ChoiceField(label="Stan", choices=[], widget=forms.Select)
    rok = WholeNumberField(label="Rok", least=2000, most=2999)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stan"].choices = [("", "każdy"), *AccidentState.choices]  # type: ignore[attr-defined]

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        typed = self.cleaned_data
        key = search_key(typed["nazwisko"])
        if key:
            rows = rows.filter(
                Q(person__search_last__prefix=key)
                | Q(person__search_first__prefix=key)
                | Q(number=typed["nazwisko"].upper())
            )
        if typed["stan"]:
            rows = rows.filter(state=typed["stan"])
        if typed["rok"]:
            first = datetime(typed["rok"], 1, 1, tzinfo=clock.WARSAW)
            after = datetime(typed["rok"] + 1, 1, 1, tzinfo=clock.WARSAW)
            rows = rows.filter(happened_at__gte=first, happened_at__lt=after)
        return rows
