"""This room's place in the navigation."""

from reintegration.documents import perms
from reintegration.shell.nav import NavItem, register

register(
    NavItem(
        "documents", "Dokumenty", "file-text", "documents:list", perms.DOCUMENT_LIST, group="unit", order=70
    )
)
