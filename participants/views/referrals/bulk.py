"""One step for the referrals that were ticked in the inbox."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase

from participants.forms.referrals import BulkForm
from participants.models import Referral
from participants.perms import referrals as perms
from participants.queries import referrals as queries
from participants.services import referrals as services
from participants.views.referrals.inbox import LIST, TITLE
from reintegration.audit import record
from reintegration.core import toasts
from reintegration.core.formats import counted
from reintegration.core.views import BulkPage, go_to, read_ids


class Bulk(BulkPage):
    """First it asks what to do; then it does it, and names what could not be done."""

    action = {"POST": perms.BULK}  # noqa: RUF012 - read once, when the address is resolved
    title = "Zaznaczone skierowania"
    template_name = "participants/referrals/bulk.html"
    back_url = LIST

    def objects(self, ids: Sequence[UUID]) -> QuerySet[Any]:
        rows = queries.of_unit().filter(pk__in=ids).order_by("pk")
        record.shows(self.request, list(rows.values_list("pk", flat=True)))
        return rows

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, str(LIST)), (self.title, "")]

    def page(self) -> Mapping[str, Any]:
        return {
            "rows": self.objects(read_ids(self.request.POST.getlist("ids"))),
            "submission": self.new_token(),
            "back_url": self.back_url,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        ids = read_ids(request.POST.getlist("ids"))
        if not ids:
            toasts.refused(request, "Zaznacz przynajmniej jedno skierowanie.")
            return go_to(request, str(LIST))
        if not self.objects(ids).exists():
            raise Http404
        if "chosen" not in request.POST:
            return self.answer(form=BulkForm())
        self.form = BulkForm(request.POST)
        if not self.form.is_valid():
            return self.answer(status=422, form=self.form)
        return super().post(request, *args, **kwargs)

    def perform_one(self, obj: Referral) -> None:
        asked = self.form.cleaned_data
        if asked["step"] == "receive":
            services.receive(referral_id=obj.pk)
        elif asked["step"] == "wait":
            services.put_on_waiting_list(referral_id=obj.pk, text=asked["text"])
        else:
            services.refuse(referral_id=obj.pk, reason=asked["reason"], text=asked["text"])

    def success(self, done: int) -> str:
        step = BulkForm.STEPS[self.form.cleaned_data["step"]]
        return f"{step}: {counted(done, 'skierowanie', 'skierowania', 'skierowań')}."
