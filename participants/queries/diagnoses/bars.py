"""One diagnosis drawn: a bar for each dimension, beside the table that says the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from participants.diagnosis.chart import Drawing
from participants.diagnosis.scores import Score
from reintegration.core.formats import format_number

WIDTH, HEIGHT, FULL = 160, 12, Decimal(100)


@dataclass(frozen=True, slots=True)
class ScoreRow:
    title: str
    group: str
    number: str
    bar: Drawing | None
    answered: str


def score_rows(scores: Sequence[Score]) -> list[ScoreRow]:
    return [
        ScoreRow(
            title=score.dimension.title,
            group=score.dimension.group,
            number=format_number(score.value),
            bar=_bar(score.value) if score.value is not None else None,
            answered=f"{score.answered} z {score.of}",
        )
        for score in scores
    ]


def _bar(value: Decimal) -> Drawing:
    long = max(Decimal(1), WIDTH * value / FULL)
    return Drawing(
        f'<svg class="span" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
        f' aria-hidden="true" focusable="false"><rect x="0.5" y="0.5" width="{WIDTH - 1}"'
        f' height="{HEIGHT - 1}" rx="2" class="ch-b"/><rect width="{long:.1f}" height="{HEIGHT}" rx="2"'
        ' class="ch-a"/></svg>'
    )
