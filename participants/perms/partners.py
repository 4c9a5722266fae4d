"""Partners of the unit, and what they are asked for: whoever leads cases."""

from participants.perms import CASE
from reintegration.tenancy.actions import action

PARTNER_LIST = action("participants.partner.list", "Partnerzy: lista", roles=CASE)
PARTNER_ADD = action("participants.partner.add", "Partner: dodanie", roles=CASE)
PARTNER_EDIT = action("participants.partner.edit", "Partner: zmiana danych", roles=CASE)
PARTNER_ARCHIVE = action("participants.partner.archive", "Partner: archiwum", roles=CASE)

NETWORK = action("participants.network.show", "Pomoc z zewnątrz dla osoby", roles=CASE)
REQUEST_LIST = action("participants.partner_request.list", "Prośby do partnerów: lista", roles=CASE)
REQUEST_ASK = action("participants.partner_request.ask", "Prośba do partnera: poproszenie", roles=CASE)
REQUEST_ANSWER = action("participants.partner_request.answer", "Prośba do partnera: wynik", roles=CASE)
REQUEST_CORRECT = action(
    "participants.partner_request.correct", "Prośba do partnera: poprawienie wyniku", roles=CASE
)
