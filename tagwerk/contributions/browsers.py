"""Which browser has opened whose page: the secret of a personal link lives in a cookie, never in our database."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from tagwerk.events.models import Event
from tagwerk.people.actors import cookie_name, over_https


def secret_here(request: HttpRequest, event: Event) -> str:
    """Give the secret that this browser came with; empty when there is none."""
    return request.COOKIES.get(_name(request, event), "")


def remember(request: HttpRequest, response: HttpResponseBase, event: Event, secret: str) -> None:
    """Let this browser keep a secret until it is closed."""
    secure = over_https(request)
    response.set_cookie(_name(request, event), secret, secure=secure, httponly=True, samesite="Lax")


def forget(request: HttpRequest, response: HttpResponseBase, event: Event) -> None:
    """Let this browser forget it."""
    response.delete_cookie(_name(request, event), samesite="Lax")


def _name(request: HttpRequest, event: Event) -> str:
    # No slug has a dot: the name is nobody else's.
    return cookie_name(f"author.{event.slug}", secure=over_https(request))
