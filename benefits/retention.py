"""What this room holds of people: accounts and decisions go with the file of the person (art. 8b ust. 5)."""

from participants.services.people import merging
from reintegration.audit.retention import declare

_OF_PERSON: dict[str, tuple[str, str]] = {
    "Grant": ("reason", "unit_type asked_on state granted_from decided_on"),
    "PayWay": ("account account_index", "since method"),
    "TaxStatement": ("", "since pit2 filed_on"),
    "InsuranceTitle": ("", "kind since until registered_on"),
}
declare("benefits.PaySettings", plain="payment_day")
for _model, (_personal, _plain) in _OF_PERSON.items():
    declare(f"benefits.{_model}", personal=_personal, plain=_plain, subject="person_id")
    merging.moves(f"benefits.{_model}")
