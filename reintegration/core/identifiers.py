"""Numbers of persons, organisations and accounts: read leniently, stored bare, shown in groups.

Checking is python-stdnum's; the sentences are ours, because a person must learn what to correct.
"""

import re
from datetime import date

from stdnum.exceptions import ValidationError
from stdnum.pl import nip, pesel, regon

from reintegration.core.errors import InputError
from reintegration.core.formats import NBSP, plural

_PUNCTUATION = re.compile(r"[\s\-‐‑‒–—./]+")
_DIGITS = re.compile(r"[0-9]+")

# Nobody born in these years is alive or yet born: numbers of tests, examples and the demo come from here.
FALSE_BIRTH_YEARS = frozenset(range(1800, 1900)) | frozenset(range(2100, 2300))


def _bare(text: str) -> str:
    return _PUNCTUATION.sub("", text)


def _digits(text: str, name: str, *lengths: int) -> str:
    """Only digits, and as many as the number has; otherwise a sentence says how many were typed."""
    number = _bare(text)
    needed = " albo ".join(map(str, lengths))
    if not number:
        raise InputError(f"Wpisz {name}: {needed} cyfr.")
    if not _DIGITS.fullmatch(number):
        strange = next(character for character in number if not _DIGITS.fullmatch(character))
        shown = f"„{strange}”" if strange.isprintable() else "znak sterujący"
        raise InputError(f"{_capital(name)} składa się z cyfr, a wpisano {shown}.")
    if len(number) not in lengths:
        typed = f"{len(number)} {plural(len(number), 'cyfrę', 'cyfry', 'cyfr')}"
        raise InputError(f"Wpisano {typed}, potrzeba {needed}.")
    return number


def _refuse_zeros(number: str, name: str) -> None:
    """Zeros alone pass every check digit."""
    if not number.strip("0"):
        raise InputError(f"{_capital(name)} nie składa się z samych zer.")


def _capital(name: str) -> str:
    return name[0].upper() + name[1:]


# PESEL


def parse_pesel(text: str) -> str:
    """Read a PESEL: 11 digits, a birth date that exists, the check digit."""
    number = _digits(text, "PESEL", 11)
    try:
        pesel.get_birth_date(number)
    except ValidationError:
        raise InputError("Pierwsze 6 cyfr PESEL nie jest datą urodzenia. Sprawdź je z dokumentem.") from None
    if not pesel.is_valid(number):
        raise InputError("Cyfra kontrolna PESEL się nie zgadza. Porównaj cyfry z dokumentem.")
    return number


def pesel_birth_date(number: str) -> date:
    """The birth date that a parsed PESEL carries."""
    return pesel.get_birth_date(number)


def pesel_sex(number: str) -> str:
    """The sex that a parsed PESEL carries: `K` or `M`."""
    return "M" if pesel.get_gender(number) == "M" else "K"


def is_false_pesel(number: str) -> bool:
    """Tell whether the number is of a series that no living person has."""
    return pesel_birth_date(number).year in FALSE_BIRTH_YEARS


def false_pesel(birth: date, serial: int, sex: str) -> str:
    """Make a PESEL for the demo and for tests; a birth year of a living person is refused."""
    if birth.year not in FALSE_BIRTH_YEARS:
        raise ValueError("A made-up PESEL carries a birth year of nobody alive.")
    if not 0 <= serial <= 999:
        raise ValueError("The series has the numbers 0 to 999.")
    century = {18: 80, 21: 40, 22: 60}[birth.year // 100]
    last = serial % 5 * 2 + (sex == "M")
    number = f"{birth.year % 100:02}{birth.month + century:02}{birth.day:02}{serial:03}{last}"
    return number + pesel.calc_check_digit(number)


# Organisations


def parse_nip(text: str) -> str:
    """Read a NIP, with or without `PL` in front."""
    number = _digits(re.sub(r"^\s*pl", "", text, flags=re.IGNORECASE), "NIP", 10)
    _refuse_zeros(number, "NIP")
    if not nip.is_valid(number):
        raise InputError("Cyfra kontrolna NIP się nie zgadza. Porównaj cyfry z dokumentem.")
    return number


def format_nip(number: str) -> str:
    """`123-456-32-18`."""
    return f"{number[:3]}-{number[3:6]}-{number[6:8]}-{number[8:]}" if number else ""


def parse_regon(text: str) -> str:
    """Read a REGON of 9 digits, or of 14 for a local unit."""
    number = _digits(text, "REGON", 9, 14)
    _refuse_zeros(number, "REGON")
    if not regon.is_valid(number):
        raise InputError("Cyfra kontrolna REGON się nie zgadza. Porównaj cyfry z dokumentem.")
    return number


def parse_krs(text: str) -> str:
    """Read a KRS number; leading zeros may be left out, as people write it."""
    number = _bare(text)
    if _DIGITS.fullmatch(number) and 1 <= len(number) <= 10:
        number = number.zfill(10)
    number = _digits(number, "numer KRS", 10)
    _refuse_zeros(number, "numer KRS")
    return number


# Bank accounts


# The letters of the country, as numbers.
_POLAND = "2521"


def parse_nrb(text: str) -> str:
    """Read a Polish account number, with or without `PL`, as 26 digits."""
    number = _digits(re.sub(r"^\s*pl", "", text, flags=re.IGNORECASE), "numer rachunku", 26)
    # ISO 7064 for the digits of an account in Poland; a payroll list asks it for everybody.
    if int(f"{number[2:]}{_POLAND}{number[:2]}") % 97 != 1:
        raise InputError("Cyfry kontrolne rachunku się nie zgadzają. Sprawdź pierwszą i ostatnią grupę.")
    return number


def format_nrb(number: str) -> str:
    """`61 1090 1014 0000 0712 1981 2874`, on one line."""
    return NBSP.join([number[:2], *(number[start : start + 4] for start in range(2, len(number), 4))])


def nrb_to_iban(number: str) -> str:
    """The account as transfers abroad and files of banks want it."""
    return f"PL{number}"


# Addresses and phones


def parse_postcode(text: str) -> str:
    """Read a Polish postcode as `20-001`."""
    number = _digits(text, "kod pocztowy", 5)
    return f"{number[:2]}-{number[2:]}"


def parse_phone(text: str) -> str:
    """Read a phone number as `+48…`; a foreign one needs its `+` and country."""
    typed = re.sub(r"[\s\-‐‑‒–—./()]+", "", text)
    typed = re.sub(r"^00", "+", typed)
    if typed.startswith("+") and not typed.startswith("+48"):
        digits = typed[1:]
        if not _DIGITS.fullmatch(digits) or not 7 <= len(digits) <= 15:
            raise InputError("Numer zagraniczny ma po znaku + od 7 do 15 cyfr.")
        return typed
    number = typed.removeprefix("+48")
    if len(number) == 11 and number.startswith("48"):
        number = number[2:]
    number = _digits(number, "numer telefonu", 9)
    if number.startswith("0"):
        raise InputError("Polski numer telefonu nie zaczyna się od zera.")
    return f"+48{number}"


def format_phone(number: str) -> str:
    """`601 234 567`; a foreign number keeps its country."""
    if number.startswith("+48"):
        digits = number[3:]
        return NBSP.join((digits[:3], digits[3:6], digits[6:]))
    return number
