"""Two ways of doing the same, measured in turn, and the table of what was found.

Both sides run in one process or on one server, A B B A, so that a slower machine slows both. What is quoted
is the median of the pairs' ratios with an interval from resampling, never a time alone.
"""

import gc
import os
import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PAIRS = 40
FEWEST = 10
Pair = tuple[float, float]


@dataclass(frozen=True)
class Figure:
    """One line of the table: what was measured, and what it was to be."""

    name: str
    ours: str
    floor: str
    ratio: str
    asked: str
    kept: bool

    def __str__(self) -> str:
        kept = "kept" if self.kept else "MISSED"
        return f"{self.name}: {self.ours}; {self.floor}: {self.ratio}; {self.asked}: {kept}"


TABLE: list[Figure] = []


def said(figure: Figure) -> bool:
    """Print a figure, and keep it for the table."""
    print(figure, flush=True)  # noqa: T201
    TABLE.append(figure)
    return figure.kept


def timed(work: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def in_turn(ours: Callable[[], Any], floor: Callable[[], Any], *, pairs: int = PAIRS) -> list[Pair]:
    """The seconds of either side in each pair, after both have run twice."""
    for side in (ours, floor, ours, floor):
        side()
    found = []
    gc.disable()
    for _ in range(pairs):
        spent = {ours: 0.0, floor: 0.0}
        for side in (ours, floor, floor, ours):
            spent[side] += timed(side)
        gc.collect()
        found.append((spent[ours] / 2, spent[floor] / 2))
    gc.enable()
    return found


def middle(pairs: Sequence[Pair]) -> Pair:
    """The median of either side."""
    ours, floor = zip(*pairs, strict=True)
    return statistics.median(ours), statistics.median(floor)


def ratio_of(pairs: Sequence[Pair]) -> float:
    return statistics.median(ours / floor for ours, floor in pairs)


def interval(pairs: Sequence[Pair]) -> Pair:
    """Where the median of the ratios lies in 95 of 100 resamplings."""
    draw = random.Random(1)  # noqa: S311 - the same resampling in every run
    ratios = [ours / floor for ours, floor in pairs]
    medians = sorted(statistics.median(draw.choices(ratios, k=len(ratios))) for _ in range(2000))
    return medians[50], medians[1949]


def told(pairs: Sequence[Pair]) -> str:
    """The ratio of the pairs in words."""
    low, high = interval(pairs)
    return f"{ratio_of(pairs):.2f} ({low:.2f} to {high:.2f}, {len(pairs)} pairs)"


def compared(name: str, pairs: Sequence[Pair], *, floor: str, most: float, also: str = "") -> bool:
    """A figure whose promise is a ratio; `also` says what else was counted."""
    mine, theirs = middle(pairs)
    return said(
        Figure(
            name,
            f"{shown(mine)}{also and f', {also}'}",
            f"{shown(theirs)} of {floor}",
            told(pairs),
            f"at most {most:g} times",
            len(pairs) >= FEWEST and ratio_of(pairs) <= most,
        )
    )


def shown(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


def machine() -> str:
    """What the figures were measured on."""
    told = Path("/proc/cpuinfo").read_text().splitlines()
    names = {line.split(":", 1)[1].strip() for line in told if line.startswith("model name")}
    held = int(Path("/proc/meminfo").read_text().split(maxsplit=2)[1]) / 1024**2
    return f"{os.cpu_count()} × {' / '.join(sorted(names)) or 'unknown'}, {held:.0f} GB"


def table() -> str:
    """What was measured in this run, as a table of Markdown."""
    head = ("measured", "ours", "its floor", "times the floor", "asked", "")
    rows = [
        (one.name, one.ours, one.floor, one.ratio, one.asked, "kept" if one.kept else "**missed**")
        for one in TABLE
    ]
    lines = [" | ".join(row) for row in (head, ("---",) * len(head), *rows)]
    return "\n".join(f"| {line} |" for line in lines)
