"""The objects of the operator's screens of layouts: a version that waits for a second person."""

from typing import Any

from tests.cast import World
from tests.reporting.layouts_made import proposed
from tests.walls.routes import ROWS, Row


def _layout(world: World, canary: str) -> dict[str, Any]:
    return {"pk": proposed(canary).pk}


ROWS.update(
    {f"reporting:layout{name}": Row(_layout, "everybody") for name in ("", "_file", "_confirm", "_withdraw")}
)
