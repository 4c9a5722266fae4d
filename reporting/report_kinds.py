"""What this room tells people on their desks and by e-mail."""

from participants.perms import MANAGER
from reintegration.notices.enums import Urgency
from reintegration.notices.registry import notice_kind
from reintegration.tenancy.enums import OFFICE_ROLES, Role

# To the unit
REPORT_DUE = notice_kind(
    "reporting.report_due",
    title="Sprawozdanie roczne czeka na wysłanie",
    lead="Termin sprawozdania rocznego dla wojewody to 31 marca. Zaloguj się i sprawdź, czego brakuje.",
    roles=MANAGER | {Role.OFFICE},
    urgency=Urgency.WARN,
)
REPORT_RETURNED = notice_kind(
    "reporting.report_returned",
    title="Urząd zwrócił sprawozdanie",
    lead="Urząd wojewódzki zwrócił sprawozdanie roczne. Co poprawić, przeczytasz po zalogowaniu.",
    roles=MANAGER | {Role.OFFICE},
    urgency=Urgency.WARN,
)
REPORT_ACCEPTED = notice_kind(
    "reporting.report_accepted",
    title="Urząd przyjął sprawozdanie",
    lead="Urząd wojewódzki przyjął sprawozdanie roczne jednostki.",
    roles=MANAGER | {Role.OFFICE},
)

# To the voivode's office
REPORT_CAME = notice_kind(
    "reporting.report_came",
    title="Przyszło sprawozdanie roczne",
    lead="Jednostka wysłała sprawozdanie roczne. Przeczytasz je po zalogowaniu.",
    roles=OFFICE_ROLES,
)
REPORT_TAKEN_BACK = notice_kind(
    "reporting.report_taken_back",
    title="Jednostka wycofała sprawozdanie",
    lead="Jednostka wycofała sprawozdanie roczne, żeby je poprawić. Wyśle je jeszcze raz.",
    roles=OFFICE_ROLES,
)
