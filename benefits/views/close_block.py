"""Something that the page of a month's close names under a step."""

from collections.abc import Sequence
from dataclasses import dataclass

from reintegration.core.components import Link


@dataclass(frozen=True, slots=True)
class Block:
    """What keeps a step from being done (`bad`), or is worth a look before it is (`warn`)."""

    text: str
    kind: str = "bad"
    # Of whom it is; a name is never declined.
    who: str = ""
    links: Sequence[Link] = ()
