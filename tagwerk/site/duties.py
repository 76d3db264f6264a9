"""Pages that the law asks for, and the small ones that machines ask for."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_safe

from tagwerk.kit.headers import public
from tagwerk.site.refusing import no_page


@require_safe
def imprint(request: HttpRequest) -> HttpResponseBase:
    """Say who is responsible."""
    return public(render(request, "site/imprint.html"))


@require_safe
def privacy(request: HttpRequest) -> HttpResponseBase:
    """Say what is stored of a visitor, why and for how long."""
    return public(render(request, "site/privacy.html"))


@require_safe
def accessibility(request: HttpRequest) -> HttpResponseBase:
    """Say how accessible the pages are and where to report a barrier."""
    return public(render(request, "site/accessibility.html"))


@require_safe
def healthz(request: HttpRequest) -> HttpResponseBase:
    """Answer while the process lives."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> HttpResponseBase:
    """Answer 200 when the database answers, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception:  # noqa: BLE001 - whatever it is, we are not ready
        return JsonResponse({"database": "down"}, status=503)
    return JsonResponse({"database": "ok"})


def with_slash(request: HttpRequest, rest: str) -> HttpResponseBase:
    """Lead an address without its slash to the one with it, if that exists."""
    target = f"{request.path}/"
    try:
        resolve(target)
    except Resolver404:
        raise no_page() from None
    if request.method not in ("GET", "HEAD"):
        raise no_page()
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{target}?{query}" if query else target)
