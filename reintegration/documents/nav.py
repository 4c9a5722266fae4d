"""This room's place in the navigation."""

from reintegration.documents import perms
from reintegration.shell.nav import NavItem, register
from reintegration.tenancy.enums import OrganisationKind

register(
    NavItem(
        "documents", "Dokumenty", "file-text", "documents:list", perms.DOCUMENT_LIST,
        group="unit", order=70, kinds=frozenset({OrganisationKind.UNIT}),
    )
)  # fmt: skip
