"""Stands in for CSRF tokens: a write must come from our own pages, or carry a bearer token."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

SAFE = {"GET", "HEAD", "OPTIONS"}
WRITES = {"POST", "PUT", "PATCH", "DELETE"}
OWN_SITES = {"same-origin", "none"}


def is_from_here(*, site: str, origin: str, host: str, has_cookies: bool) -> bool:
    """Tell whether a write may pass.

    `site` is Sec-Fetch-Site and decides where the browser sends it; else `origin` must name our `host`.
    Without either, only a caller without cookies passes: it has no power to lend to a foreign page.
    """
    if site:
        return site in OWN_SITES
    if origin:
        return _host_of(origin) == host
    return not has_cookies


def _host_of(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:  # no address at all: nobody's
        return ""


class SameOriginMiddleware:
    """Refuses writes that another site's page makes in a visitor's name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer 403 to a write from elsewhere, pass everything else on.

        A foreign Host is refused here as well (400 by Django), whatever the view behind would do with it.
        """
        request.get_host()
        if request.method not in SAFE | WRITES:
            return HttpResponseNotAllowed(sorted(SAFE | WRITES))
        if request.method in SAFE or self._is_fine(request):
            return self.get_response(request)
        text = _(
            "Diese Anfrage kam von einer anderen Website. Bitte öffnen Sie die Seite neu und versuchen Sie es noch einmal."
        )
        return HttpResponse(text, status=403, content_type="text/plain; charset=utf-8")

    def _is_fine(self, request: HttpRequest) -> bool:
        bearer = request.headers.get("Authorization", "").startswith("Bearer ")
        has_cookies = bool(request.COOKIES)
        if bearer and not has_cookies:
            return True
        return is_from_here(
            site=request.headers.get("Sec-Fetch-Site", ""),
            origin=request.headers.get("Origin", ""),
            host=request.get_host(),
            has_cookies=has_cookies,
        )
