"""Who may do what with days: who sees them, who marks them, who agrees to a free day."""

from participants.perms import CASE, HELPERS, MANAGER, TEAM
from reintegration.tenancy.actions import action
from reintegration.tenancy.enums import Role

# They know who came: instructors first of all, and the office types back what is on paper.
MARKERS = HELPERS | {Role.OFFICE}
PAPERS = CASE | {Role.OFFICE}

DAY_SHOW = action("ipzs.attendance.day", "Obecność: dzień", roles=TEAM)
MONTH_SHOW = action("ipzs.attendance.month", "Obecność: miesiąc", roles=TEAM)
PERSON_SHOW = action("ipzs.attendance.person", "Obecność: jedna osoba", roles=TEAM)
MARK = action("ipzs.day_mark.set", "Obecność: wpis i poprawka", roles=MARKERS)
PAPER = action("ipzs.attendance.paper", "Obecność: wydruk", roles=TEAM)
MEALS = action("ipzs.meal_count.set", "Posiłki: liczba wydanych", roles=MARKERS)

SICK_LIST = action("ipzs.sick_leave.list", "Zwolnienia lekarskie: lista", roles=TEAM)
SICK_ADD = action("ipzs.sick_leave.add", "Zwolnienie lekarskie: wpisanie i zmiana", roles=PAPERS)
SICK_REMOVE = action("ipzs.sick_leave.remove", "Zwolnienie lekarskie: usunięcie", roles=PAPERS)
# What a doctor wrote is health: who brings the paper need not read it.
SICK_SCAN = action("ipzs.sick_leave.scan", "Zwolnienie lekarskie: skan zaświadczenia", roles=CASE)

FREE_LIST = action("ipzs.free_day.list", "Wnioski o dni wolne: lista", roles=TEAM)
FREE_ASK = action("ipzs.free_day.ask", "Wniosek o dni wolne: przyjęcie i wycofanie", roles=MARKERS)
FREE_DECIDE = action("ipzs.free_day.decide", "Wniosek o dni wolne: zgoda kierownika", roles=MANAGER)

EXCUSES = action("ipzs.excuse_reason.edit", "Powody usprawiedliwienia", roles=MANAGER)
SETTINGS = action("ipzs.attendance_settings.edit", "Ustawienia obecności", roles=MANAGER)
