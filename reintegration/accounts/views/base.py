"""What the pages of signing in share."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View
from django.views.decorators.debug import sensitive_post_parameters

from reintegration.core.forms import Form

LONGEST_NEXT = 2000


def next_of(request: HttpRequest) -> str:
    """Where the person was going: a path of this program, or nothing."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = (
        wanted.startswith("/")
        and len(wanted) <= LONGEST_NEXT
        and wanted.isprintable()
        and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    )
    return wanted if safe else ""


def with_next(url: str, wanted: str) -> str:
    return f"{url}?{urlencode({'next': wanted})}" if wanted else url


def address_of(request: HttpRequest) -> str:
    """The client's address, believed as far as our own proxies go."""
    return str(get_adapter().get_client_ip(request))


def home() -> str:
    return reverse("shell:home")


def waiting(seconds: int) -> str:
    """How long to wait, in words: minutes when it is a minute or more."""
    if seconds < 60:
        return f"{seconds} s"
    minutes = -(-seconds // 60)
    return f"{minutes} min"


class AuthPage(View):
    """A page of signing in: never cached, its secrets never in a report of an error."""

    action: Any
    template_name = ""
    http_method_names = ["get", "head", "options", "post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer = sensitive_post_parameters()(super().dispatch)(request, *args, **kwargs)
        add_never_cache_headers(answer)
        return answer

    def show(self, form: Form | None = None, *, status: int = 200, **context: Any) -> HttpResponse:
        if form is not None and form.is_bound and status == 200:
            status = 422
        return render(
            self.request,
            self.template_name,
            {"form": form, "next": next_of(self.request), **context},
            status=status,
        )

    def wait(self, form: Form, seconds: int, field: str | None = None) -> HttpResponse:
        """Too many tries: say how long to wait, and keep what was typed."""
        form.add_error(field, f"Za dużo nieudanych prób. Spróbuj ponownie za {waiting(seconds)}.")
        answer = self.show(form, status=429)
        answer["Retry-After"] = str(seconds)
        return answer

    def http_method_not_allowed(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = render(request, "errors/405.html", {"theme": "auto", "number": ""}, status=405)
        response["Allow"] = ", ".join(self._allowed_methods())
        return response
