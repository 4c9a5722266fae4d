"""The look a person chose.

It rides in a cookie that the server reads, so no page flashes and no script is needed.
"""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse

COOKIE = "theme"
KEYS_COOKIE = "keys"
THEMES = {"auto": "jak w systemie", "light": "jasny", "dark": "ciemny", "contrast": "kontrast"}
REMEMBERED = timedelta(days=400)


def theme_of(request: HttpRequest) -> str:
    chosen = request.COOKIES.get(COOKIE, "auto")
    return chosen if chosen in THEMES else "auto"


def keys_on(request: HttpRequest) -> bool:
    """Single-letter shortcuts can be switched off (WCAG 2.1.4)."""
    return request.COOKIES.get(KEYS_COOKIE) != "off"


def remember(response: HttpResponse, cookie: str, value: str, *, secure: bool) -> None:
    response.set_cookie(
        cookie, value, max_age=REMEMBERED, httponly=True, samesite="Lax", secure=secure, path="/"
    )
