"""The numbers, papers and files of this room."""

from participants.perms import CASE, KEEPERS
from reintegration.documents.kinds import document_kind, file_kind, series

CASE_SERIES = "U"
PROGRAMME_FILE = "participants.programme"
REFERRAL_FILE = "participants.referral_file"

series(CASE_SERIES, "sprawy uczestników")
file_kind(PROGRAMME_FILE, "podpisany program", opens=CASE)
# Who sees the referral opens its files by an address of their own; here stand those who keep them after.
file_kind(REFERRAL_FILE, "załącznik skierowania", opens=CASE)

CONSENT_FILE = "participants.consent"
file_kind(CONSENT_FILE, "podpisana zgoda", opens=KEEPERS)

# What left the unit with two consents, and what came from another: kept as it was.
SHARED_CARD = document_kind(
    "participants.shared_card",
    "Karta usług doradczych dla odbiorcy",
    template="participants/consents/paper/shared_card.html",
    opens=CASE,
)
RECEIVED_CARD = document_kind(
    "participants.received_card",
    "Dane przekazane z innej jednostki",
    template="participants/consents/paper/received_card.html",
    opens=CASE,
)

# A request to a partner that goes on paper; it names the person only with a consent.
PARTNER_LETTER = document_kind(
    "participants.partner_letter",
    "Prośba o pomoc",
    template="participants/partners/paper/letter.html",
    opens=CASE,
)
