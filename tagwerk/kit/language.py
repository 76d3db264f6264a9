"""The language of a page comes from its address: German plain, English under /en/; no cookie, no guessing."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver
from django.urls.resolvers import LocalePrefixPattern
from django.utils import timezone, translation

INFORMAL = "de-du"


def of_path(path: str) -> str:
    """Give the language of an address: `en` or `de`."""
    return "en" if path == "/en" or path.startswith("/en/") else "de"


def of_request(request: HttpRequest) -> str:
    """Give the language a program asks for: `?lang=`, else Accept-Language, else the address."""
    asked = request.GET.get("lang") or request.headers.get("Accept-Language", "")[:2].lower()
    return asked if asked in ("de", "en") else of_path(request.path)


def short() -> str:
    """Give the active language as a page names it: `de` for both forms of address."""
    return "en" if (translation.get_language() or "").startswith("en") else "de"


def other_address(path: str) -> str:
    """Give the address of the same page in the other language; never one that a browser reads as another host."""
    return "/" + path[3:].lstrip("/\\") if of_path(path) == "en" else f"/en{path}"


class _Prefix(LocalePrefixPattern):
    """English stands under /en/, both forms of German stand at the plain address."""

    @property
    def language_prefix(self) -> str:
        """Give the part of the address that names the language."""
        return "en/" if short() == "en" else ""


def in_both_languages(*patterns: URLPattern | URLResolver) -> list[URLResolver]:
    """Put pages at the plain address and under /en/."""
    return [URLResolver(_Prefix(prefix_default_language=False), list(patterns))]


class LanguageMiddleware:
    """Activates the language of the address for the time of one request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request in its language."""
        is_api = request.path.startswith("/api/")
        language = of_request(request) if is_api else of_path(request.path)
        request.LANGUAGE_CODE = language
        # An event's page then speaks with its own form of address and in its own zone, until the answer is made.
        with translation.override(language), timezone.override(None):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
        return response


def german(*, informal: bool) -> str:
    """Give the code of the German catalogue: with *du* or with *Sie*."""
    return INFORMAL if informal else settings.LANGUAGE_CODE
