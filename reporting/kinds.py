"""What is told about the procedures of the registers, on both sides, and what waits for an operator."""

from reintegration.notices.registry import notice_kind, task_kind
from reintegration.tenancy.enums import Role
from reporting import report_kinds, season_kinds  # noqa: F401 - they declare their kinds
from reporting.perms import MANAGER, OFFICE, OWNERS, REGISTRAR

CAME = notice_kind(
    "reporting.case_came",
    title="Sprawa rejestru CIS i KIS",
    lead="Jednostka przysłała zgłoszenie, wniosek albo uzupełnienie. Przeczytasz je po zalogowaniu.",
    roles=REGISTRAR,
)
MOVED = notice_kind(
    "reporting.case_moved",
    title="Urząd odpowiedział w sprawie rejestru",
    lead="Urząd wojewódzki zrobił krok w Waszej sprawie. Przeczytasz go po zalogowaniu.",
    roles=OWNERS,
)
LETTER = notice_kind(
    "reporting.letter_came",
    title="Pismo nadzoru wojewody",
    lead="Urząd wojewódzki przysłał pismo. Przeczytaj je po zalogowaniu i odpowiedz w terminie.",
    roles=MANAGER,
)
LETTER_ANSWERED = notice_kind(
    "reporting.letter_answered",
    title="Odpowiedź na pismo nadzoru",
    lead="Centrum odebrało pismo albo na nie odpowiedziało. Przeczytasz to po zalogowaniu.",
    roles=OFFICE,
)
INSPECTION = notice_kind(
    "reporting.inspection_moved",
    title="Kontrola wojewody",
    lead="Urząd wojewódzki zrobił krok w kontroli Waszej jednostki. Przeczytasz go po zalogowaniu.",
    roles=OWNERS,
)
INSPECTION_ANSWERED = notice_kind(
    "reporting.inspection_answered",
    title="Odpowiedź jednostki w kontroli",
    lead="Jednostka odebrała protokół albo na niego odpowiedziała. Przeczytasz to po zalogowaniu.",
    roles=OFFICE,
)
LAYOUT_WAITING = task_kind(
    "reporting.layout_waiting",
    label="Wzór sprawozdania czeka na drugą osobę",
    roles={Role.OPERATOR},
    icon="file-spreadsheet",
    action="Sprawdź i potwierdź",
)
