"""What no form asks for: as it stands in the body of a request, each value already percent-encoded."""

from collections.abc import Sequence
from urllib.parse import quote_plus

# More than any field takes.
LONG = 12_000

# name: the values that are sent for one field; nothing at all leaves the field out.
Payloads = dict[str, Sequence[str]]


def said(*values: str) -> list[str]:
    return [quote_plus(value) for value in values]


MISSING: Sequence[str] = ()
# Asked of every field of every form.
ESSENTIAL: Payloads = {
    "nothing": said(""),
    "left out": MISSING,
    "letters": said("Ala ma kota"),
    "too long": said("Zażółć gęślą jaźń " * (LONG // 18)),
    "control characters": said("Ala\x00\x1b[31m\x07\u202ekota\r\nBcc: nikt"),
}
# Asked of a sample.
MORE: Payloads = {
    "a list": said("Ala", "ma", "kota"),
    "zero byte": said("\x00"),
    "escape": said("\x1b]0;x\x07"),
    "lines": said("jeden\r\ndwa\rtrzy\ntrzy i pół\u2028cztery"),
    "turned around": said("\u202eatok am alA"),
    "no UTF-8": ["Ala%FF%FE", "%ED%A0%80", "%C3%28"],
    "half a pair": ["%ED%B0%80kot"],
    "emoji": said("🦔 👩‍👩‍👧‍👦 🇵🇱"),
    "stacked marks": said("Z" + "\u0336\u0489\u0310" * 200),
    "blank": said(" \t\u00a0\u3000\u200b "),
    "very big": said("9" * 400),
    "beyond the column": said("2147483648"),
    "beyond any column": said("9223372036854775808"),
    "very small": said("-" + "9" * 40),
    "negative": said("-1"),
    "fraction": said("0,00000000000000000000000000001"),
    "not a number": said("NaN"),
    "infinite": said("-Infinity"),
    "exponent": said("1e400000"),
    "foreign digits": said("٣٤٥"),
    "odd digits": said("²½①"),
    "no day": said("31.2.2026"),
    "day zero": said("0000-00-00"),
    "far day": said("31.12.9999"),
    "too far day": said("1.1.99999"),
    "half an id": said("0192f0c1-"),
    "an id of nothing": said("00000000-0000-0000-0000-000000000000"),
    "path": said("../../../etc/passwd"),
    "address elsewhere": said("//zly.example/"),
    "query": said("' OR 1=1; DROP TABLE person; --"),
    "tag": said('<b title="x">Ala</b>&amp;'),
    "structure": said('{"$ne": null}'),
    "format": said("%s%n%(x)s{0.__class__}"),
    "formula": said("=1+1"),
}

# Bodies that are no form at all, and what they say they are.
BROKEN_BODIES = {
    "no JSON": (b'{"a":', "application/json"),
    "no boundary": (b"a", "multipart/form-data"),
    "torn parts": (b"--x\r\nContent-Disposition: form-data", "multipart/form-data; boundary=x"),
    "unknown letters": (b"a=1", "application/x-www-form-urlencoded; charset=nie-ma"),
    "raw bytes": (b"\xff\xfe=\x00&name=\xed\xa0\x80&&&=&%&%zz", ""),
    "too many fields": (b"a=1&" * 5001, ""),
    "too big": (b"a=" + b"x" * (6 * 1024 * 1024 + 1), ""),
}


def body(fields: dict[str, Sequence[str]]) -> bytes:
    return "&".join(
        f"{quote_plus(name)}={value}" for name, values in fields.items() for value in values
    ).encode()
