"""Files that nobody asked for, in every field of a file."""

from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from reintegration.documents.kinds import FILE_KINDS
from reintegration.documents.models import StoredFile
from tests.cast import World
from tests.fuzz.pages import PAGES, Visit, bound_fields, good_file
from tests.fuzz.refusals import complaints, failure, is_taken
from tests.fuzz.test_forms import usual
from tests.walls.routes import Route

PROGRAM = b"MZ\x90\x00\x03" + b"\x00" * 500
NAMES = ("../../../etc/pismo.pdf", "C:\\Windows\\pismo.pdf", "..", "a\x00b\u202efdp.exe", "x" * 300 + ".pdf")


def refused(inner: Any) -> Iterator[tuple[str, SimpleUploadedFile]]:
    most = FILE_KINDS[inner.kind].max_bytes
    yield "a program", SimpleUploadedFile("pismo.pdf", PROGRAM, "application/pdf")
    yield "nothing", SimpleUploadedFile("pismo.pdf", b"", "application/pdf")
    yield "too much", SimpleUploadedFile("pismo.pdf", b"%PDF-1.7" + b"\x00" * most, "application/pdf")
    yield "a page", SimpleUploadedFile("znak.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/png")


@pytest.mark.parametrize("route", PAGES, ids=str)
def test_a_field_takes_no_file_but_a_good_one(route: Route, world: World):
    visit = Visit(world, route)
    wrong = []
    fields = {name: inner for name, inner in bound_fields(visit.answer) if isinstance(inner, forms.FileField)}
    for form in visit.forms() if fields else []:
        for name in fields.keys() & form.controls.keys():
            for what, file in refused(fields[name]):
                answer = visit.ask("POST", form.url, *visit.encoded(form, usual(form), **{name: file}))
                tried = f"{form}, {what} in {name}"
                if trouble := failure(answer):
                    wrong.append(f"{tried}: {trouble}")
                elif is_taken(answer):
                    wrong.append(f"{tried}: it is taken")
                wrong += [f"{tried}: {one}" for one in complaints(answer, form, usual(form), name)]
            for given in NAMES:
                wrong += named(visit, form, name, fields[name], given)
    assert not wrong, "\n".join(wrong)


def named(visit: Visit, form: Any, name: str, inner: Any, given: str) -> Iterator[str]:
    """A good file whose name is none: refused at its field, or kept under a plain name."""
    good = good_file(inner)
    good._name = given
    with visit.taken_back():
        answer = visit.send("POST", form.url, *visit.encoded(form, usual(form), **{name: good}))
        with visit.scope():
            kept = [one.name for one in StoredFile.objects.all()]
    if trouble := failure(answer):
        yield f"{form}, named {given[:20]!r}: {trouble}"
    for one in complaints(answer, form, usual(form), name):
        yield f"{form}, named {given[:20]!r}: {one}"
    for one in kept:
        if set(one) & set("/\\\x00\u202e") or ".." in one or len(one) > 200:
            yield f"{form}, named {given[:20]!r}: it is kept as {one!r}"
