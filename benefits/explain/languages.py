"""The languages in which a participant reads where an amount comes from."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from benefits.explain import english, polish, ukrainian
from benefits.explain.texts import Texts

LANGUAGES: Final[Mapping[str, Texts]] = MappingProxyType(
    {"pl": polish.TEXTS, "uk": ukrainian.TEXTS, "en": english.TEXTS}
)
