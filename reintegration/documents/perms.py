"""Who may do what with papers and files.

Opening is everybody's action: which paper or file a person may open is decided row by row, by its kind,
by who made it, and by exceptions (`visible_to`).
"""

from reintegration.tenancy.actions import action
from reintegration.tenancy.enums import ALL_ROLES, Role

HEADS = frozenset({Role.MANAGER, Role.BODY_HEAD, Role.REGISTRAR, Role.OPERATOR})

DOCUMENT_LIST = action("documents.document.list", "Dokumenty: wykaz", roles=ALL_ROLES)
DOCUMENT_SHOW = action("documents.document.show", "Dokumenty: karta dokumentu", roles=ALL_ROLES)
DOCUMENT_OPEN = action("documents.document.open", "Dokumenty: pobranie", roles=ALL_ROLES)
DOCUMENT_WITHDRAW = action("documents.document.withdraw", "Dokumenty: wycofanie", roles=HEADS)
FILE_OPEN = action("documents.file.open", "Pliki: pobranie", roles=ALL_ROLES)
REGISTER_EXPORT = action("documents.register.export", "Dokumenty: rejestr roku", roles=HEADS)
EXPORT_SHOW = action("documents.export.show", "Dokumenty: gotowe zestawienie", roles=ALL_ROLES)
GRANT_GIVE = action("documents.grant.give", "Dokumenty: nadanie wyjątku", roles=HEADS, reauth=True)
GRANT_END = action("documents.grant.end", "Dokumenty: odebranie wyjątku", roles=HEADS, reauth=True)
PAPERS_SHOW = action("documents.papers.show", "Pisma: nagłówek i podpisy", roles=HEADS | {Role.OFFICE})
PAPERS_EDIT = action("documents.papers.edit", "Pisma: zmiana nagłówka i podpisów", roles=HEADS)

STAFF_LIST_ROLES = frozenset({Role.MANAGER, Role.OFFICE})
STAFF_LIST_ISSUE = action("documents.staff_list.issue", "Wykaz kadry: wydanie", roles=STAFF_LIST_ROLES)
STAFF_LIST_TABLE = action("documents.staff_list.table", "Wykaz kadry: arkusz", roles=STAFF_LIST_ROLES)

# Written by a job, with no address of its own.
EXPORT_MAKE = action("documents.export.make", "Dokumenty: zrobienie zestawienia", roles=())
