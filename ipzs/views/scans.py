"""A paper that was scanned for a row of this room, to open."""

from typing import Any

from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from reintegration.audit import record
from reintegration.core.views import Page
from reintegration.documents.models import StoredFile
from reintegration.documents.serving import serve


class ScanPage(Page):
    """The file that `scan` of a row names; whose it is stands in the journal."""

    title = "Skan"
    model: type[Model]

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = self.model._default_manager.filter(scan__isnull=False)
        row: Any = get_object_or_404(rows, pk=self.kwargs["pk"])
        record.about(request, row)
        record.shows(request, [row.person_id])
        return serve(request, get_object_or_404(StoredFile, pk=row.scan, erased_at__isnull=True))
