"""What this room holds, and of whom: registers hold units; the office's own words may name people.

Certificates and outcomes go with the file of their person (art. 8b ust. 5).
"""

from participants.services.people import merging
from reintegration.audit.retention import Term, declare

declare("reporting.RegisterEntry", plain="unit_type number state published changed_at")
declare(
    "reporting.EntryVersion",
    plain="since name regon street postcode town gmina gmina_code powiat service_places phone email"
    " created_on starts_on activity founder_name founder_kind founder_form founder_street founder_postcode"
    " founder_town founder_nip founder_regon founder_krs published",
)
declare("reporting.StatusDecision", plain="kind number decided_on since until reason imported published")
declare("reporting.StatusAppeal", plain="application kind state lodged_on number decided_on")
declare(
    "reporting.EntryNote",
    personal="words",
    plain="day",
    subject="id",
    term=Term("day", years=10, basis="instrukcja kancelaryjna urzędu: sprawy rejestru, 10 lat"),
)

# Notices, applications and letters may name a manager, or whoever writes.
_OFFICE = "instrukcja kancelaryjna urzędu: sprawy rejestru, 10 lat"
_CASE = (
    "state made_at sent_on due_on called_on call_days call_received_on call_received_by_unit complete_by"
    " decided_on entry kind"
)
declare(
    "reporting.ClubNotice",
    personal="content",
    plain=f"{_CASE} since",
    subject="id",
    term=Term("made_at", years=10, basis=_OFFICE),
)
declare("reporting.StatusApplication", plain=f"{_CASE} local powiat waited due_from")
declare(
    "reporting.ApplicationAnswer",
    personal="content",
    plain="point made_at",
    subject="id",
    term=Term("made_at", years=10, basis=_OFFICE),
)
# Whoever attaches a paper says what it is, and a title may name somebody.
declare(
    "reporting.ProcedureFile",
    personal="label",
    plain="point stored_file media_type size made_at by_office",
    subject="id",
    term=Term("made_at", years=10, basis=_OFFICE),
)
declare(
    "reporting.ProcedureStep",
    personal="words",
    plain="step at by_office",
    subject="id",
    term=Term("at", years=10, basis=_OFFICE),
)
declare(
    "reporting.SupervisionLetter",
    personal="words answer",
    plain="kind state number days made_on sent_on received_on received_by_unit due_on paper answer_file"
    " answered_on closed_on heeded",
    subject="id",
    term=Term("made_on", years=10, basis=_OFFICE),
)

# Numbers of whole years and keys of rows; which unit is theirs to know, and who is in them nobody's.
declare("reporting.UnitYear", plain="year as_of counted_at checked_at mended")
declare("reporting.YearCell", plain="year figure line value women men")

_OF_PERSON: dict[str, tuple[str, str]] = {
    "Certificate": ("content reason", "kind state number issued_on given_on graduate graduate_until made_at"),
    "Outcome": ("changes own_changes", "reached own_reached own_missing work independent noted_on"),
}
for _model, (_personal, _plain) in _OF_PERSON.items():
    declare(f"reporting.{_model}", personal=_personal, plain=_plain, subject="person_id")
    merging.moves(f"reporting.{_model}")

# Reports hold numbers and words. What is typed may name somebody as long as it is a draft; what is sent was
# looked through for names (docs/decisions/0061). Whom a cell counted is a list of keys, which names nobody.
declare("reporting.Report", plain="year state")
declare(
    "reporting.ReportDraft",
    personal="typed explained reason",
    subject="id",
    term=Term(
        "",
        years=10,
        basis="jak akta, z których jest sprawozdanie: 10 lat od końca roku",
        due="reporting.queries.reports.drafts_of_years_before",
    ),
)
declare(
    "reporting.ReportVersion",
    plain="year entry number content digest reason state submitted_at decided_at words",
)
declare("reporting.CellComment", plain="cell words made_at sent_at")
declare("reporting.CountedPeople", plain="cell people")
declare("reporting.ReportRecipient", plain="kind name sent_on how")

# What an office has of a season: numbers of units, addresses that the register publishes, its own words.
declare("reporting.OutsideReport", plain="year received_on how content state")
declare("reporting.YearReport", plain="year report outside")
declare("reporting.SeasonReminder", plain="year address made_at")
declare(
    "reporting.CollectiveReport",
    plain="unit_type year number state with_waiting words content digest sent_at",
)

# An inspection says of people what its words say and which files it looked at; the act's own journal is the
# unit's, where each look names the person.
_INSPECTION = "instrukcja kancelaryjna urzędu: kontrole, 10 lat"
declare(
    "reporting.Inspection",
    personal="findings objections objections_reply",
    plain="unit_type state number authorisation authorised_on basis basis_words areas period_from"
    " period_until access_from access_until extended access_ended_at made_on opened_at cancelled_on seed"
    " frame_size frame_digest drawn_at facts facts_at pack pack_digest protocol handed_on objection_days"
    " received_on received_by_unit objections_due objections_file objected_on objections_result replied_on"
    " settled_on settled_paper closed_on",
    subject="id",
    term=Term("made_on", years=10, basis=_INSPECTION),
)
declare("reporting.InspectionMember", plain="made_at removed_at")
declare(
    "reporting.InspectionFile",
    personal="file_number reason",
    plain="made_at position participation drawn",
    subject="id",
    term=Term("made_at", years=10, basis=_INSPECTION),
)
declare(
    "reporting.InspectionFinding",
    personal="words",
    plain="made_at finding checked_at",
    subject="id",
    term=Term("made_at", years=10, basis=_INSPECTION),
)
declare(
    "reporting.InspectionPoint",
    personal="words",
    plain="made_at code answer answered_at",
    subject="id",
    term=Term("made_at", years=10, basis=_INSPECTION),
)
declare(
    "reporting.InspectionStep",
    personal="words",
    plain="made_at act until",
    subject="id",
    term=Term("made_at", years=10, basis=_INSPECTION),
)
declare(
    "reporting.Recommendation",
    personal="words answer reply",
    plain="made_at position state due_on given_on answer_file answered_on checked_on",
    subject="id",
    term=Term("made_at", years=10, basis=_INSPECTION),
)
