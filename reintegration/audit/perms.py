"""Who may read the journal, and the actions that only programs perform."""

from reintegration.tenancy.actions import action
from reintegration.tenancy.enums import Role

# The operator reads the platform's own chain, with personal values covered.
READERS = {Role.MANAGER, Role.BODY_HEAD, Role.REGISTRAR, Role.OPERATOR}
# Those whose organisation keeps people's files.
KEEPERS_OF_FILES = {Role.MANAGER, Role.BODY_HEAD, Role.REGISTRAR}

JOURNAL = action("audit.journal.list", "Dziennik zdarzeń", roles=READERS)
TAKEN = action("audit.taken.list", "Pobrane pliki", roles=READERS)
EVENT = action("audit.journal.show", "Zdarzenie w dzienniku", roles=READERS)
HISTORY = action("audit.history.show", "Historia zmian", roles=READERS)
HISTORY_OPEN = action("audit.history.open", "Odsłonięcie wartości w historii", roles=KEEPERS_OF_FILES)
SEEN_BY = action("audit.person.seen", "Kto widział tę kartę?", roles=KEEPERS_OF_FILES)

MANAGER = {Role.MANAGER}
HOLD_LIST = action("audit.hold.list", "Wstrzymane usunięcia danych: lista", roles=MANAGER)
HOLD_FIND = action("audit.hold.find", "Wstrzymane usunięcia danych: wybór osoby", roles=MANAGER)
HOLD_PLACE = action("audit.hold.place", "Wstrzymanie usunięcia danych osoby", roles=MANAGER, reauth=True)
HOLD_RELEASE = action("audit.hold.release", "Zwolnienie wstrzymania", roles=MANAGER, reauth=True)

# Written by commands and by the database, with no address of their own.
PERSON_ERASE = action("audit.person.erase", "Usunięcie danych osoby po terminie", roles=())
HISTORY_BLANK = action("audit.history.blank", "Usunięcie danych osoby z historii", roles=())
KEYS_ROTATE = action("audit.keys.rotate", "Wymiana kluczy szyfrowania", roles=())
