"""A sent report to take away: PDF from its job, XLSX and CSV by the writer of tables, JSON as frozen."""

from typing import Final

from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from reintegration.core.downloads import named
from reintegration.documents.exports import export_rows
from reporting import report_words as words
from reporting.models import ReportVersion
from reporting.queries import reports as queries

ENDINGS_OF_SHEET: Final = frozenset({"xlsx", "csv"})


def download(version: ReportVersion, ending: str) -> HttpResponseBase:
    """The file of a version; another ending there is none."""
    content = version.content
    name = f"sprawozdanie {content['unit']['name']} {content['year']} wersja {version.number}"
    if ending == "pdf":
        made = queries.papers_of([version.pk])
        if not made:
            raise Http404
        return redirect(reverse("documents:open", args=[made[version.pk]]))
    if ending == "json":
        told = {**content, "version": version.number, "sha256": version.digest}
        answer = JsonResponse(told, json_dumps_params={"ensure_ascii": False})
        named(answer, f"{name}.json")
        answer["Cache-Control"] = "private, no-store"
        return answer
    if ending in ENDINGS_OF_SHEET:
        return sheet_file(queries.sent(version), name, ending)
    raise Http404


def sheet_file(sheet: queries.Sheet, name: str, ending: str) -> HttpResponse:
    """Every cell as a row, so that it can be sorted, compared and added up."""
    return export_rows(ending, labels=words.LABELS, rows=words.rows(sheet), name=name)
