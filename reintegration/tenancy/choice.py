"""Which organisation a person works in now: chosen at sign-in, shown on every page, changed at any time."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View

from reintegration.tenancy import perms
from reintegration.tenancy.enums import Role

CHOSEN = "organisation"
LONGEST_NEXT = 2000


class Choose(View):
    """The person's organisations; a POST chooses one and goes on to where they were going."""

    action = perms.CHOOSE
    template_name = "tenancy/choose.html"
    http_method_names = ["get", "head", "options", "post"]

    def get(self, request: Any) -> HttpResponse:
        return self.show(request)

    def show(self, request: Any, *, refused: str = "") -> HttpResponse:
        places = [
            {
                "place": one.place,
                "roles": ", ".join(Role(role).label for role in sorted(one.roles)),
                "current": request.principal is not None and one.place.id == request.principal.place.id,
            }
            for one in request.user.principals
        ]
        context = {"places": places, "next": wanted(request), "refused": refused}
        return render(request, self.template_name, context, status=422 if refused else 200)

    def post(self, request: Any) -> HttpResponse:
        chosen = request.POST.get("organisation", "")
        if chosen not in {str(one.place.id) for one in request.user.principals}:
            return self.show(request, refused="Wybierz jedną ze swoich organizacji.")
        request.session[CHOSEN] = chosen
        return HttpResponseRedirect(wanted(request) or reverse("shell:home"))


def wanted(request: HttpRequest) -> str:
    """Where the person was going, if it is an address of ours."""
    path = request.POST.get("next") or request.GET.get("next") or ""
    ours = path.startswith("/") and len(path) <= LONGEST_NEXT and path.isprintable()
    return path if ours and url_has_allowed_host_and_scheme(path, allowed_hosts=None) else ""
