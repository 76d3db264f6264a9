"""Headers that every answer carries: nothing is cached, framed, guessed or leaked unless a view says so."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}


class HeadersMiddleware:
    """Denies caching by default and sets the security headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request; what carries no Cache-Control is `no-store`."""
        response = self.get_response(request)
        for name, value in FIXED.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "no-store")
        if not response.headers["Cache-Control"].startswith("public"):
            response.headers.setdefault("X-Robots-Tag", "noindex")
        return response


def public(response: HttpResponseBase, *, seconds: int = 0) -> HttpResponseBase:
    """Mark an answer as the same for everybody, so that caches may keep it for some seconds."""
    response.headers["Cache-Control"] = f"public, max-age={seconds}, stale-while-revalidate=5"
    return response
