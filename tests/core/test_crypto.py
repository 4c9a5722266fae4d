import base64
import io
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reintegration.core import keys
from reintegration.core.crypto import (
    CHUNK,
    TAG,
    Refused,
    blind_index,
    bound_to,
    decrypt,
    decrypt_stream,
    encrypt,
    encrypt_stream,
    header,
    key_id_of,
)
from reintegration.core.keys import Key, KeyRefused, KeyRing, UnknownKey

OLD = Key("2025", b"o" * 32)
NEW = Key("2026", b"n" * 32)
RING = KeyRing((OLD,))
ROTATED = KeyRing((NEW, OLD))
PLACE = bound_to("value", "participants_person", "pesel", "7")

sizes = st.sampled_from([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 17])


def sealed_file(data, place=PLACE, ring=RING):
    target = io.BytesIO()
    assert encrypt_stream(ring, io.BytesIO(data), target, place) == len(data)
    return target.getvalue()


def opened_file(data, place=PLACE, ring=RING):
    return b"".join(decrypt_stream(ring, io.BytesIO(data), place))


@given(st.binary(max_size=200))
def test_a_value_opens_in_its_place(data):
    assert decrypt(RING, encrypt(RING, data, PLACE), PLACE) == data


def test_the_same_value_never_looks_the_same_twice():
    assert encrypt(RING, b"Anna", PLACE) != encrypt(RING, b"Anna", PLACE)


@given(st.binary(max_size=40), st.data())
def test_any_changed_bit_is_refused(data, draw):
    envelope = bytearray(encrypt(RING, data, PLACE))
    place = draw.draw(st.integers(0, len(envelope) * 8 - 1))
    envelope[place // 8] ^= 1 << place % 8
    with pytest.raises((Refused, UnknownKey)):
        decrypt(RING, bytes(envelope), PLACE)


@given(st.integers(0, 100))
def test_a_cut_value_is_refused(length):
    envelope = encrypt(RING, b"Anna Kowalska", PLACE)
    with pytest.raises((Refused, UnknownKey)):
        decrypt(RING, envelope[: min(length, len(envelope) - 1)], PLACE)


@pytest.mark.parametrize(
    "elsewhere",
    [
        ("file", "participants_person", "pesel", "7"),
        ("value", "participants_other", "pesel", "7"),
        ("value", "participants_person", "nip", "7"),
        ("value", "participants_person", "pesel", "8"),
        ("value", "participants_person", "pesel7", ""),
    ],
)
def test_a_value_moved_elsewhere_is_refused(elsewhere):
    envelope = encrypt(RING, b"Anna", PLACE)
    with pytest.raises(Refused):
        decrypt(RING, envelope, bound_to(*elsewhere))


@given(st.lists(st.text(max_size=5), max_size=4), st.lists(st.text(max_size=5), max_size=4))
def test_no_two_places_look_alike(one, other):
    assert (bound_to(*one) == bound_to(*other)) == (one == other)


def test_after_a_rotation_old_values_open_and_new_ones_name_the_new_key():
    old = encrypt(RING, b"Anna", PLACE)
    new = encrypt(ROTATED, b"Anna", PLACE)
    assert decrypt(ROTATED, old, PLACE) == decrypt(ROTATED, new, PLACE) == b"Anna"
    assert (key_id_of(old), key_id_of(new)) == ("2025", "2026")
    assert new.startswith(header(1, "2026"))


def test_a_value_whose_key_is_gone_names_the_key():
    with pytest.raises(UnknownKey, match="2025"):
        decrypt(KeyRing((NEW,)), encrypt(RING, b"Anna", PLACE), PLACE)


def test_a_value_relabelled_with_another_key_is_refused():
    envelope = encrypt(RING, b"Anna", PLACE)
    relabelled = header(1, "2026") + envelope[len(header(1, "2025")) :]
    with pytest.raises(Refused):
        decrypt(ROTATED, relabelled, PLACE)


def test_a_blind_index_finds_equal_values_of_one_field_under_one_key():
    index = blind_index(OLD, "person.pesel", "x")
    assert index == blind_index(OLD, "person.pesel", "x")
    assert len(index) == 32
    others = {
        blind_index(OLD, "person.pesel", "y"),
        blind_index(OLD, "person.nip", "x"),
        blind_index(NEW, "person.pesel", "x"),
    }
    assert len(others | {index}) == 4


@given(sizes)
def test_a_file_opens_in_its_place(size):
    data = os.urandom(size)
    assert opened_file(sealed_file(data)) == data


def test_a_file_read_in_small_pieces_is_the_same_file():
    class Pipe(io.BytesIO):
        def read(self, size=-1):
            return super().read(min(size, 1000))

    data = os.urandom(CHUNK + 5)
    target = io.BytesIO()
    encrypt_stream(RING, Pipe(data), target, PLACE)
    assert b"".join(decrypt_stream(RING, Pipe(target.getvalue()), PLACE)) == data


@given(sizes, st.data())
def test_any_changed_bit_of_a_file_is_refused(size, draw):
    sealed = bytearray(sealed_file(b"a" * size))
    place = draw.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[place // 8] ^= 1 << place % 8
    with pytest.raises((Refused, UnknownKey)):
        opened_file(bytes(sealed))


@given(sizes, st.data())
def test_a_cut_file_is_refused(size, draw):
    sealed = sealed_file(b"a" * size)
    edges = [len(sealed) - 1, len(sealed) - TAG, max(0, len(sealed) - CHUNK - TAG)]
    length = draw.draw(st.one_of(st.integers(0, len(sealed) - 1), st.sampled_from(edges)))
    with pytest.raises((Refused, UnknownKey)):
        opened_file(sealed[:length])


def parts_of(sealed):
    top = len(header(2, "2025")) + 32
    step = CHUNK + TAG
    return sealed[:top], [sealed[start : start + step] for start in range(top, len(sealed), step)]


def test_a_file_cut_between_two_chunks_is_refused():
    top, chunks = parts_of(sealed_file(b"a" * (3 * CHUNK)))
    assert len(chunks) == 3
    with pytest.raises(Refused, match="end is missing"):
        opened_file(top + chunks[0] + chunks[1])


def test_a_file_with_reordered_repeated_or_added_chunks_is_refused():
    top, (first, second, third) = parts_of(sealed_file(os.urandom(3 * CHUNK)))
    for chunks in (
        [second, first, third],
        [first, first, third],
        [first, third],
        [first, second, third, third],
    ):
        with pytest.raises(Refused):
            opened_file(top + b"".join(chunks))


def test_a_chunk_of_another_file_is_refused():
    top, chunks = parts_of(sealed_file(b"a" * (2 * CHUNK)))
    _, others = parts_of(sealed_file(b"a" * (2 * CHUNK)))
    with pytest.raises(Refused):
        opened_file(top + others[0] + chunks[1])


def test_a_file_put_in_the_place_of_another_is_refused():
    sealed = sealed_file(b"Anna")
    with pytest.raises(Refused):
        opened_file(sealed, place=bound_to("file", "8"))


def test_a_value_is_no_file_and_a_file_no_value():
    with pytest.raises(Refused):
        opened_file(encrypt(RING, b"Anna", PLACE))
    with pytest.raises(Refused):
        decrypt(RING, sealed_file(b"Anna"), PLACE)


def test_after_a_rotation_old_files_open():
    assert opened_file(sealed_file(b"Anna"), ring=ROTATED) == b"Anna"
    assert key_id_of(sealed_file(b"Anna", ring=ROTATED)) == "2026"


def encoded(secret):
    return base64.b64encode(secret).decode()


def test_a_ring_is_read_with_the_current_key_first():
    ring = KeyRing.parse(f"2026:{encoded(NEW.secret)}, 2025:{encoded(OLD.secret)}")
    assert ring == ROTATED
    assert ring.current is ring.get("2026")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "at least one"),
        ("nokey", "id:base64"),
        ("a:???", "not base64"),
        (f"a:{encoded(b'short')}", "5 bytes instead of 32"),
        (f"with space:{encoded(b'x' * 32)}", "1 to 16"),
        (f"{'a' * 17}:{encoded(b'x' * 32)}", "1 to 16"),
        (f"a:{encoded(b'x' * 32)},a:{encoded(b'y' * 32)}", "same id"),
    ],
)
def test_an_unusable_ring_is_refused_without_showing_the_key(text, says):
    with pytest.raises(KeyRefused, match=says):
        KeyRing.parse(text)


def test_a_key_is_not_shown_by_accident():
    assert "nnnn" not in repr(ROTATED)


def test_the_rings_come_from_the_settings():
    rings = (keys.field_keys(), keys.file_keys(), keys.seal_keys())
    assert len({ring.current.secret for ring in rings} | {keys.index_key().secret}) == 4
