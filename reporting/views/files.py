"""Answers of the office's pages that are taken away, beside the tables that `export_rows` writes."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse

from reintegration.core.downloads import attachment


def json_file(content: Any, name: str) -> HttpResponse:
    """For another program."""
    text = json.dumps(content, ensure_ascii=False, cls=DjangoJSONEncoder)
    return attachment(text.encode(), f"{name}.json", "application/json")


def pdf_file(content: bytes, name: str) -> HttpResponse:
    return attachment(content, f"{name}.pdf", "application/pdf")
