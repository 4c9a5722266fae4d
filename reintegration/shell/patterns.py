"""What the page of components shows: invented people, and every state a component can be in."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.forms import SearchInput
from django.http import HttpRequest

from reintegration.core import form_fields
from reintegration.core.components import (
    Badge,
    Blocker,
    DueDay,
    DueItem,
    Link,
    Task,
    TimelineEntry,
    Verdict,
)
from reintegration.core.dates import DateSpan, Month
from reintegration.core.forms import Form
from reintegration.core.lists import Column, Row
from reintegration.core.toasts import UNDO

HERE = "#"


class ExampleForm(Form):
    """Each kind of field once."""

    prefix = "wzor"

    name = form_fields.TextField(label="Nazwa pracowni", help_text="Tak, jak mówią o niej uczestnicy.")
    since = form_fields.PolishDateField(label="Świadczenie od", earliest=date(2026, 3, 2))
    account = form_fields.NrbField(label="Numer konta")
    pesel = form_fields.PeselField(label="PESEL", required=False)
    amount = form_fields.MoneyField(label="Premia")
    seats = form_fields.WholeNumberField(label="Miejsca", least=1, most=60)
    adult = form_fields.YesNoField(label="Czy ma prawo do renty?", unknown="nie wiem")
    kind = form_fields.ChoiceField(
        label="Rodzaj zajęć",
        choices=[
            ("shop", "reintegracja zawodowa"),
            ("class", "reintegracja społeczna"),
            ("talk", "rozmowa z doradcą"),
            ("trip", "wyjście"),
        ],
    )
    town = form_fields.ChoiceField(
        label="Miejscowość",
        choices=[
            (name, name)
            for name in (
                "Cisownik",
                "Grabowizna",
                "Jarzębinów",
                "Jesionów",
                "Kalinowiec",
                "Modrzewno",
                "Rokitowo",
                "Topolnik",
            )
        ],
    )
    days = form_fields.MultiField(
        label="Dni zajęć",
        required=False,
        choices=[("1", "poniedziałek"), ("2", "wtorek"), ("3", "środa"), ("4", "czwartek")],
    )
    note = form_fields.LongTextField(label="Uwagi", required=False)
    consent = form_fields.TickField(label="Uczestnik zgodził się na wypłatę gotówką")


class ExampleFilters(Form):
    """The filters of a list."""

    prefix = "filtr"

    name = form_fields.TextField(
        label="Nazwa", required=False, widget=SearchInput(attrs={"autocomplete": "off"})
    )
    state = form_fields.ChoiceField(
        label="Stan", required=False, choices=[("open", "czynne"), ("closed", "zamknięte")], none="każdy"
    )


COLUMNS = (
    Column("town", "Miejscowość"),
    Column("state", "Stan"),
    Column("seats", "Miejsca", number=True, phone="main"),
)


def examples(request: HttpRequest) -> dict[str, Any]:
    """The values of `shell/patterns.html`."""
    narrow = request.GET.get("rama") == "waska"
    return {
        "frame": "frame-rail" if narrow else "",
        "frames": [Link("pełna", "?", current=not narrow), Link("wąska", "?rama=waska", current=narrow)],
        "amount": Decimal("1966.06"),
        "less": Decimal("-324.62"),
        "more": Decimal("59.00"),
        "day": date(2026, 11, 20),
        "span": DateSpan(date(2026, 10, 12), date(2026, 10, 14)),
        "month": Month(2026, 10),
        "counts": [0, 1, 2, 5, 12, 22],
        "state": Badge("okres próbny", "brand"),
        "tasks": [
            Task(
                "Obecność: pracownia stolarska",
                "14 osób, zajęcia od 7:00. Kuchnia czeka na liczbę obiadów do 9:00.",
                icon="calendar-check",
                action="Sprawdź obecność",
                action_url=HERE,
                next=True,
            ),
            Task(
                "Ważność badań minęła: Piotr Żuraw",
                "Badania były ważne do 12 listopada.",
                HERE,
                "bad",
                action="Dodaj badanie",
                action_url=HERE,
            ),
            Task(
                "Brak sposobu wypłaty: Ryszard Głóg",
                "Bez konta nie wejdzie na listę za listopad.",
                HERE,
                "warn",
                action="Uzupełnij",
                action_url=HERE,
            ),
            Task("Obecność zapisana: kuchnia", "33 z 36 obecnych", HERE, "ok", end="7:31"),
        ],
        "days": [
            DueDay(date(2026, 11, 23), [DueItem("Zgłoszenie do ubezpieczenia", HERE, "Leszek Bażant")]),
            DueDay(
                date(2026, 11, 25),
                [
                    DueItem("Koniec okresu próbnego", HERE, "Wiesława Kalina. Decyzja kierownika."),
                    DueItem("Ocena IPZS po pół roku", HERE, "Mirosław Trzmiel"),
                ],
            ),
        ],
        "blockers": [
            Blocker(
                "Ryszard Głóg: brak numeru konta",
                "1 427,12 zł nie ma dokąd trafić.",
                "bad",
                "Wpisz konto",
                HERE,
                "Świadczenie wypłaca się przelewem albo za zgodą gotówką (art. 15 ust. 4).",
            ),
            Blocker(
                "Zbigniew Olcha: świadczenie 0,00 zł",
                "Nie zatrzymuje listy. Sprawdź dni, zanim podpiszesz.",
                "warn",
                "Zobacz dni",
                HERE,
            ),
        ],
        "entries": [
            TimelineEntry(
                date(2026, 11, 4),
                "Nieobecność nieusprawiedliwiona",
                "Rozmowa dzień później: awaria pieca w domu.",
                "Tomasz Klon",
                "calendar-event",
            ),
            TimelineEntry(
                date(2026, 11, 5), "Wypłata za październik: 1 966,06 zł", "", "lista 10/2026", "coins", HERE
            ),
            TimelineEntry(
                date(2026, 10, 9), "Teoria na prawo jazdy zdana", "", "Anna Lawenda", "certificate"
            ),
        ],
        "verdicts": [
            Verdict(
                "CIS", "no", "Prawo do renty z tytułu niezdolności do pracy wyłącza udział.", "art. 1 ust. 3"
            ),
            Verdict("KIS", "yes", "Wystarczy zgłoszenie i kontrakt socjalny.", "art. 18"),
            Verdict("Status bezrobotnego", "check", "Rejestracja jest z 2024 roku."),
            Verdict("Pytanie 4", "open"),
        ],
        "chip_links": [
            Link("Wszystko", HERE, current=True),
            Link("Rozmowy", HERE, count=4),
            Link("Pieniądze", HERE, count=2),
        ],
        "segment_links": [
            Link("polski", HERE, current=True),
            Link("українська", HERE),
            Link("English", HERE),
        ],
        "tab_links": [
            Link("Przegląd", HERE, current=True),
            Link("Plan (IPZS)", HERE),
            Link("Doradztwo", HERE, note="poufne"),
        ],
        "fact_pairs": [
            ("OPS", "OPS w Modrzewnie"),
            ("Grupa", "5 – długotrwałe bezrobocie"),
            ("Telefon", None),
        ],
        "example_toast": Message(constants.SUCCESS, "Zapisano dzień wolny 23 listopada.", f"{UNDO}#"),
        "filters": ExampleFilters(),
        "rows": [
            Row(None, "1", "CIS „Nowy Most”", HERE, _cells("Modrzewno", Badge("w rejestrze", "ok"), "60")),
            Row(None, "2", "KIS „Przystań”", HERE, _cells("Jodłów", Badge("termin minął", "bad"), "24")),
        ],
        "form": ExampleForm(),
        "bad_form": _with_errors(),
    }


def _cells(town: str, state: Badge, seats: str) -> list[tuple[Column, object]]:
    values = (town, state, seats)
    return list(zip(COLUMNS, values, strict=True))


def _with_errors() -> ExampleForm:
    """The same form, sent with a short account number and a day before the start."""
    data = {
        "zly-name": "Stolarnia",
        "zly-since": "1.03.2026",
        "zly-account": "00 0000 0000 0000 0000 0000 441",
        "zly-amount": "200",
        "zly-seats": "14",
        "zly-kind": "shop",
        "zly-town": "Modrzewno",
        "zly-consent": "on",
    }
    form = ExampleForm(data, prefix="zly")
    form.is_valid()
    return form
