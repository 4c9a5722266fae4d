"""How a file leaves the program: decrypted, as an attachment, and able to do nothing in a browser."""

import logging
from typing import Any

from django.http import Http404, HttpResponse

from reintegration.audit import record
from reintegration.core.downloads import named
from reintegration.documents.files import FileLost, read_file
from reintegration.documents.models import StoredFile

logger = logging.getLogger(__name__)


def serve(request: Any, stored: StoredFile) -> HttpResponse:
    """Answer with a file that the caller has found to be this person's to open."""
    try:
        content = read_file(stored)
    except FileLost:
        logger.exception("The file %s cannot be opened.", stored.pk)
        raise Http404 from None
    if stored.subject_id is not None:
        record.shows(request, [stored.subject_id])
    response = HttpResponse(content, content_type=stored.media_type)
    named(response, stored.name)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response
