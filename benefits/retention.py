"""What this room holds of people: accounts and decisions go with the file of the person (art. 8b ust. 5)."""

from participants.services.people import merging
from reintegration.audit.retention import Term, declare

_OF_PERSON: dict[str, tuple[str, str]] = {
    "Grant": ("reason", "unit_type asked_on state granted_from decided_on"),
    "PayWay": ("account account_index", "since method"),
    "TaxStatement": ("office", "since pit2 filed_on"),
    "TaxSlip": ("named", "year version income advance issued_on sent_on given_on"),
    "InsuranceTitle": ("", "kind since until registered_on deregistered_on"),
    "HealthTitle": ("note", "kind since until"),
    "Premium": ("reason", "unit_type month amount state number decided_on"),
    "SupportedJob": (
        "reason employer_contact employer_phone employer_email end_note",
        "unit_type state place pup_name position employer_name employer_nip employer_street employer_postcode"
        " employer_town accident_rate manager_on social_worker_on participant_on sent_on answered_on"
        " agreement_number agreed_on since until refund_until monthly_pay de_minimis_note ended_on end_reason"
        " failed_on fail_reason",
    ),
    "SupportedMonth": (
        "",
        "month state pay contributions cap asked asked_on due_on paid paid_on refused_on refusal",
    ),
    "Recovery": ("", "kind given_on reference at_most withdrawn_on"),
    "PaidLine": (
        "account party",
        "part attempt amount reference method state sent_on booked_on said_on returned_on reason moved_at",
    ),
    "FundLine": ("words", "kind month benefit contributions asked granted reason carry"),
    "Statement": (
        "account document",
        "position benefit corrected premium tax to_pay pension_insured pension_payer disability_insured"
        " disability_payer blocked first leaves method sealed_digest digest",
    ),
}
_TERMS = "since until places mode apply_by pays_within attachments remark"
declare(
    "benefits.FundAgreement",
    plain=f"unit_type state office address asked_on number signed_on {_TERMS} closed_on closed_because",
)
declare("benefits.FundBudget", plain="year amount")
declare("benefits.FundApplication", plain="number state sent_on closed_on closed_because from_advance")
declare("benefits.FundAdvance", plain="number month amount asked_on state closed_because")
declare("benefits.FundReceipt", plain="kind day amount made_at taken_back_on taken_back_because")
_PROPOSAL = "state proposed_at confirmed_at withdrawn_at"
# The office and the accounts are the unit's own.
declare("benefits.PaySettings", plain="payment_day premium_plan tax_office tax_account zus_account")
declare("benefits.PublicPayment", plain="kind month amount counted_from paid_on note made_at")
# Amounts of a file without a name: they stay as long as the books.
declare("benefits.JournalEntry", plain="number day event source made_at transaction")
declare("benefits.Posting", plain="account amount")
declare("benefits.ContributionRule", plain="since_month counted_by pay_by title_code")
declare("benefits.PaymentTerms", plain="payment_day readings published")
declare("benefits.SigningRule", plain=f"since_month hands second_above {_PROPOSAL}")
declare(
    "benefits.PayrollList",
    plain="unit_type number month state hands second_above counted_at locked_at checked_at approved_at"
    " second_at paid_at paid_on law remark digest",
)
declare(
    "benefits.Correction",
    plain="month difference benefit pension_insured pension_payer disability_insured disability_payer",
)
# The row is shared with the body that registers; history of both knows it by the file.
declare(
    "benefits.HealthRegistration",
    personal="person_name told",
    plain="body_name since until cancelled_on told_on registered_on deregistered_on",
    subject="participation_id",
    erased_by="benefits.services.health.erase_registrations",
)
# The account and the address are the unit's own.
declare("benefits.BankProfile", plain="format encoding addresses")
declare(
    "benefits.TransferFile",
    plain="purpose round reference made_at day format encoding addresses account payer_name payer_street"
    " payer_postcode payer_town count total digest",
)
declare(
    "benefits.BankStatement",
    plain="digest format account number first_day last_day opening closing count read_at",
)
declare(
    "benefits.BankBooking",
    personal="account name title",
    plain="position day amount references bank_reference reversal identity state remark decided_at",
    subject="id",
    term=Term("day", years=5, basis="art. 74 ust. 2 ustawy o rachunkowości: dowody księgowe, 5 lat"),
)
for _model, (_personal, _plain) in _OF_PERSON.items():
    declare(f"benefits.{_model}", personal=_personal, plain=_plain, subject="person_id")
    merging.moves(f"benefits.{_model}")
