"""What this room tells people on their desks and by e-mail."""

from participants.notice_kinds import partners, portal, referrals  # noqa: F401 - they declare their kinds
from participants.perms import CASE
from participants.services import reminders  # noqa: F401 - declares the text messages
from reintegration.notices.enums import ByMail
from reintegration.notices.registry import notice_kind

FILE_GIVEN = notice_kind(
    "participants.file_given",
    title="Nowa sprawa",
    lead="Prowadzisz sprawę kolejnej osoby.",
    roles=CASE,
    by_mail=ByMail.OFF,
    personal=True,
)
