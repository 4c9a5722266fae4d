"""What this room holds, and of whom: registers hold units; the office's own words may name people."""

from reintegration.audit.retention import Term, declare

declare("reporting.RegisterEntry", plain="unit_type number state published")
declare(
    "reporting.EntryVersion",
    plain="since name regon street postcode town gmina gmina_code powiat service_places phone email"
    " created_on starts_on activity founder_name founder_kind founder_street founder_postcode founder_town"
    " founder_nip founder_regon founder_krs published",
)
declare("reporting.StatusDecision", plain="kind number decided_on since until reason published")
declare(
    "reporting.EntryNote",
    personal="words",
    plain="day",
    subject="id",
    term=Term("day", years=10, basis="instrukcja kancelaryjna urzędu: sprawy rejestru, 10 lat"),
)
