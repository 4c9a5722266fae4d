"""A unit with many persons, written past the triggers by a superuser: one by one it would take minutes."""

from typing import Any
from uuid import UUID, uuid4

from participants.services.people.persons import name_keys

FIRST = [
    *("Adam", "Agata", "Anna", "Barbara", "Bartosz", "Cezary", "Dorota", "Edyta", "Ewa", "Filip", "Grzegorz"),
    *("Halina", "Henryk", "Irena", "Jacek", "Jan", "Joanna", "Karol", "Katarzyna", "Krzysztof", "Leszek"),
    *("Magdalena", "Marcin", "Marek", "Maria", "Michał", "Monika", "Paweł", "Piotr", "Zofia"),
]
BEGINNINGS = [
    *("Bor", "Cza", "Dąb", "Gaw", "Jaś", "Kow", "Lis", "Maj", "Now", "Olsz"),
    *("Paw", "Rog", "Sob", "Szym", "Tom", "Wron", "Zaj", "Żmij", "Ków", "Brz"),
]
ENDINGS = [
    *("al", "ak", "czyk", "ek", "ik", "niak", "o", "owski"),
    *("ka", "iak", "orek", "ski", "ny", "uch", "yga", "ula"),
]
NAMES = [f"{start}{end}" for start in BEGINNINGS for end in ENDINGS]

_PERSONS = """
INSERT INTO participants_person (id, unit_id, first_name, second_name, last_name, pesel, no_pesel,
    document_kind, document_number, birth_date, sex, citizenship, language, marital_status, street, postcode,
    town, gmina, mail_address, phone, email, contact_person, education, qualifications, last_work, household,
    made_at)
SELECT told.id, %(unit)s, told.first, '', told.last, '', 'unknown', '', '',
    date '1950-01-01' + (told.n * 37) %% 18000, '', 'PL', 'pl', '', '', '', 'Modrzewno', '', '',
    '+48' || (500000000 + told.n %% 9000), '', '', '', '', '', '', now()
FROM unnest(%(ids)s::uuid[], %(firsts)s::text[], %(lasts)s::text[], %(numbers)s::int[])
    told (id, first, last, n)
"""
_KEYS = """
INSERT INTO participants_namekey (id, unit_id, person_id, key)
SELECT gen_random_uuid(), %(unit)s, told.id, told.key
FROM unnest(%(ids)s::uuid[], %(keys)s::text[]) told (id, key)
"""


def crowd(superuser: Any, unit: UUID, count: int) -> None:
    """Fill a unit with persons whose names, births and telephones repeat as in life, and let it be known."""
    people = [(uuid4(), FIRST[n * 7 % len(FIRST)], NAMES[n * 13 % len(NAMES)], n) for n in range(count)]
    pairs = [(pk, key) for pk, first, last, _ in people for key in sorted(name_keys(first, last))]
    superuser.execute("SET session_replication_role = replica")
    columns = zip(*people, strict=True)
    values = dict(zip(("ids", "firsts", "lasts", "numbers"), map(list, columns), strict=True))
    superuser.execute(_PERSONS, {"unit": unit, **values})
    superuser.execute(
        _KEYS, {"unit": unit, "ids": [pk for pk, _ in pairs], "keys": [key for _, key in pairs]}
    )
    superuser.execute("SET session_replication_role = origin")
    superuser.execute("ANALYZE participants_person, participants_namekey")
