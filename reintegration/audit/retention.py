"""What each table holds of people, why, until when, and what then becomes of it.

One reviewed list: every column of every table stands here as personal or plain, and a test fails for one
that does not. Rooms above the ground add their tables with `declare` in their `retention.py`. Keys, the
tenant and references to other rows are not listed: they say nothing by themselves.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils.module_loading import import_string

Hook = Callable[..., Any]


class Treatment(Enum):
    """What happens to a row whose time is up: emptied of personal values, or removed."""

    BLANK = "blank"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Term:
    """How long a row is kept after the day in the column `starts`; a row without that day is kept.

    Where no column of the row says when its time began, `due` names a function that gives the rows of
    which it began before a day.
    """

    starts: str
    basis: str
    due: str = ""
    years: int = 0
    days: int = 0
    # The function that its room empties one row with; otherwise the columns are simply emptied.
    each: str = ""
    treatment: Treatment = Treatment.BLANK

    def border(self, today: date) -> date:
        """Rows that start before this day are due. Years count from the end of the calendar year."""
        if self.years:
            return date(today.year - self.years, 1, 1)
        return today - timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class Table:
    """`subject` names the column of the person; a row that is its own person names its key.

    A table with personal columns has a term, or goes with its person: `erased_by` names the function
    that its room erases a person's rows with, otherwise the columns are emptied.
    """

    personal: tuple[str, ...]
    plain: tuple[str, ...]
    subject: str = ""
    term: Term | None = None
    erased_by: str = ""

    def hook(self) -> Hook | None:
        return import_string(self.erased_by) if self.erased_by else None


_tables: dict[str, Table] = {}


def declare(
    label: str,
    *,
    personal: str = "",
    plain: str = "",
    subject: str = "",
    term: Term | None = None,
    erased_by: str = "",
) -> None:
    """Say of a model's columns which are personal; names are separated by spaces."""
    if label in _tables:
        message = f"The table of {label} is declared twice."
        raise ValueError(message)
    _tables[label] = Table(tuple(personal.split()), tuple(plain.split()), subject, term, erased_by)


def tables() -> dict[str, Table]:
    return _tables


def model_of(label: str) -> type[Model]:
    return apps.get_model(label)


# Organisations and their people

declare("tenancy.Site", plain="name street postcode town opened_on closed_on")
declare("tenancy.UnitAccount", plain="number bank since")
declare("tenancy.UnitCalendar", plain="since weekdays")
declare("tenancy.ClosedDay", plain="day reason")
declare(
    "tenancy.StaffMember",
    personal="first_name last_name",
    plain="kind basis fte since until person_key",
    subject="id",
    term=Term(
        "until",
        years=10,
        basis="art. 94 pkt 9b Kodeksu pracy: 10 lat od końca roku, w którym ustało zatrudnienie",
    ),
)

# Accounts

declare(
    "accounts.User",
    personal="email first_name last_name password last_login",
    plain="is_superuser is_active created_at session_epoch",
    subject="id",
    # As long as the files in which this person acted, so that their journal keeps its names.
    term=Term(
        "",
        years=10,
        basis="art. 8b ustawy o zatrudnieniu socjalnym: jak akta, 10 lat od końca roku ostatniej roli",
        due="reintegration.accounts.erasure.idle_since",
    ),
    erased_by="reintegration.accounts.erasure.erase_account",
)
declare(
    "accounts.Invitation",
    personal="email",
    plain="roles since until token_hash created_at expires_at accepted_at revoked_at",
    subject="id",
    term=Term("expires_at", days=365, basis="rok po wygaśnięciu zaproszenia", treatment=Treatment.DELETE),
)
declare(
    "accounts.HeldForm",
    personal="path content",
    plain="created_at",
    term=Term(
        "created_at", days=1, basis="formularz czeka na ponowne zalogowanie", treatment=Treatment.DELETE
    ),
)

# The audit itself. Entries are blanked with their person; who acted is an account's number.

_CIRCUMSTANCES = "at user_id request_id source content digest blanked_by"
declare(
    "audit.Event",
    personal="detail salt",
    plain=f"{_CIRCUMSTANCES} action outcome object_type object_id persons",
    erased_by="reintegration.audit.erasure.blanked_with_history",
)
declare("audit.EventPerson", plain="person_id event_id")
declare(
    "audit.Change",
    personal="values sealed salt",
    plain=f"{_CIRCUMSTANCES} table_name row_id operation subject_id",
    subject="subject_id",
    erased_by="reintegration.audit.erasure.blanked_with_history",
)
declare("audit.Seal", plain="number at kinds entry_ids digests previous mac key_id")
declare(
    "audit.LegalHold",
    personal="reason release_reason",
    plain="subject_id placed_on until released_at",
    subject="subject_id",
)
declare("audit.Erasure", plain="subject_id basis erased_at history_event")

# Papers and files

declare("documents.Counter", plain="series year value")
# A paper about several people has no subject, so it must not outlive the term of any of them.
_PAPERS = "jak akta osób, których dotyczą: 10 lat od końca roku"
declare(
    "documents.StoredFile",
    personal="name",
    plain="kind media_type size sha256 stored_as subject_id made_at erased_at",
    subject="subject_id",
    term=Term("made_at", years=10, basis=_PAPERS, each="reintegration.documents.files.erase_file"),
    erased_by="reintegration.documents.files.erase_files",
)
declare(
    "documents.Document",
    personal="title withdrawal",
    plain="kind series number language template_version sha256 subject_id key state made_at withdrawn_at",
    subject="subject_id",
    term=Term("made_at", years=10, basis=_PAPERS, each="reintegration.documents.files.erase_paper"),
    erased_by="reintegration.documents.files.erase_files",
)
for _grant in ("documents.StoredFileGrant", "documents.DocumentGrant"):
    declare(
        _grant,
        personal="reason",
        plain="since until",
        subject="id",
        term=Term("until", years=10, basis="jak akta, których dotyczy", treatment=Treatment.DELETE),
    )
declare("documents.PaperSettings", plain="name address contact")
declare(
    "documents.Signatory",
    personal="name",
    plain="position since until",
    subject="id",
    term=Term("until", years=10, basis="jak pisma, które podpisano"),
)

# Notices

_NOTICED = Term("created_at", days=3 * 365, basis="powiadomienie przestało być potrzebne")
declare(
    "notices.Notice",
    personal="title text link",
    plain="kind key subject_id created_at read_at",
    subject="subject_id",
    term=_NOTICED,
)
declare(
    "notices.Mail",
    personal="address link",
    plain="kind key channel state error created_at sent_at",
    subject="id",
    term=Term("sent_at", days=30, basis="wiadomość wysłana"),
)
declare("notices.MailPreference", plain="kind by_mail")
declare(
    "notices.DeskTask",
    personal="title text link",
    plain="kind key urgency roles due_on subject_id raised_at settled_at",
    subject="subject_id",
    term=Term("settled_at", days=3 * 365, basis="sprawa załatwiona"),
)

# Law, screens, API

declare("law.Reading", plain="state proposed_at confirmed_at withdrawn_at key value since_month")
declare(
    "shell.FormDraft",
    personal="path data",
    plain="saved_at",
    term=Term("saved_at", days=30, basis="szkic, do którego nikt nie wrócił", treatment=Treatment.DELETE),
)
declare(
    "shell.SubmissionKey",
    plain="token location sent_at",
    term=Term("sent_at", days=30, basis="klucz wysłanego formularza", treatment=Treatment.DELETE),
)
declare(
    "api.Answer",
    personal="body",
    plain="action key request_digest status made_at",
    term=Term("made_at", days=90, basis="odpowiedź powtarzana przy ponowieniu"),
)
