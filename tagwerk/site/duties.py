"""Pages that the law asks for, and the small ones that machines ask for."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from tagwerk.kit.headers import public


def imprint(request: HttpRequest) -> HttpResponseBase:
    """Say who is responsible."""
    return public(render(request, "site/imprint.html"))


def privacy(request: HttpRequest) -> HttpResponseBase:
    """Say what is stored of a visitor, why and for how long."""
    return public(render(request, "site/privacy.html"))


def accessibility(request: HttpRequest) -> HttpResponseBase:
    """Say how accessible the pages are and where to report a barrier."""
    return public(render(request, "site/accessibility.html"))


def healthz(request: HttpRequest) -> HttpResponseBase:
    """Answer while the process lives."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(request: HttpRequest) -> HttpResponseBase:
    """Answer 200 when the database answers, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception:  # noqa: BLE001 - whatever it is, we are not ready
        return JsonResponse({"database": "down"}, status=503)
    return JsonResponse({"database": "ok"})
