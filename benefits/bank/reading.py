"""A file of the bank, in whichever of the formats it is."""

from collections.abc import Sequence

from benefits.bank.answer import Answer
from benefits.bank.camt import read_camt053
from benefits.bank.mt940 import read_mt940
from reintegration.core.errors import InputError

MT940, CAMT = "mt940", "camt.053"
_MARK = b"\xef\xbb\xbf"
_POLISH = frozenset("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ")
# Without any letter that tells them apart, the first one will do.
_CODES = ("cp1250", "cp852", "iso-8859-2")


def read_answer(content: bytes) -> tuple[str, Sequence[Answer]]:
    """The format and the statements of a file, or the reason why it is not taken in."""
    bare = content.removeprefix(_MARK)
    if not bare.strip():
        raise InputError("Ten plik jest pusty. Wybierz inny.")
    if bare.lstrip().startswith(b"<"):
        return CAMT, read_camt053(bare.lstrip())
    return MT940, read_mt940(decoded(bare))


def decoded(content: bytes) -> str:
    """The text of a file that does not say how it is written: the code that makes most Polish letters."""
    try:
        return content.decode()
    except UnicodeDecodeError:
        readings = [content.decode(code, errors="replace") for code in _CODES]
        return max(readings, key=lambda text: sum(letter in _POLISH for letter in text))
