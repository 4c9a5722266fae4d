"""Which layout of KEDU a month is written in. A new one is a new row here, with its schema beside it."""

from dataclasses import dataclass

from reintegration.core.dates import Month


@dataclass(frozen=True, slots=True)
class Layout:
    since: Month
    version: str
    namespace: str

    @property
    def schema(self) -> str:
        return f"kedu_{self.version.replace('.', '_')}.xsd"


LAYOUTS = (Layout(Month(1999, 1), "5.6", "http://www.zus.pl/2024/KEDU_5_6"),)


def layout_of(month: Month) -> Layout:
    """The layout of documents that are sent in a month: Płatnik takes old months in the new one too."""
    return max((one for one in LAYOUTS if one.since <= month), key=lambda one: one.since)
