"""The attachments of a referral, opened by whoever sees the referral on the sender's side."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from participants.models import ReferralFile
from participants.perms import portal as perms
from participants.referral_papers import notice_pdf, notifies
from participants.views.portal.own import own
from reintegration.audit import record
from reintegration.documents.exports import as_download
from reintegration.documents.models import StoredFile
from reintegration.documents.services import letterhead
from reintegration.documents.serving import serve
from reintegration.tenancy.actions import handles


@handles(GET=perms.OWN_SHOW)
def own_notice(request: Any, pk: Any) -> HttpResponse:
    """The notice to the welfare centre, which a labour office prints."""
    referral = own(pk)
    record.about(request, referral)
    record.shows(request, [referral.pk])
    if not notifies(referral):
        raise Http404
    return as_download(notice_pdf(referral, office=letterhead()), "zawiadomienie OPS")


@handles(GET=perms.OWN_SHOW)
def own_file(request: Any, pk: Any, file: Any) -> HttpResponse:
    """A file that this body brought, or one of the unit's that was shared with it."""
    row = get_object_or_404(ReferralFile, pk=file, referral_id=pk)
    record.about(request, row)
    record.shows(request, [row.referral_id])
    own = StoredFile.objects.filter(pk=row.stored_file, erased_at__isnull=True).first()
    stored = own or get_object_or_404(StoredFile.brought.filter(erased_at__isnull=True), pk=row.stored_file)
    return serve(request, stored)
