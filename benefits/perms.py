"""Who may do what with the money of a CIS."""

from participants.perms import CASE, MANAGER
from reintegration.tenancy.actions import action
from reintegration.tenancy.enums import Role

# They prepare what is paid: they need the account and PIT-2, which nobody else in the unit does.
PAYERS = frozenset({Role.MANAGER, Role.ACCOUNTANT, Role.OFFICE})

PAY_SHOW = action("benefits.pay.show", "Świadczenie osoby: wgląd", roles=PAYERS | CASE)
APPLY = action("benefits.grant.apply", "Świadczenie: wniosek osoby i wycofanie", roles=PAYERS | CASE)
DECIDE = action("benefits.grant.decide", "Świadczenie: przyznanie i odmowa", roles=MANAGER)
PAY_DATA = action("benefits.pay.write", "Dane do wypłaty: konto, PIT-2, ubezpieczenie", roles=PAYERS)
SETTINGS = action("benefits.settings.edit", "Ustawienia wypłat", roles=MANAGER)
FORECAST = action("benefits.first_payment.show", "Pierwsza wypłata: prognoza", roles=PAYERS | CASE)
FORECAST_PRINT = action("benefits.first_payment.print", "Pierwsza wypłata: wydruk", roles=PAYERS | CASE)
APPLICATION_PRINT = action("benefits.grant.print", "Wniosek o świadczenie: wydruk", roles=PAYERS | CASE)
