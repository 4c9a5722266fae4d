"""What waits at the demo's office: a club that was told of, and an application that the centre completes."""

from contextlib import AbstractContextManager
from datetime import date
from typing import Any
from uuid import UUID

from reintegration.administration.demo_data import id_of
from reintegration.core.demo import demo_id, demo_step
from reintegration.documents.papers import render_pdf
from reintegration.documents.uploads import CheckedFile
from reintegration.tenancy.scope import scope
from reporting.models import ClubNotice, StatusApplication
from reporting.queries import procedures as queries
from reporting.rules import procedures as rules
from reporting.services import applications, notices, proceedings

WORDS = {
    "3": ("Osoby długotrwale bezrobotne, bezdomne i uzależnione po terapii.", {"participants": 40}),
    "5": ("Stolarnia, kuchnia i zieleń, a obok nich warsztaty społeczne i poradnictwo.", {}),
    "6": ("Instruktorzy zawodu z uprawnieniami, pracownik socjalny, doradca zawodowy.", {"staff": 9}),
    "6a": ("Umowy o pracę na pełny etat, doradca na pół etatu.", {}),
    "7": ("Zajęcia od poniedziałku do piątku po 6 godzin, grupy do 10 osób.", {}),
    "8": ("", {"trained": 30, "employed": 12, "independent": 15}),
    "9": ("", {"costs": 1_250_000, "reintegration": 640_000}),
    "10": ("Lokal i wyposażenie pracowni, wkład w każdym roku.", {"own": 180_000}),
    "11": ("Gminny program profilaktyki, dochody z usług stolarni.", {}),
}
# What the register of the demo does not say of the centre.
DATA = {
    "founder_street": "ul. Wymyślona 11",
    "founder_postcode": "22-011",
    "street": "ul. Wymyślona 12",
    "postcode": "22-011",
    "starts_on": date(2026, 12, 1),
    "activity": "stolarstwo, ogrodnictwo",
    "phone": "810000011",
    "email": "cis@nowymost.example",
}
PAPERS = ("12", "13", "14")


@demo_step("notices and applications of the registers", order=91)
def load_procedures() -> None:
    _club()
    _application()


def _club() -> None:
    """A club of the demo that is not in the register yet."""
    with _in("razem", "halina.wierzba@razem.example"):
        if ClubNotice.objects.exists() or queries.entry_of(id_of("razem")) is not None:
            return
        data = queries.data_of_unit(id_of("razem"))
        made = notices.start(
            kind="entry",
            **{
                **data,
                "created_on": date(2026, 9, 1),
                "phone": "810000031",
                "founder_phone": "810000032",
                "manager_name": "Halina Wierzba",
            },
        )
        proceedings.attach(made, file=_paper("Akt o utworzeniu Klubu"), label="Akt o utworzeniu Klubu")
        notices.send(notice_id=made.pk)


def _application() -> None:
    """A centre asks for five years more, and the office for a better fifth point."""
    with _in("nowymost", "ewa.jarzebina@nowymost.example"):
        if StatusApplication.objects.exists():
            return
        made = apply()
    with _in("uw-lubelski", "maria.sosna@uw-lubelski.example"):
        applications.call(
            application_id=made.pk,
            words="W punkcie 5 brakuje programu reintegracji społecznej. Prosimy opisać go dla każdej grupy.",
            days=14,
        )


def apply() -> StatusApplication:
    """Answer every point as the demo does, and send it."""
    made = applications.start(local=False, powiat=False)
    for code, (words, numbers) in WORDS.items():
        content = {**numbers, **({"words": words} if words else {})}
        applications.answer(application_id=made.pk, point=code, content=content)
    for point in queries.missing_of(made):
        if point.code not in PAPERS:
            known = queries.data_of_unit(made.unit_id)
            content = {name: known.get(name) or DATA.get(name) for name in point.fields}
            applications.answer(application_id=made.pk, point=point.code, content=content)
    for code in PAPERS:
        title = rules.BY_CODE[code].title
        proceedings.attach(made, file=_paper(title), label=title, point=code)
    return applications.send(application_id=made.pk)


def _in(organisation: str, email: str) -> AbstractContextManager[Any]:
    key: UUID = demo_id(f"person:{email}")
    return scope(organisation_id=id_of(organisation), user_id=key, source="demo")


def _paper(title: str) -> CheckedFile:
    content = render_pdf("reporting/procedures/paper/sample.html", {}, title=title)
    return CheckedFile(name=f"{title}.pdf", media_type="application/pdf", content=content)
