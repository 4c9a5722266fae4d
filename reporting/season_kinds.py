"""What a unit of the register is written by the office, whether or not it works in the program."""

from reintegration.notices.enums import ByMail
from reintegration.notices.registry import notice_kind

REPORT_WANTED = notice_kind(
    "reporting.report_wanted",
    title="Urząd wojewódzki czeka na sprawozdanie",
    lead="Urząd wojewódzki przypomina o sprawozdaniu rocznym centrum albo klubu integracji społecznej. Termin"
    " to 31 marca. Kto pracuje w programie, wysyła je po zalogowaniu; inne jednostki składają je w urzędzie.",
    by_mail=ByMail.ALWAYS,
    personal=True,
)
