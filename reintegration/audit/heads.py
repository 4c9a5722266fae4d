"""Heads of the chains, to be kept outside the database: a chain that was cut off shows against them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from reintegration.audit.models import Seal
from reintegration.tenancy.models import Organisation
from reintegration.tenancy.scope import scope


def read_heads() -> dict[str, dict[str, Any]]:
    """The last link of each organisation's chain. Opens scopes of its own."""
    heads = {}
    for organisation_id in Organisation.objects.order_by("pk").values_list("pk", flat=True):
        with scope(organisation_id=organisation_id, source="audit_heads"):
            last = Seal.objects.order_by("-number").values("number", "mac").first()
        if last is not None:
            heads[str(organisation_id)] = {"number": last["number"], "mac": bytes(last["mac"]).hex()}
    return heads


def parse_heads(document: Mapping[str, Mapping[str, Any]]) -> dict[UUID, tuple[int, str]]:
    """What `audit_heads` wrote, or a backup's manifest that holds it, as `verify` takes it."""
    heads = document.get("heads", document)
    return {UUID(key): (int(head["number"]), str(head["mac"])) for key, head in heads.items()}
