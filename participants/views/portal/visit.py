"""What stands behind a signed link: first the code, then the one thing the link is for.

No account and no membership: the visit opens the scope of the link's unit for one request at a time, in the
name of the link, and every answer leaves an event that names it. Whether a link exists is told to nobody
without its code: every address answers alike.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.debug import sensitive_post_parameters

from participants.enums import TOLD, AgreementState, LinkPurpose
from participants.forms.portal.links import CodeForm, LinkReferralForm
from participants.forms.portal.referral import AnswerForm, AttachForm, MessageForm, OpinionForm
from participants.models import SignedLink
from participants.perms import portal as perms
from participants.queries import portal as queries
from participants.queries.participations import answered_before
from participants.referral_papers import notice_pdf, notifies
from participants.services import referrals
from participants.services.participations import answer_agreement
from participants.services.portal import drafts, links
from participants.services.portal.access import by_link
from participants.services.referrals import Incomplete
from participants.transitions import Side
from reintegration.accounts.views.base import address_of
from reintegration.audit import record
from reintegration.core import slots, throttle
from reintegration.core.errors import InputError
from reintegration.core.views import take_errors
from reintegration.documents.exports import as_download
from reintegration.documents.models import StoredFile
from reintegration.documents.papers import Letterhead
from reintegration.documents.serving import serve
from reintegration.tenancy.actions import Action
from reintegration.tenancy.models import Unit
from reintegration.tenancy.scope import scope

COOKIE = "odnosnik"
# What a labour office takes of its referral.
NOTICE = "zawiadomienie"
# The opinion on the same page has a text, too; two of one name would share a label.
MESSAGE_ID = "message_%s"
WRONG = (
    "Kod nie pasuje albo odnośnik już nie działa. Sprawdź cyfry. Po kilku złych kodach odnośnik się blokuje:"
    " poproś wtedy jednostkę o nowy."
)
TRIES_OF_ONE, TRIES_OF_LINK, PER = 20, 10, timedelta(hours=1)


@method_decorator(sensitive_post_parameters(), name="dispatch")
class Visit(View):
    action = perms.LINK_USE
    http_method_names = ["get", "head", "options", "post"]

    def get(self, request: Any, token: str) -> HttpResponse:
        return self.inside(token, self.show) or self.ask()

    def post(self, request: Any, token: str) -> HttpResponse:
        does = request.POST.get("do", "code")
        if does == "code":
            return self.enter(token)
        if does == "leave":
            return self.leave(token)
        steps: dict[str, Callable[[SignedLink], HttpResponse]] = {
            "send": self.send,
            "opinion": self.opinion,
            "message": self.message,
            "attach": self.attach,
            "answer": self.answer,
        }
        return self.inside(token, steps.get(does, self.show)) or self.ask()

    # --- coming in ------------------------------------------------------------------------------

    def open(self, named: links.Named) -> Any:
        return scope(
            organisation_id=named.unit_id,
            request_id=self.request.request_id,  # type: ignore[attr-defined]
            source=f"link:{named.link_id}",
        )

    def inside(self, token: str, step: Callable[[SignedLink], HttpResponse]) -> HttpResponse | None:
        """Run a step for whoever has given the code of this link; nothing for anybody else."""
        named = links.read_token(token)
        carried = self.request.COOKIES.get(COOKIE, "")
        if named is None or not carried or not Unit.objects.filter(pk=named.unit_id).exists():
            return None
        with self.open(named):
            rows = SignedLink.objects.select_related("unit__organisation", "referral", "agreement")
            link = rows.select_for_update(of=("self",)).filter(pk=named.link_id).first()
            if link is None or not links.is_visit(link, carried):
                return None
            if not links.works(link):
                return self.gone(link)
            response = step(link)
            self.carry(response, link)
        return response

    def enter(self, token: str) -> HttpResponse:
        form = CodeForm(self.request.POST)
        tries = [
            throttle.allow(f"link-by:{address_of(self.request)}", limit=TRIES_OF_ONE, per=PER),
            throttle.allow(f"link-to:{token}", limit=TRIES_OF_LINK, per=PER),
        ]
        if not all(one.ok for one in tries):
            form.is_valid()
            form.add_error(None, "Za dużo prób. Spróbuj za godzinę albo zadzwoń do jednostki.")
            return self.ask(form, status=429)
        if not form.is_valid():
            return self.ask(form, status=422)
        named = links.read_token(token)
        if named is None or not Unit.objects.filter(pk=named.unit_id).exists():
            links.waste_time(form.cleaned_data["code"])
            return self.refused(form)
        with self.open(named):
            link = links.try_code(link_id=named.link_id, code=form.cleaned_data["code"])
            if link is None:
                record.note(perms.LINK_CODE, outcome="refused", link=str(named.link_id))
                return self.refused(form)
            self.note(perms.LINK_CODE, link)
            if not links.works(link):
                return self.gone(link)
            response = HttpResponseRedirect(self.request.path)
            self.carry(response, link)
            return response

    def refused(self, form: CodeForm) -> HttpResponse:
        form.add_error("code", WRONG)
        return self.ask(form, status=422)

    def ask(self, form: CodeForm | None = None, *, status: int = 200) -> HttpResponse:
        return self.page("link_ask", form=form or CodeForm(), status=status)

    def gone(self, link: SignedLink) -> HttpResponse:
        return self.page("link_gone", link=link, unit=link.unit.organisation, status=410)

    def leave(self, token: str) -> HttpResponse:
        response = HttpResponseRedirect(self.request.path)
        response.delete_cookie(COOKIE, path="/dostep/")
        return response

    def carry(self, response: HttpResponse, link: SignedLink) -> None:
        response.set_cookie(
            COOKIE,
            links.visit_of(link),
            max_age=links.SESSION,
            path="/dostep/",
            httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
        )

    def page(self, name: str, *, status: int = 200, **context: Any) -> HttpResponse:
        response = render(self.request, f"participants/portal/{name}.html", context, status=status)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    def note(self, action: Action, link: SignedLink, *persons: UUID | None, outcome: str = "done") -> None:
        named = [one for one in persons if one is not None]
        record.note(action, found=link, persons=named, outcome=outcome, link=str(link.pk))

    # --- what the link is for -------------------------------------------------------------------

    def show(self, link: SignedLink, **forms: Any) -> HttpResponse:
        status = 422 if forms else 200
        if link.purpose in TOLD:
            return self.show_told(link)
        if link.purpose == LinkPurpose.AGREE:
            return self.show_agreement(link, status=status, **forms)
        if link.referral is None:
            form = forms.get("form") or self.referral_form(link)
            return self.page("link_refer", link=link, unit=link.unit.organisation, form=form, status=status)
        self.note(perms.LINK_FOLLOW, link, link.referral_id, outcome="seen")
        found = queries.with_opinion(link.referral_id)
        context = {
            "opinion_form": OpinionForm(),
            "message_form": MessageForm(auto_id=MESSAGE_ID),
            "attach_form": AttachForm(),
            "files": queries.files(found),
            "standing": queries.standing(found),
            "timeline": queries.timeline(found),
            "opinions": queries.opinions(found),
            "returned": queries.asked_to_complete(found),
            "notice": NOTICE if notifies(found) else "",
            "panels": slots.items("participants.linked_referral", self.request, found),
            **forms,
        }
        return self.page(
            "link_follow", link=link, unit=link.unit.organisation, referral=found, status=status, **context
        )

    def show_told(self, link: SignedLink) -> HttpResponse:
        """What other rooms tell the body: each panel says of whom it is."""
        panels = slots.items("participants.told", self.request, by_link(link))
        persons = {key for panel in panels for key in panel.context.get("persons", ())}
        self.note(perms.LINK_READ, link, *sorted(persons), outcome="seen")
        said = link.get_purpose_display()
        title = said[:1].upper() + said[1:]
        return self.page("link_told", link=link, title=title, unit=link.unit.organisation, panels=panels)

    def show_agreement(self, link: SignedLink, *, status: int, **forms: Any) -> HttpResponse:
        agreement = link.agreement
        assert agreement is not None
        self.note(perms.LINK_FOLLOW, link, agreement.participation.person_id, outcome="seen")
        context = {"form": AnswerForm(), **forms}
        return self.page(
            "link_agree",
            link=link,
            unit=link.unit.organisation,
            agreement=agreement,
            asked=agreement.state == AgreementState.ASKED,
            before=answered_before(agreement),
            status=status,
            **context,
        )

    def referral_form(self, link: SignedLink, data: Any = None, files: Any = None) -> LinkReferralForm:
        return LinkReferralForm(data, files, source=link.body_kind)

    def send(self, link: SignedLink) -> HttpResponse:
        if link.referral_id is not None or link.purpose != LinkPurpose.REFER:
            return HttpResponseRedirect(self.request.path)
        form = self.referral_form(link, self.request.POST, self.request.FILES)
        return self.done(link, form, lambda: self.store(link, dict(form.cleaned_data)), name="form")

    def store(self, link: SignedLink, typed: dict[str, Any]) -> None:
        upload, label = typed.pop("attachment", None), typed.pop("attachment_label", "")
        person, phone = typed.pop("sender_person"), typed.pop("sender_phone")
        made = drafts.save_draft(
            referral_id=None,
            unit_id=link.unit_id,
            sender_id=None,
            source=link.body_kind,
            data=typed,
            contact={
                "sender_name": link.body_name,
                "sender_person": person,
                "sender_phone": phone,
                "sender_email": link.email,
            },
        )
        who = f"{person}, {link.body_name}"[:160]
        if upload is not None:
            referrals.attach_file(
                referral_id=made.pk, file=upload, label=label or "załącznik", side=Side.SENDER, by_name=who
            )
        sent = referrals.send_referral(
            referral_id=made.pk, sender_person=person, side=Side.SENDER, by_name=who
        )
        link.referral = sent
        link.save(update_fields=["referral"])
        self.note(perms.LINK_SEND, link, sent.pk)

    def opinion(self, link: SignedLink) -> HttpResponse:
        if link.referral_id is None:
            return self.show(link)
        form = OpinionForm(self.request.POST)

        def add() -> None:
            referrals.add_opinion(referral_id=link.referral_id, side=Side.SENDER, **form.cleaned_data)
            self.note(perms.LINK_OPINION, link, link.referral_id)

        return self.done(link, form, add, name="opinion_form")

    def attach(self, link: SignedLink) -> HttpResponse:
        """The interview at home is held after the referral was sent (art. 12 ust. 2): its paper follows."""
        if link.referral_id is None:
            return self.show(link)
        form = AttachForm(self.request.POST, self.request.FILES)

        def add() -> None:
            referrals.attach_file(
                referral_id=link.referral_id,
                file=form.cleaned_data["attachment"],
                label=form.cleaned_data["attachment_label"],
                side=Side.SENDER,
                by_name=link.body_name[:160],
            )
            self.note(perms.LINK_FOLLOW, link, link.referral_id)

        return self.done(link, form, add, name="attach_form")

    def message(self, link: SignedLink) -> HttpResponse:
        if link.referral_id is None:
            return self.show(link)
        form = MessageForm(self.request.POST, auto_id=MESSAGE_ID)

        def add() -> None:
            referrals.add_message(
                referral_id=link.referral_id,
                text=form.cleaned_data["text"],
                side=Side.SENDER,
                by_name=link.body_name[:160],
            )
            self.note(perms.LINK_FOLLOW, link, link.referral_id)

        return self.done(link, form, add, name="message_form")

    def answer(self, link: SignedLink) -> HttpResponse:
        agreement = link.agreement
        if agreement is None:
            return self.show(link)
        form = AnswerForm(self.request.POST)

        def add() -> None:
            said = form.cleaned_data
            answer_agreement(
                agreement_id=agreement.pk,
                agreed=said["agreed"] == "yes",
                remarks=said["remarks"],
                name=said["name"],
                user_id=None,
            )
            self.note(perms.LINK_AGREE, link, agreement.participation.person_id)

        return self.done(link, form, add, name="form")

    def done(self, link: SignedLink, form: Any, step: Callable[[], None], *, name: str) -> HttpResponse:
        """Run a service for a valid form; what it refuses stands at its field, the rest stays."""
        if form.is_valid():
            try:
                with transaction.atomic():
                    step()
            except Incomplete as error:
                for field, sentence in error.problems:
                    form.add_error(field if field in form.fields else None, sentence)
            except InputError as error:
                form.refuse(error)
            except ValidationError as error:
                take_errors(form, error)
            else:
                return HttpResponseRedirect(self.request.path)
            link.refresh_from_db()
        return self.show(link, **{name: form})


class VisitTake(Visit):
    """A file that another room hands out to whom a link tells something."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: Any, token: str, name: str) -> HttpResponse:  # type: ignore[override]
        return self.inside(token, partial(self.hand_out, name=name)) or HttpResponseRedirect(
            reverse("participants:link", args=[token])
        )

    def hand_out(self, link: SignedLink, name: str) -> HttpResponse:
        if name == NOTICE and link.referral is not None and notifies(link.referral):
            self.note(perms.LINK_READ, link, link.referral_id, outcome="taken")
            # The unit's scope is open here, yet the paper is the office's own.
            paper = notice_pdf(link.referral, office=Letterhead(name=link.body_name))
            return as_download(paper, "zawiadomienie OPS")
        for provider in slots.providers("participants.taken"):
            found = provider(self.request, by_link(link), name)
            if found is not None:
                response, persons = found
                self.note(perms.LINK_READ, link, *sorted(persons), outcome="taken")
                taken: HttpResponse = response
                return taken
        return self.show(link)


class VisitFile(Visit):
    """The programme that a link asks to agree to."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: Any, token: str) -> HttpResponse:
        return self.inside(token, self.programme) or HttpResponseRedirect(
            reverse("participants:link", args=[token])
        )

    def programme(self, link: SignedLink) -> HttpResponse:
        agreement = link.agreement
        stored = (
            StoredFile.objects.filter(pk=agreement.stored_file, erased_at__isnull=True).first()
            if agreement is not None and agreement.stored_file
            else None
        )
        if agreement is None or stored is None:
            return self.show(link)
        self.note(perms.LINK_FOLLOW, link, agreement.participation.person_id, outcome="seen")
        return serve(self.request, stored)
