"""Whom the demo's units may ask for help near by, and at one centre a request in every state."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from participants.enums import AskedHow, HelpKind, PartnerKind
from participants.models import Barrier, Participation, Partner
from participants.rules.partners import help_for
from participants.services import partners as services
from participants.transitions import OfRequest
from reintegration.accounts.models import User
from reintegration.administration import demo_country as country
from reintegration.administration.demo_data import email_of
from reintegration.core import clock
from reintegration.core.demo import demo_id, demo_step
from reintegration.tenancy.scope import scope

UNIT, WORKER = "nowymost", "anna.lawenda"
CLUB, LEADER = "przystan", "bozena.lipa"
GMINA, OPS, NURSERY, PARISH, CLINIC = (
    "Gmina Modrzewno", "OPS Modrzewno", "Żłobek „Promyk”", "Parafia w Modrzewnie", "Poradnia w Modrzewnie",
)  # fmt: skip
Row = tuple[str, PartnerKind, tuple[HelpKind, ...], str, str, str]
# Name, kind, what they help with, whom to ask, their phone and address.
PARTNERS: Sequence[Row] = (
    (GMINA, PartnerKind.GMINA, (HelpKind.TRANSPORT, HelpKind.HOUSING), "Irena Wrzos", "+48810000071",
     "pomoc@gmina-modrzewno.example"),
    (OPS, PartnerKind.GMINA, (HelpKind.CARE, HelpKind.CLOTHES, HelpKind.DEBT), "Paweł Tarnina",
     "+48810000072", "ops@ops-modrzewno.example"),
    (NURSERY, PartnerKind.SCHOOL, (HelpKind.CARE,), "Danuta Malwa", "+48810000073", ""),
    (PARISH, PartnerKind.CHURCH, (HelpKind.CLOTHES, HelpKind.EQUIPMENT), "", "+48810000074", ""),
    (CLINIC, PartnerKind.HEALTH, (HelpKind.HEALTH,), "rejestracja", "+48810000075", ""),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ask:
    """Who of the open files, whom, for what, how, and what came of it: each step with its reason."""

    file: int
    whom: str
    kind: HelpKind
    text: str
    how: AskedHow
    steps: tuple[tuple[OfRequest, str], ...] = ()
    named: bool = False


ASKS = (
    Ask(0, OPS, HelpKind.CARE, "Opieka nad dzieckiem w piątki, w czasie zajęć.", AskedHow.LETTER,
        ((OfRequest.PROMISE, ""),), named=True),
    Ask(0, NURSERY, HelpKind.CARE, "Miejsce w żłobku od przyszłego miesiąca.", AskedHow.PHONE,
        ((OfRequest.DECLINE, "Lista na ten rok jest pełna."),)),
    Ask(0, PARISH, HelpKind.CLOTHES, "Kurtka zimowa dla dorosłego i dla dziecka.", AskedHow.PHONE,
        ((OfRequest.DELIVER, ""),)),
    Ask(1, GMINA, HelpKind.TRANSPORT, "Bilet miesięczny na dojazd na zajęcia.", AskedHow.MAIL),
    Ask(1, CLINIC, HelpKind.HEALTH, "Pierwsza wizyta w poradni, termin po południu.", AskedHow.PHONE,
        ((OfRequest.PROMISE, ""), (OfRequest.FAIL, "Lekarz zachorował, nowy termin za miesiąc."))),
    Ask(2, PARISH, HelpKind.EQUIPMENT, "Używany telefon do kontaktu z jednostką.", AskedHow.PHONE,
        ((OfRequest.WITHDRAW, "Telefon kupiła rodzina."),)),
)  # fmt: skip
NEAR_PARISH = "Parafia św. Marcina"
FIRST_ASK = Ask(0, NEAR_PARISH, HelpKind.CLOTHES, "Buty robocze i kurtka na zimę.", AskedHow.PHONE)


@demo_step("partners and what they are asked for", order=76)
def load_partners() -> None:
    _tell(UNIT, WORKER, PARTNERS, ASKS)
    _tell(CLUB, LEADER, _near("Modrzewno", OPS), (FIRST_ASK,))


@demo_step("partners of every unit", order=95, large=True)
def load_all_partners() -> None:
    for unit in country.UNITS:
        rows = _near(unit.town, country.BODIES[unit.ops][2])
        _tell(unit.key, country.login(unit.leader), rows, (FIRST_ASK,))


def _near(town: str, ops: str) -> Sequence[Row]:
    """Three who help near every unit: its gmina, the welfare centre and a parish."""
    return (
        (f"Gmina {town}", PartnerKind.GMINA, (HelpKind.HOUSING,), "sekretariat", "+48810000071", ""),
        (ops, PartnerKind.GMINA, (HelpKind.CARE, HelpKind.DEBT), "", "+48810000072", ""),
        (NEAR_PARISH, PartnerKind.CHURCH, (HelpKind.CLOTHES, HelpKind.EQUIPMENT), "", "+48810000074", ""),
    )


def _tell(unit: str, login: str, partners: Sequence[Row], asks: Sequence[Ask]) -> None:
    worker = User.objects.get(email=email_of(login, unit))
    with scope(organisation_id=demo_id(f"organisation:{unit}"), user_id=worker.pk, source="demo"):
        if Partner.objects.exists():
            return
        of = {row[0]: _partner(row) for row in partners}
        rows = Participation.objects.filter(ended_on__isnull=True, periods__isnull=False)
        files = list(rows.distinct().order_by("opened_on", "pk")[:3])
        for one in asks:
            if one.file < len(files):
                _ask(files[one.file], of[one.whom], one)


def _partner(row: Row) -> Partner:
    name, kind, helps, contact, phone, email = row
    values = {"name": name, "kind": kind, "helps_with": [one.value for one in helps]}
    contacts = {"contact_person": contact, "phone": phone, "email": email}
    return services.save_partner(partner_id=None, values={**values, **contacts})


def _ask(file: Participation, partner: Partner, one: Ask) -> None:
    today = clock.today()
    barriers = Barrier.objects.filter(person=file.person_id, until__isnull=True).order_by("since", "pk")
    barrier = next((row for row in barriers if help_for(row.kind) == one.kind), None)
    row = services.ask_partner(
        participation_id=file.pk,
        data=services.Asking(
            partner_id=partner.pk,
            help_kind=one.kind,
            text=one.text,
            wanted_by=today + timedelta(days=5),
            asked_how=one.how,
            named=one.named,
            barrier_id=barrier.pk if barrier else None,
        ),
    )
    for step, reason in one.steps:
        services.record_answer(request_id=row.pk, step=step, on=today, reason=reason)
