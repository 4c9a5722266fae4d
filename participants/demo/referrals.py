"""Referrals of both welfare centres in every state, and two applications that came on paper."""

from datetime import date, datetime, time, timedelta
from typing import Any

from participants.models import Referral
from participants.services import referrals as services
from reintegration.accounts.models import User
from reintegration.administration.demo_data import email_of
from reintegration.core import clock
from reintegration.core.calendar_pl import is_working_day
from reintegration.core.demo import demo_id, demo_step
from reintegration.core.identifiers import false_pesel
from reintegration.tenancy.scope import scope

# (body, its worker, unit, the unit's worker, town)
ROUTES = (
    ("ops-modrzewno", "zofia.kalina", "nowymost", "anna.lawenda", "Modrzewno"),
    ("ops-brzozowo", "krystyna.wrzos", "warsztat", "piotr.jesion", "Brzozowo"),
)

# (first name, last name, day and month of birth, sex, groups, until which state, story)
PEOPLE = (
    ("Stefania", "Kruk", (3, 2), "K", ["5", "9"], "draft", "Od trzech lat bez pracy, opiekowała się mamą."),
    ("Ryszard", "Głóg", (14, 5), "M", ["1", "2"], "sent", "Po terapii mieszka w schronisku, szuka zajęcia."),
    ("Wanda", "Rokita", (9, 9), "K", ["5"], "sent", "Chce wrócić do gastronomii po długiej przerwie."),
    ("Zenon", "Tur", (21, 1), "M", ["6", "5"], "received", "Wyszedł z zakładu karnego w czerwcu."),
    ("Iwona", "Bóbr", (30, 11), "K", ["8"], "in_study", "Ma orzeczenie, lubi pracę rękami."),
    ("Leszek", "Sokół", (6, 6), "M", ["5", "1"], "waiting", "Pracował w tartaku, chce do stolarni."),
    ("Jadwiga", "Czyż", (18, 8), "K", ["9"], "waiting", "Sama z dwojgiem dzieci, długi."),
    ("Mirosław", "Wilga", (2, 12), "M", ["2", "5"], "trial_offered", "Trzeźwy od dwóch lat."),
    ("Teresa", "Szpak", (25, 3), "K", ["5"], "accepted", "Szyje, chce nauczyć się więcej."),
    ("Kazimierz", "Żubr", (11, 7), "M", ["5"], "refused", "Stara się o wcześniejszą emeryturę."),
    ("Danuta", "Sarna", (7, 10), "K", ["9", "5"], "withdrawn", "Znalazła pracę w piekarni."),
    ("Bogdan", "Ryś", (16, 4), "M", ["1"], "obsolete", "Wyjechał do innego miasta."),
    ("Halina", "Kuna", (29, 6), "K", ["5"], "returned", "Szuka pierwszej pracy po latach w domu."),
)  # fmt: skip

APPLICATIONS = (("Olena", "Bondar", 1991, "nowymost"), ("Feliks", "Dzik", 1972, "warsztat"))


@demo_step("referrals", order=60)
def load_referrals() -> None:
    for number, route in enumerate(ROUTES):
        for place, person in enumerate(PEOPLE):
            key = f"{route[0]}:{person[1]}"
            refer(route, person, serial=100 * (number + 1) + place, key=key)
    for first_name, last_name, born, unit in APPLICATIONS:
        _application(first_name, last_name, born, unit)


def inside(organisation: str, login: str) -> Any:
    worker = User.objects.get(email=email_of(login, organisation))
    return scope(organisation_id=demo_id(f"organisation:{organisation}"), user_id=worker.pk, source="demo")


def refer(
    route: tuple[str, ...],
    person: tuple[Any, ...],
    *,
    serial: int,
    key: str,
    source: str = "OPS",
    **told: Any,
) -> None:
    """Refer somebody from a body to a unit, and carry it up to the state of the story.

    A labour office says besides which welfare centre it told.
    """
    body, worker, unit, colleague, town = route
    first_name, last_name, (day, month), sex, groups, state, story = person
    pk = demo_id(f"referral:{key}")
    with inside(body, worker) as opened:
        if Referral.objects.filter(pk=pk).exists():
            return
        Referral.objects.create(
            pk=pk,
            unit_id=demo_id(f"organisation:{unit}"),
            sender_id=demo_id(f"organisation:{body}"),
            source=source,
            sent_by_id=opened.user_id,
            made_at=clock.now(),
            first_name=first_name,
            last_name=last_name,
            # The series of numbers that nobody has lies a hundred years beside the living.
            pesel=false_pesel(date(1885, month, day), serial, sex),
            birth_date=date(1985, month, day),
            sex="F" if sex == "K" else "M",
            street="ul. Szkolna 2",
            postcode="22-001",
            town=town,
            situation={"groups": sorted(groups), "story": story, "insured": "unknown"},
            person_agrees=True,
            **told,
        )
        if state == "draft":
            return
        if state not in {"sent", "received", "returned"}:
            services.add_opinion(
                referral_id=pk,
                visited_on=clock.today() - timedelta(days=6),
                text="Rozmowa w miejscu zamieszkania. Osoba chce przyjść i może dojeżdżać.",
                recommendation="yes",
            )
        services.send_referral(referral_id=pk)
        if state == "withdrawn":
            services.withdraw(referral_id=pk, reason="found_work", text="Od poniedziałku pracuje w piekarni.")
    if state not in {"sent", "withdrawn"}:
        with inside(unit, colleague):
            _carry(pk, state)


def _carry(pk: Any, state: str) -> None:
    """The unit's steps up to a state."""
    services.receive(referral_id=pk)
    if state == "returned":
        services.return_to_sender(
            referral_id=pk, reason="opinion_missing", text="Dodajcie opinię po wywiadzie i numer telefonu."
        )
        return
    if state == "obsolete":
        services.make_obsolete(referral_id=pk, reason="other", text="Osoba wyjechała z powiatu.")
        return
    if state == "waiting":
        services.put_on_waiting_list(referral_id=pk, text="Miejsce zwolni się po nowym roku.")
        return
    if state == "received":
        return
    day = _working_day(2)
    services.invite(
        referral_id=pk,
        interview_at=datetime.combine(day, time(10, 30), tzinfo=clock.WARSAW),
        place="sala na parterze",
        text="Proszę zabrać dowód i dokumenty z PUP.",
    )
    if state == "refused":
        services.refuse(
            referral_id=pk,
            reason="excluded",
            text="Prawo do świadczenia przedemerytalnego wyłącza udział. Pomoże doradca w PUP.",
        )
    if state in {"trial_offered", "accepted"}:
        services.offer_trial(referral_id=pk, since=_working_day(7), text="Zapraszamy do stolarni.")
    if state == "accepted":
        services.accept(referral_id=pk)


def _working_day(after: int) -> date:
    day = clock.today() + timedelta(days=after)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def _application(first_name: str, last_name: str, born: int, unit: str) -> None:
    colleague = next(route[3] for route in ROUTES if route[2] == unit)
    with inside(unit, colleague):
        if Referral.objects.filter(source="self", last_name=last_name).exists():
            return
        services.enter_application(
            source="self",
            data={
                "first_name": first_name,
                "last_name": last_name,
                "no_pesel": "unknown",
                "birth_date": date(born, 5, 17),
                "town": "Modrzewno",
                "person_agrees": True,
                "groups": ["9"],
                "story": "O jednostce wie od sąsiadki.",
            },
        )
