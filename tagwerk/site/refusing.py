"""Turns refusals into answers: a problem document for programs, a page with a way on for people."""

import logging
from collections.abc import Callable

from django.db import DataError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from tagwerk.kit import problems
from tagwerk.kit.guard import NOT_OPEN, TOO_LARGE
from tagwerk.kit.language import short
from tagwerk.kit.refusals import Forbidden, Refusal, TooMany, Unknown
from tagwerk.kit.writer import busy

TRY_AGAIN = (409, 429, 503)
SIGN_IN_MAY_HELP = (401, 403)
OWN_PAGES = "/contributions/mine/"
PLAIN_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Tagwerk</title></head>
<body><main><h1>Tagwerk</h1><p>{text}</p></main></body>
</html>
"""  # needs neither templates nor styles, which may be what is broken
log = logging.getLogger(__name__)


class RefusalMiddleware:
    """Answers what views refuse."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on, unless its body was too large to be kept."""
        scope = getattr(request, "scope", {})
        if TOO_LARGE not in scope:
            return self.get_response(request)
        return answer(request, not_open() if scope.get(NOT_OPEN) else too_large(scope[TOO_LARGE]))

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """Answer a refusal, an unknown page, a database that is busy; leave real faults to Django."""
        if isinstance(fault, Http404):
            fault = no_page()
        elif isinstance(fault, DataError):
            fault = unreadable()
        elif isinstance(fault, OperationalError):
            log.warning("database: %s", fault)
            fault = busy()
        return answer(request, fault) if isinstance(fault, Refusal) else None


def unreadable() -> Refusal:
    """Give the refusal for a request that cannot be read."""
    return Refusal("unreadable", _("Diese Anfrage war nicht lesbar."), status=400)


def too_large(largest: int) -> Refusal:
    """Give the refusal for a text or a file that is larger than `largest` bytes."""
    text = _(
        "Das ist zu groß: Hier passen höchstens %(size)s hinein, es wurde nichts gespeichert. "
        "Gehen Sie eine Seite zurück, kürzen Sie den Text oder wählen Sie eine kleinere Datei."
    )
    return Refusal("too-large", text % {"size": filesizeformat(largest)}, status=413)


def not_open() -> Refusal:
    """Give the refusal for a large file from a browser that holds neither sign-in nor personal link."""
    text = _(
        "Dafür muss in diesem Browser Ihr persönlicher Link geöffnet sein, oder Sie müssen angemeldet sein. "
        "Es wurde nichts gespeichert."
    )
    return Forbidden("not-open", text)


def no_page() -> Unknown:
    """Give the refusal for an address that leads nowhere."""
    return Unknown(
        "no-such-page", _("Diese Seite gibt es nicht. Vielleicht hat sich beim Abtippen ein Fehler eingeschlichen.")
    )


def answer(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Answer a refusal in the form that the caller asked for."""
    if problems.wants_json(request):
        return problems.response(refusal)
    if "/desk/" in request.path and refusal.status in SIGN_IN_MAY_HELP:
        if not request.user.is_authenticated:
            return _lead_to("account_login", request)
        if refusal.kind == "second-factor":
            return _lead_to("mfa_index", request)
    if refusal.kind == "not-open" and OWN_PAGES in request.path:
        before, _pages, _rest = request.path.partition(OWN_PAGES)
        return redirect(f"{before}/contributions/link/?closed=lost")
    context = {"refusal": refusal, "kept": _kept(request) if refusal.status in TRY_AGAIN else []}
    page = render(request, "site/error.html", context, status=refusal.status)
    if refusal.status in problems.RETRY_SECONDS:
        page.headers["Retry-After"] = problems.RETRY_SECONDS[refusal.status]
    return page


def _lead_to(name: str, request: HttpRequest) -> HttpResponse:
    """Send somebody to a page of sign-in that afterwards leads back to where they were, or to the desk."""
    desk = request.path[: request.path.index("/desk/") + len("/desk/")]
    back = request.get_full_path() if request.method in ("GET", "HEAD") else desk
    return redirect(f"{reverse(name)}?{urlencode({'next': back})}")


def _kept(request: HttpRequest) -> list[tuple[str, str]]:
    """Give what was typed, so that nothing is lost when it has to be sent once more."""
    return [(name, value) for name, values in request.POST.lists() for value in values]


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that cannot be read (Django's handler400)."""
    return answer(request, unreadable())


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer what Django or allauth forbids (Django's handler403)."""
    return answer(request, Forbidden("not-allowed", _("Das ist hier nicht erlaubt.")))


def too_many(request: HttpRequest) -> HttpResponse:
    """Answer too many tries to sign in (allauth's handler429)."""
    return answer(request, TooMany("too-many-tries", _("Zu viele Versuche. Bitte warten Sie fünf Minuten.")))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer an unknown address (Django's handler404)."""
    return answer(request, no_page())


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a fault of ours (Django's handler500) without touching the database."""
    text = _(
        "Hier ist etwas schiefgegangen. Wir kümmern uns darum; bitte versuchen Sie es in einer Minute noch einmal."
    )
    refusal = Refusal("fault", text, status=500)
    if problems.wants_json(request):
        return problems.response(refusal)
    return HttpResponse(PLAIN_PAGE.format(language=short(), text=text), status=500)
