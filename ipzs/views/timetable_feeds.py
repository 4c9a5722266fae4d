"""The plan in the calendar of a telephone: giving out addresses, taking them back, reading by them."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse, reverse_lazy
from django.views import View

from ipzs.enums import FeedKind
from ipzs.models import TimetableFeed
from ipzs.perms import timetable as perms
from ipzs.queries import catalogue as offer
from ipzs.services import timetable_feeds as services
from ipzs.timetable_ics import calendar
from reintegration.accounts.views.base import address_of
from reintegration.audit import record
from reintegration.core import clock, throttle
from reintegration.core.form_fields import ChoiceField, ObjectField
from reintegration.core.forms import Form
from reintegration.core.views import ConfirmPage, FormPage
from reintegration.shell import errors
from reintegration.tenancy.models import Unit
from reintegration.tenancy.scope import scope

TITLE = "Plan w kalendarzu telefonu"
PLAN = "Plan zajęć"
# A calendar asks every few hours; whoever asks more guesses.
READS, PER = 120, timedelta(hours=1)


class FeedForm(Form):
    kind = ChoiceField(label="Czyj plan", choices=FeedKind.choices)

    def __init__(self, *args: Any, workshops: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["workshop"] = ObjectField(
            workshops,
            label="Pracownia lub grupa",
            required=False,
            empty_label="nie dotyczy",
            help_text="Tylko gdy wybierasz jedną pracownię lub grupę.",
        )


def own_feeds(request: Any) -> Any:
    return TimetableFeed.objects.filter(user=request.principal.user_id, revoked_at__isnull=True)


class FeedMake(FormPage):
    action = {"GET": perms.FEED_LIST, "POST": perms.FEED_MAKE}
    title = TITLE
    template_name = "ipzs/timetable/feeds.html"
    form_class = FeedForm
    submit = "Wydaj adres"
    back_url = reverse_lazy("ipzs:timetable_unit")
    drafts = False
    request: Any

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(PLAN, str(self.back_url)), (self.title, "")]

    def lead(self) -> str:
        return "Adres pokażemy raz. Kto go ma, widzi plan bez logowania: zajęcia, sale i same inicjały osób."

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"workshops": offer.open_workshops(today=clock.today())}

    def initial(self) -> Mapping[str, Any]:
        return {"kind": FeedKind.OWN}

    def page(self) -> Mapping[str, Any]:
        return {"feeds": own_feeds(self.request).select_related("workshop").order_by("-made_at")}

    def save(self, form: Any) -> HttpResponse:
        said = form.cleaned_data
        feed, token = services.make_feed(
            kind=said["kind"], workshop_id=said["workshop"].pk if said["workshop"] else None
        )
        record.about(self.request, feed)
        address = self.request.build_absolute_uri(reverse("ipzs:feed", args=[token]))
        context = {
            "title": "Adres kalendarza",
            "address": address,
            "feed": feed,
            "list_url": reverse("ipzs:feed_list"),
            "crumbs": [(PLAN, str(self.back_url)), (TITLE, reverse("ipzs:feed_list")), ("Adres", "")],
        }
        response = render(self.request, "ipzs/timetable/feed_address.html", context)
        response.headers["Cache-Control"] = "private, no-store"
        return response


class FeedRevoke(ConfirmPage):
    action = perms.FEED_REVOKE
    title = "Odebrać adres?"
    verb = "Odbierz adres"
    danger = True
    back_url = reverse_lazy("ipzs:feed_list")

    def object(self, *, lock: bool) -> TimetableFeed:
        rows = own_feeds(self.request)
        found: TimetableFeed = get_object_or_404(
            rows.select_for_update(of=("self",)) if lock else rows, pk=self.kwargs["pk"]
        )
        record.about(self.request, found)
        return found

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(PLAN, reverse("ipzs:timetable_unit")), (TITLE, str(self.back_url)), (self.title, "")]

    def text(self) -> str:
        return "Kalendarz, który go czyta, przestanie dostawać plan. Tego nie można cofnąć."

    def perform(self) -> str:
        services.revoke_feed(feed_id=self.found.pk)
        return str(self.back_url)

    def success(self) -> str:
        return "Odebrano adres kalendarza."


class Feed(View):
    """Without an account: the signature names the unit, the secret opens the one plan."""

    action = perms.FEED_READ
    http_method_names = ["get", "head", "options"]

    def get(self, request: Any, token: str) -> HttpResponse:
        allowed = throttle.allow(f"feed-by:{address_of(request)}", limit=READS, per=PER)
        if not allowed.ok:
            return errors.too_many(request, retry_after=int(PER.total_seconds()))
        named = services.read_token(token)
        if named is None or not Unit.objects.filter(pk=named.unit_id).exists():
            return errors.not_found(request)
        with scope(
            organisation_id=named.unit_id, request_id=request.request_id, source=f"feed:{named.feed_id}"
        ):
            feed = services.open_feed(named=named)
            if feed is None:
                return errors.not_found(request)
            text = calendar(feed, now=clock.now())
            record.note(perms.FEED_READ, found=feed, outcome="seen")
        response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["Content-Disposition"] = 'inline; filename="plan.ics"'
        return response


urlpatterns = [
    path("plan/kalendarz/", FeedMake.as_view(), name="feed_list"),
    path("plan/kalendarz/<uuid:pk>/odbierz/", FeedRevoke.as_view(), name="feed_revoke"),
    path("kalendarz/<str:token>.ics", Feed.as_view(), name="feed"),
]
