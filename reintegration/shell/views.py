"""Pages of the shell itself: home, menu, help and its guide, looks, drafts, the page of all components."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from reintegration.core import formats, toasts
from reintegration.core.errors import InputError
from reintegration.core.text import search_key
from reintegration.core.theme import COOKIE, KEYS_COOKIE, THEMES, remember
from reintegration.core.views import Page
from reintegration.shell import declaration, guide, nav, patterns, perms, rules
from reintegration.shell.services import drop_draft, save_draft
from reintegration.tenancy.actions import handles
from reintegration.tenancy.enums import Role
from reintegration.tenancy.models import Organisation
from reintegration.tenancy.scope import OPERATOR_ID

LONGEST_QUERY = 120


@handles(GET=perms.HOME)
def home(request: Any) -> HttpResponse:
    """The first place this person has; whoever has none yet chooses an organisation or signs in."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    if request.principal is None:
        return redirect("tenancy:choose")
    groups = nav.menu_of(request).groups
    return redirect(groups[0].places[0].url if groups else "shell:menu")


class Menu(Page):
    """All places on one page: what "Więcej" opens on a phone."""

    action = perms.MENU
    template_name = "shell/menu.html"
    title = "Menu"


class Help(Page):
    action = perms.HELP
    template_name = "shell/help.html"
    title = "Pomoc i skróty"

    def page(self) -> Mapping[str, Any]:
        """The guide, first the pages for the roles of whoever asks; or what was looked for in it."""
        principal = getattr(self.request, "principal", None)
        roles = {str(Role(role).label) for role in principal.roles} if principal else set()
        mine, others = rules.by_role(guide.pages(), roles)
        query = self.request.GET.get("q", "")[:LONGEST_QUERY].replace("\x00", "")
        found = list(rules.search([*mine, *others], search_key(query).split(), search_key))
        return {
            "base": _base(self.request),
            "mine": mine if roles else [],
            "others": others if roles else guide.pages(),
            "query": query.strip(),
            "found": found,
        }


class Guide(Page):
    """One page of the guide."""

    action = perms.GUIDE
    template_name = "shell/guide.html"

    def get_title(self) -> str:
        return self.found.title

    def page(self) -> Mapping[str, Any]:
        return {"base": _base(self.request), "guide": self.found}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found = guide.page(kwargs["slug"])
        if found is None:
            raise Http404
        self.found = found
        return self.answer()


class Accessibility(Page):
    action = perms.ACCESSIBILITY
    template_name = "shell/accessibility.html"
    title = "Deklaracja dostępności"

    def page(self) -> Mapping[str, Any]:
        return {
            "base": _base(self.request),
            "owner": Organisation.objects.filter(pk=OPERATOR_ID).first(),
            "address": self.request.build_absolute_uri("/"),
            "published": declaration.DECLARED_ON,
            "reviewed": declaration.REVIEWED_ON,
            "checks": declaration.CHECKS,
            "gaps": declaration.GAPS,
        }


class Patterns(Page):
    """Every component in every state, drawn by the same tags as the screens."""

    action = perms.PATTERNS
    template_name = "shell/patterns.html"
    title = "Elementy i stany"

    def page(self) -> Mapping[str, Any]:
        return patterns.examples(self.request)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return self.answer()


def _base(request: HttpRequest) -> str:
    """Whoever is signed in keeps the frame around a public page."""
    return "base.html" if request.user.is_authenticated else "base_public.html"


def _back(request: HttpRequest) -> str:
    """Where the person came from, if it is a page of ours."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours and wanted.startswith("/") else "/"


@handles(POST=perms.THEME)
def set_theme(request: HttpRequest) -> HttpResponse:
    response = redirect(_back(request))
    theme = request.POST.get("theme", "auto")
    remember(response, COOKIE, theme if theme in THEMES else "auto", secure=request.is_secure())
    return response


@handles(POST=perms.KEYS)
def set_keys(request: HttpRequest) -> HttpResponse:
    response = redirect(_back(request))
    keys = "off" if request.POST.get("keys") == "off" else "on"
    remember(response, KEYS_COOKIE, keys, secure=request.is_secure())
    return response


@handles(POST=perms.EXTEND)
def extend(request: HttpRequest) -> HttpResponse:
    """Any request keeps the session alive; this one is for a person who only reads."""
    request.session.modified = True
    return HttpResponse(status=204)


def _draft_path(request: HttpRequest) -> str:
    path = request.GET.get("dla", "")
    if not path.startswith("/") or "\x00" in path:
        raise Http404
    return path


@handles(POST=perms.DRAFT)
def keep_draft(request: HttpRequest) -> HttpResponse:
    """Keep a form as it is, every few seconds by script or once by the button "Zapisz szkic"."""
    path = _draft_path(request)
    by_script = request.headers.get("X-Requested-With") == "fetch"
    try:
        saved_at = save_draft(user_id=request.user.pk, path=path, data=request.POST)
    except InputError as error:
        if by_script:
            return JsonResponse({"error": error.message}, status=422)
        toasts.refused(request, error.message)
        return redirect(_safe(request, path))
    if by_script:
        return JsonResponse({"saved": formats.format_time(saved_at)})
    toasts.saved(request, "Szkic zapisany. Dokończysz go tu, kiedy zechcesz.")
    return redirect(_safe(request, path))


@handles(POST=perms.DRAFT_DROP)
def throw_draft(request: HttpRequest) -> HttpResponse:
    path = _draft_path(request)
    drop_draft(user_id=request.user.pk, path=path)
    return redirect(_safe(request, path))


def _safe(request: HttpRequest, path: str) -> str:
    ours = url_has_allowed_host_and_scheme(path, {request.get_host()}, require_https=request.is_secure())
    return path if ours else "/"
