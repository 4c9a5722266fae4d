"""Any text in the letters that every Polish bank takes, and cut to the widths of its fields.

One repertoire serves all files and encodings: Latin letters, the Polish ones, digits and a few marks. A name
then reads the same in each of them and can neither end a field nor begin a new one. Signs that single banks
refuse or use to divide their statements (colon, semicolon, question mark, ampersand, at) are not in it.
"""

import re
import unicodedata

WIDTH = 35
POLISH = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
REPERTOIRE = frozenset(f"{_LATIN}{_LATIN.upper()}{POLISH}0123456789 .,-/()'+")

# What stands for a letter of an alphabet that is not written out below.
_UNKNOWN_LETTER = "."

# Resolution 55 of the Cabinet of Ukraine of 27 January 2010: so a Ukrainian passport spells a name in Latin.
_UKRAINIAN = (
    "а=a б=b в=v г=h ґ=g д=d е=e є=ie ж=zh з=z и=y і=i ї=i й=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f"
    " х=kh ц=ts ч=ch ш=sh щ=shch ь= ю=iu я=ia"
)
# Letters of Belarusian and Russian names beside them (ICAO Doc 9303, part 3, section 6).
_NEIGHBOURS = "ё=io ў=u ъ=ie ы=y э=e"
_CYRILLIC = {pair[0]: pair[2:] for pair in f"{_UKRAINIAN} {_NEIGHBOURS}".split()}
_AT_THE_START = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
# An apostrophe or a stress mark inside a word is not written, and does not begin a new word.
_UNWRITTEN = "['’ʼ`\u0300-\u036f]"
_CYRILLIC_WORD = re.compile(f"[\u0400-\u04ff](?:{_UNWRITTEN}*[\u0400-\u04ff])*")

# The national system of Georgia of 2002, as its passports spell names; the marks of ejectives fall off. The
# alphabet has no capitals, a name in Latin letters begins with one.
_GEORGIAN = {
    pair[0]: pair[2:]
    for pair in [
        "ა=a",
        "ბ=b",
        "გ=g",
        "დ=d",
        "ე=e",
        "ვ=v",
        "ზ=z",
        "თ=t",
        "ი=i",
        "კ=k",
        "ლ=l",
        "მ=m",
        "ნ=n",
        "ო=o",
        "პ=p",
        "ჟ=zh",
        "რ=r",
        "ს=s",
        "ტ=t",
        "უ=u",
        "ფ=p",
        "ქ=k",
        "ღ=gh",
        "ყ=q",
        "შ=sh",
        "ჩ=ch",
        "ც=ts",
        "ძ=dz",
        "წ=ts",
        "ჭ=ch",
        "ხ=kh",
        "ჯ=j",
        "ჰ=h",
    ]
}
_GEORGIAN_WORD = re.compile(f"[{''.join(_GEORGIAN)}]+")

# Letters that Unicode does not take apart.
_WHOLE = {
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "ħ": "h",
    "ı": "i",
    "ŧ": "t",
    "ŋ": "n",
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
}
_MARKS = {
    **dict.fromkeys("‐‑‒–—―−_~", "-"),
    **dict.fromkeys('„”“"«»‘’‚‹›`´ʹʼ′″', "'"),
    **dict.fromkeys("|\\⁄∕", "/"),
    **dict.fromkeys("[{<", "("),
    **dict.fromkeys("]}>", ")"),
    **dict.fromkeys("!?·•", "."),
    ";": ",",
    "&": "+",
}


def bank_text(text: str) -> str:
    """Write a text in the repertoire, with single spaces and none at the ends.

    Marks fall off foreign letters, Cyrillic and Georgian are spelled as in a passport, a letter of another
    alphabet becomes a dot. The bar and the quotation mark are replaced; line breaks and other controls are
    spaces; what has no meaning in a name, such as an emoji, is a space too.
    """
    if not REPERTOIRE.issuperset(text):
        spelled = _CYRILLIC_WORD.sub(_romanised, unicodedata.normalize("NFC", text))
        spelled = _GEORGIAN_WORD.sub(_from_georgian, spelled)
        text = "".join(map(_written, spelled))
    return " ".join(text.split())


def _romanised(found: re.Match[str]) -> str:
    word = re.sub(_UNWRITTEN, "", found[0])
    shouted = len(word) > 1 and word.isupper()
    return "".join(_cased(_latin(word.lower(), place), letter, shouted) for place, letter in enumerate(word))


def _from_georgian(found: re.Match[str]) -> str:
    return "".join(_GEORGIAN[letter] for letter in found[0]).capitalize()


def _latin(word: str, place: int) -> str:
    letter = word[place]
    if place == 0:
        return _AT_THE_START.get(letter) or _CYRILLIC.get(letter, letter)
    if word[place - 1 : place + 1] == "зг":
        # "zh" would read as another letter.
        return "gh"
    return _CYRILLIC.get(letter, letter)


def _cased(latin: str, letter: str, shouted: bool) -> str:
    if not letter.isupper():
        return latin
    return latin.upper() if shouted else latin.capitalize()


def _written(character: str) -> str:
    if character in REPERTOIRE:
        return character
    return "".join(map(_part, unicodedata.normalize("NFKD", character)))


def _part(character: str) -> str:
    """One part of a character that Unicode took apart."""
    if character in REPERTOIRE:
        return character
    whole = _WHOLE.get(character.lower())
    if whole is not None:
        return whole.capitalize() if character.isupper() else whole
    if character in _MARKS:
        return _MARKS[character]
    category = unicodedata.category(character)
    if category.startswith("M") or category == "Cf":
        return ""
    if category == "Nd":
        return str(unicodedata.digit(character))
    return _UNKNOWN_LETTER if category.startswith("L") else " "


def split_lines(text: str, width: int = WIDTH) -> list[str]:
    """Split a text at its words into lines of a width; only a word longer than a line is broken.

    A lone letter ("w", "z", "i") does not end a line, it goes with the word after it. An empty text has no
    lines.
    """
    lines: list[str] = []
    line: list[str] = []
    for word in _words(text, width):
        if len(" ".join([*line, word])) > width:
            carried = len(line) > 1 and len(line[-1]) == 1 and line[-1].isalpha() and len(word) + 2 <= width
            kept = line[:-1] if carried else line
            lines.append(" ".join(kept))
            line = line[len(kept) :]
        line.append(word)
    return [*lines, " ".join(line)] if line else lines


def _words(text: str, width: int) -> list[str]:
    return [word[start : start + width] for word in text.split() for start in range(0, len(word), width)]


def cut(text: str, width: int) -> str:
    """As many whole words as fit into one field."""
    return next(iter(split_lines(text, width)), "")
