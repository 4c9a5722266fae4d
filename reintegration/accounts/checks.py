"""What the gate asks of an account before it lets a person in."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from reintegration.tenancy.actions import Action
from reintegration.tenancy.principal import Principal


def signed_in(request: Any, action: Action, principal: Principal | None) -> HttpResponse | None:
    if request.user.is_authenticated:
        return None
    return redirect(f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}")
