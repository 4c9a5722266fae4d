"""What this room and the one of the jobs tell."""

from reintegration.notices.enums import ByMail, Urgency
from reintegration.notices.registry import notice_kind, task_kind
from reintegration.tenancy.enums import Role

WORK_ENDED = notice_kind(
    "jobs.batch_ended",
    title="Zlecona praca jest skończona",
    lead="Praca, którą zleciłeś lub zleciłaś, jest skończona.",
    by_mail=ByMail.OFF,
)
JOB_PARKED = task_kind(
    "jobs.parked",
    label="Zadanie w tle odłożone po ostatniej próbie",
    roles={Role.OPERATOR},
    urgency=Urgency.BAD,
    action="Zobacz zadanie",
)
MAIL_UNCLEAR = task_kind(
    "notices.mail_unclear",
    label="Nie wiadomo, czy wiadomość wyszła",
    roles={Role.OPERATOR},
    icon="mail",
    action="Zdecyduj",
)
MAIL_FAILED = task_kind(
    "notices.mail_failed",
    label="Wiadomość nie została wysłana",
    roles={Role.OPERATOR},
    icon="mail",
    action="Zdecyduj",
)
