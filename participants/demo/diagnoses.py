"""One person's profile at the start and half a year later, and what the psychologist says of him."""

from datetime import date, timedelta

from participants.diagnosis.content import Kind, Leaning, Section
from participants.models import Diagnosis, Participation, TeamMember
from participants.queries.diagnoses import surveys
from participants.services import diagnoses as services
from participants.services.participations import add_team_member
from reintegration.accounts.models import User
from reintegration.administration.demo_data import email_of
from reintegration.core import clock
from reintegration.core.demo import demo_id, demo_step
from reintegration.tenancy.scope import scope

UNIT, SURVEY = "nowymost", "potential"
WHO = ("Marek", "Dąbek")
# Days before today, how far along the scale most answers lie, and what was agreed.
TALKS = (
    (255, 1, "Mocne strony: umie pracować w drewnie i dotrzymuje słowa.\nZaczynamy od ugody w spółdzielni."),
    (60, 3, "Ugoda działa, dojazd jest stały, wrócił kontakt z córką.\nTeraz: własny cel zawodowy."),
)
# What he says in his own words; other questions that ask for words stay open.
WORDS = {
    "causes_individual_text": "Tartak zamknęli i nic nowego nie przychodziło.",
    "causes_family_text": "Częściej widywać córkę.",
    "assets_three": "Umie pracować w drewnie, dotrzymuje słowa, ma siostrę, która pomaga.",
    "deficits_three": "Zaległości za mieszkanie, dojazd, samotność.",
    "needs_work": "Spokojne tempo i stolarnia.",
    "group_package": "W grupie stolarnia, osobno rozmowy o pieniądzach.",
    "own_opinion": "Na kurs komputerowy jeszcze nie pora.",
}


@demo_step("diagnoses and an opinion", order=65)
def load_diagnoses() -> None:
    leader, helper = (User.objects.get(email=email_of(who, UNIT)) for who in ("anna.lawenda", "olga.mieta"))
    with scope(organisation_id=demo_id(f"organisation:{UNIT}"), user_id=leader.pk, source="demo"):
        file = Participation.objects.filter(
            person__first_name=WHO[0], person__last_name=WHO[1], ended_on__isnull=True
        ).first()
        if file is None or Diagnosis.objects.filter(participation=file).exists():
            return
        for days, height, summary in TALKS:
            _talk(file, leader, clock.today() - timedelta(days=days), height, summary)
        if not TeamMember.objects.filter(participation=file, user=helper).exists():
            add_team_member(
                participation_id=file.pk, user_id=helper.pk, task="psycholog", since=clock.today()
            )
        _opinion(file, helper)


def _talk(file: Participation, leader: User, held_on: date, height: int, summary: str) -> None:
    row = services.start_diagnosis(participation_id=file.pk, survey=SURVEY, held_on=held_on, by=leader.pk)
    for place, section in enumerate(surveys.template_of(row).sections):
        services.save_answers(
            diagnosis_id=row.pk, section=section.key, typed=_answers(section, height, place, held_on)
        )
    services.finish_diagnosis(diagnosis_id=row.pk, summary=summary)


def _answers(section: Section, height: int, place: int, held_on: date) -> dict[str, object]:
    """Answers around a height, higher and lower by turns; what weighs falls where what helps rises."""
    found: dict[str, object] = {}
    for number, question in enumerate(section.questions):
        if question.kind is Kind.SCALE:
            value = min(4, max(0, height + (number + place) % 3 - 1))
            found[question.key] = str(4 - value if question.leaning is Leaning.DEFICIT else value)
        elif question.kind is Kind.MANY:
            found[question.key] = [question.options[number % len(question.options)].key]
        elif question.key in WORDS:
            found[question.key] = WORDS[question.key]
        elif question.kind is Kind.DATE:
            found[question.key] = (held_on + timedelta(days=91)).isoformat()
    return found


def _opinion(file: Participation, helper: User) -> None:
    made = services.write_opinion(
        participation_id=file.pk,
        data=services.OpinionData(
            kind="psychologist",
            held_on=clock.today() - timedelta(days=12),
            text="Pracuje w skupieniu około godziny, potem potrzebuje przerwy. W grupie słucha uważnie.",
            advice="Zadania dzielić na krótkie części. Nowe osoby przedstawiać mu wcześniej.",
            confidential=True,
        ),
        author_id=helper.pk,
    )
    services.sign_opinion(opinion_id=made.pk, by=helper.pk)
