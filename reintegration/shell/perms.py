"""Who may do what with the shell itself."""

from reintegration.tenancy.actions import personal_action, public_action

HOME = public_action("shell.home.open", "Strona główna")
THEME = public_action("shell.theme.set", "Wybór wyglądu")
KEYS = public_action("shell.keys.set", "Włączenie skrótów klawiszowych")
HELP = public_action("shell.help.read", "Pomoc")
GUIDE = public_action("shell.guide.read", "Przewodnik")
ACCESSIBILITY = public_action("shell.accessibility.read", "Deklaracja dostępności")
PATTERNS = personal_action("shell.patterns.read", "Elementy i stany")
MENU = personal_action("shell.menu.open", "Menu")
EXTEND = personal_action("shell.session.extend", "Przedłużenie sesji")
DRAFT = personal_action("shell.draft.save", "Zapis szkicu")
DRAFT_DROP = personal_action("shell.draft.drop", "Usunięcie szkicu")
