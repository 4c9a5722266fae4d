"""What clean answers add up to: scores, strengths beside difficulties, and two diagnoses compared."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from participants.diagnosis.answers import Answer, Answers, shown
from participants.diagnosis.content import MOST, Dimension, Leaning, Question, Template

# From three quarters of the scale up an answer is a strength, from one quarter down a difficulty.
HIGH, LOW = Decimal("0.75"), Decimal("0.25")


@dataclass(frozen=True, slots=True)
class Score:
    """What one dimension comes to; `value` is None while nothing in it is answered."""

    dimension: Dimension
    value: Decimal | None
    answered: int
    of: int


@dataclass(frozen=True, slots=True)
class Finding:
    """A strength or a difficulty, with the answer that shows it."""

    key: str
    name: str
    section: str
    answer: str
    sensitive: bool


@dataclass(frozen=True, slots=True)
class Result:
    """What the answers say. Sensitive findings are shown to few; scores hold nothing sensitive."""

    scores: tuple[Score, ...]
    assets: tuple[Finding, ...]
    deficits: tuple[Finding, ...]
    answered: int
    of: int

    def without_sensitive(self) -> "Result":
        """The same for those who may not see sensitive answers."""
        return Result(
            scores=self.scores,
            assets=tuple(found for found in self.assets if not found.sensitive),
            deficits=tuple(found for found in self.deficits if not found.sensitive),
            answered=self.answered,
            of=self.of,
        )


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One dimension earlier and later; `change` is None when one of them has no score."""

    dimension: Dimension
    earlier: Decimal | None
    later: Decimal | None
    change: Decimal | None


def evaluate(template: Template, answers: Answers) -> Result:
    """Add up clean answers: scores from 0 to 100, strengths beside difficulties."""
    assets: list[Finding] = []
    deficits: list[Finding] = []
    for section in template.sections:
        for question in section.questions:
            share = _share(question, answers.get(question.key))
            if share is None:
                continue
            finding = Finding(
                key=question.key,
                name=question.name,
                section=section.title,
                answer=shown(section, question, answers[question.key]),
                sensitive=question.sensitive,
            )
            if share <= LOW and question.leaning is not Leaning.PLUS:
                deficits.append(finding)
            elif share >= HIGH and question.leaning is not Leaning.DEFICIT:
                # A difficulty that somebody does not have is not yet a strength.
                assets.append(finding)
    return Result(
        scores=tuple(_score(template, dimension, answers) for dimension in template.dimensions),
        assets=tuple(assets),
        deficits=tuple(deficits),
        answered=sum(1 for question in template.questions if question.key in answers),
        of=len(template.questions),
    )


def compare(earlier: Iterable[Score], later: Iterable[Score]) -> tuple[ComparedRow, ...]:
    """Put two diagnoses side by side; a dimension that only one version has keeps its row."""
    before = {score.dimension.key: score for score in earlier}
    after = {score.dimension.key: score for score in later}
    rows = [_compared(score.dimension, before.get(key), score) for key, score in after.items()]
    rows += [_compared(score.dimension, score, None) for key, score in before.items() if key not in after]
    return tuple(rows)


def _compared(dimension: Dimension, earlier: Score | None, later: Score | None) -> ComparedRow:
    before = earlier.value if earlier else None
    after = later.value if later else None
    change = after - before if before is not None and after is not None else None
    return ComparedRow(dimension=dimension, earlier=before, later=after, change=change)


def _score(template: Template, dimension: Dimension, answers: Answers) -> Score:
    counted = [
        question
        for section in template.sections
        if dimension.key in section.dimensions
        for question in section.questions
        if question.counts
    ]
    shares = [
        share for question in counted if (share := _share(question, answers.get(question.key))) is not None
    ]
    value = None
    if shares:
        value = (sum(shares, Decimal(0)) * 100 / len(shares)).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return Score(dimension=dimension, value=value, answered=len(shares), of=len(counted))


def _share(question: Question, answer: Answer | None) -> Decimal | None:
    """How good an answer is, from 0 to 1; None when it says nothing of that kind."""
    if answer is None or not question.weighed:
        return None
    height: Decimal | None = None
    if isinstance(answer, bool):
        height = Decimal(1 if answer else 0)
    elif isinstance(answer, int):
        height = Decimal(answer) / MOST
    elif isinstance(answer, str):
        option = question.option(answer)
        if option is not None and option.worth is not None:
            height = Decimal(option.worth) / MOST
    if height is None:
        return None
    return 1 - height if question.leaning is Leaning.DEFICIT else height
