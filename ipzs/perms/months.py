"""Who sees what keeps a month open, and who closes it."""

from participants.perms import CASE, MANAGER
from reintegration.tenancy.actions import action
from reintegration.tenancy.enums import Role

# Whoever puts days right, and whoever pays from them.
READERS = CASE | {Role.INSTRUCTOR, Role.OFFICE, Role.ACCOUNTANT}

LIST = action("ipzs.attendance_month.list", "Zamknięcie obecności: miesiące", roles=READERS)
SHOW = action("ipzs.attendance_month.show", "Zamknięcie obecności: co zatrzymuje", roles=READERS)
CLOSE = action("ipzs.attendance_month.close", "Zamknięcie obecności: zamknięcie", roles=MANAGER, reauth=True)
REOPEN = action(
    "ipzs.attendance_month.reopen", "Zamknięcie obecności: ponowne otwarcie", roles=MANAGER, reauth=True
)
