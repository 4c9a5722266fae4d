"""Who brings what a unit had before the program: balances for one person, tables for everybody."""

from participants.perms import LEADS, MANAGER
from reintegration.tenancy.actions import action

LIST = action("ipzs.opening_balance.list", "Stany początkowe: lista", roles=LEADS)
EDIT = action("ipzs.opening_balance.edit", "Stan początkowy: wpisanie i zmiana", roles=LEADS)
TEMPLATE = action("ipzs.import.template", "Wczytywanie z pliku: wzór", roles=MANAGER)
IMPORT = action("ipzs.import.run", "Wczytywanie z pliku: obecność i uczestnicy", roles=MANAGER)
