"""Who may do what with the law: everybody reads it, operators extend it, a unit decides its readings."""

from reintegration.tenancy.actions import action
from reintegration.tenancy.enums import ALL_ROLES, OPERATOR_ROLES, Role

LAW_LIST = action("law.parameter.list", "Prawo: parametry", roles=ALL_ROLES)
LAW_SHOW = action("law.parameter.show", "Prawo: historia parametru", roles=ALL_ROLES)
HOLIDAYS = action("law.holiday.list", "Prawo: dni ustawowo wolne", roles=ALL_ROLES)
VALUE_PROPOSE = action("law.value.propose", "Prawo: wpis nowej wartości", roles=OPERATOR_ROLES)
VALUE_CONFIRM = action(
    "law.value.confirm", "Prawo: potwierdzenie wartości", roles=OPERATOR_ROLES, reauth=True
)
VALUE_WITHDRAW = action("law.value.withdraw", "Prawo: wycofanie wartości", roles=OPERATOR_ROLES)

DECIDERS = frozenset({Role.MANAGER, Role.ACCOUNTANT})

READING_LIST = action("law.reading.list", "Odczyty ustawy: przegląd", roles=DECIDERS)
READING_SHOW = action("law.reading.show", "Odczyty ustawy: historia", roles=DECIDERS)
READING_PROPOSE = action("law.reading.propose", "Odczyty ustawy: propozycja zmiany", roles=DECIDERS)
READING_CONFIRM = action(
    "law.reading.confirm", "Odczyty ustawy: potwierdzenie zmiany", roles=DECIDERS, reauth=True
)
READING_WITHDRAW = action("law.reading.withdraw", "Odczyty ustawy: wycofanie propozycji", roles=DECIDERS)
