"""Forms of what a unit writes to its office."""

from typing import Any, ClassVar

from reintegration.core.forms import Form


class WordsOfUnitForm(Form):
    """Words with a file; the day is asked only where the office writes down what came."""

    day: ClassVar[str] = ""

    def __init__(self, *args: Any, by_unit: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if by_unit:
            del self.fields[self.day]
