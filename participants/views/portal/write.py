"""Writing a referral: one page, kept as a draft while it is typed, and as a referral's draft on demand."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property

from participants.enums import Group
from participants.forms.portal.referral import ReferralForm
from participants.models import Referral
from participants.perms import portal as perms
from participants.queries import places
from participants.rules.situation import scatter
from participants.services import referrals
from participants.services.portal import drafts
from participants.views.portal.own import LIST, TITLE, own
from reintegration.audit import record
from reintegration.core import slots
from reintegration.core.components import Link
from reintegration.core.errors import InputError
from reintegration.core.views import FormPage

SEND, KEEP = "send", "keep"


class WriteReferral(FormPage):
    """Two buttons: send it, or keep it among the referrals to be sent later."""

    template_name = "participants/portal/referral_form.html"
    form_class = ReferralForm
    submit = "Wyślij skierowanie"
    back_url = reverse_lazy("participants:own_referral_list")
    request: Any

    @cached_property
    def area(self) -> places.Area:
        return places.area_of_body(self.request.principal.place.id)

    @cached_property
    def units(self) -> list[tuple[str, str]]:
        return places.units_for(self.area)

    @cached_property
    def source(self) -> str:
        return drafts.source_of(self.request.principal.place.id)

    def actions(self) -> list[Link]:
        """What helps before anything is sent; higher rooms add theirs."""
        found = [provider(self.request) for provider in slots.providers("participants.referral_links")]
        return [one for one in found if one is not None]

    @property
    def sends(self) -> bool:
        return self.request.POST.get("intent") != KEEP

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"units": self.units, "source": self.source, "lenient": not self.sends}

    def save(self, form: Any) -> Referral:
        typed = dict(form.cleaned_data)
        upload, label = typed.pop("attachment", None), typed.pop("attachment_label", "")
        unit = typed.pop("unit")
        kept = drafts.save_draft(
            referral_id=self.found.pk if self.found is not None else None,
            unit_id=UUID(unit),
            sender_id=self.request.principal.place.id,
            source=self.source,
            data=typed,
        )
        if upload is not None:
            referrals.attach_file(referral_id=kept.pk, file=upload, label=label or "załącznik")
        record.about(self.request, kept, sent=self.sends)
        record.shows(self.request, [kept.pk])
        if not self.sends:
            return kept
        if not self.request.may(perms.OWN_SEND):
            raise InputError("Nie możesz wysyłać skierowań. Zapisz szkic.")
        return referrals.send_referral(referral_id=kept.pk)

    def success(self, form: Any, result: Referral) -> str:
        if self.sends:
            return f"Wysłano skierowanie: {result}. Teraz dodaj opinię po wywiadzie w domu."
        return "Zapisano szkic. Widzi go tylko Wasz ośrodek."

    def next_url(self, result: Referral) -> str:
        return reverse("participants:own_referral", args=[result.pk])


class NewReferral(WriteReferral):
    action = perms.OWN_WRITE
    title = "Nowe skierowanie"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(TITLE, str(LIST)), ("Nowe", "")]

    def lead(self) -> str:
        return f"Jedna strona. Wasz teren: {self.area.name}."

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.POST.get("step") == "check":
            return self.after_check()
        return super().post(request, *args, **kwargs)

    def after_check(self) -> HttpResponseBase:
        """The groups of the pre-check come into the form; its other answers are left behind."""
        self.found = None
        groups = [code for code in self.request.POST.getlist("groups") if code in Group.values]
        form = ReferralForm(initial={"groups": groups}, units=self.units, source=self.source)
        return self.show(form, version="")


class EditReferral(WriteReferral):
    """A draft, also one that the unit gave back."""

    action = perms.OWN_WRITE

    def object(self, *, lock: bool) -> Any:
        found = own(self.kwargs["pk"], lock=lock)
        if found.state != "draft":
            raise Http404
        record.about(self.request, found)
        record.shows(self.request, [found.pk])
        return found

    def get_title(self) -> str:
        return f"Skierowanie: {self.found}" if str(self.found) else "Szkic skierowania"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [
            (TITLE, str(LIST)),
            (str(self.found) or "Szkic", reverse("participants:own_referral", args=[self.found.pk])),
            ("Uzupełnienie", ""),
        ]

    def initial(self) -> Mapping[str, Any]:
        values = {name: getattr(self.found, name) for name in drafts.PERSON}
        return {
            **values,
            **scatter(self.found.situation),
            "unit": str(self.found.unit_id),
            "ops": str(self.found.ops_id or ""),
        }
