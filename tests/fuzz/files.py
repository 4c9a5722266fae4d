"""Files that nobody asked for, in every field of a file."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from reintegration.documents.form_fields import ReadFileField
from reintegration.documents.kinds import FILE_KINDS
from reintegration.documents.models import StoredFile
from tests.fuzz.pages import Visit, bound_fields, good_file
from tests.fuzz.refusals import complaints, failure, is_taken
from tests.fuzz.test_forms import usual

PROGRAM = b"MZ\x90\x00\x03" + b"\x00" * 500
NAMES = ("../../../etc/pismo.pdf", "C:\\Windows\\pismo.pdf", "..", "a\x00b\u202efdp.exe", "x" * 300 + ".pdf")


def refused(inner: Any) -> Iterator[tuple[str, SimpleUploadedFile]]:
    most = inner.max_bytes if isinstance(inner, ReadFileField) else FILE_KINDS[inner.kind].max_bytes
    yield "a program", SimpleUploadedFile("pismo.pdf", PROGRAM, "application/pdf")
    yield "nothing", SimpleUploadedFile("pismo.pdf", b"", "application/pdf")
    yield "too much", SimpleUploadedFile("pismo.pdf", b"%PDF-1.7" + b"\x00" * most, "application/pdf")
    yield "a page", SimpleUploadedFile("znak.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/png")


def fields_take_none_but_good_files(visit: Visit) -> Iterator[str]:
    """A field takes no file but a good one."""
    fields = {name: inner for name, inner in bound_fields(visit.answer) if isinstance(inner, forms.FileField)}
    for form in visit.forms() if fields else []:
        for name in fields.keys() & form.controls.keys():
            for what, file in refused(fields[name]):
                answer = visit.ask("POST", form.url, *visit.encoded(form, usual(form), **{name: file}))
                tried = f"{form}, {what} in {name}"
                if trouble := failure(answer):
                    yield f"{tried}: {trouble}"
                elif is_taken(answer):
                    yield f"{tried}: it is taken"
                yield from (f"{tried}: {one}" for one in complaints(answer, form, usual(form), name))
            for given in NAMES:
                yield from named(visit, form, name, fields[name], given)


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
