"""The notices of an event as a feed that readers subscribe to: Atom and JSON Feed."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from tagwerk.events.models import Event
from tagwerk.events.pages import page
from tagwerk.exchange import feeds
from tagwerk.exchange.feeds import Feed, News
from tagwerk.kit.addresses import public_base
from tagwerk.kit.headers import public
from tagwerk.kit.language import short
from tagwerk.programme.models import Announcement

MOST = 50


@require_safe
@page
def atom(request: HttpRequest, event: Event) -> HttpResponseBase:
    """Answer the notices as Atom."""
    return _answer(request, event, feeds.ATOM, feeds.atom)


@require_safe
@page
def json(request: HttpRequest, event: Event) -> HttpResponseBase:
    """Answer the notices as a JSON feed."""
    return _answer(request, event, feeds.JSON, feeds.json_feed)


def _answer(
    request: HttpRequest, event: Event, media_type: str, write: Callable[[Feed, list[News]], bytes]
) -> HttpResponseBase:
    base = public_base(request)
    home = base + reverse("site:home", args=[event.slug])
    feed = Feed(event.name, home, base + request.path, language=short(), subtitle=event.motto)
    notices = event.announcements.filter(is_withdrawn=False)[:MOST]
    body = write(feed, [_news(home, notice) for notice in notices])
    response = HttpResponse(body, media_type)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return public(response)


def _news(home: str, notice: Announcement) -> News:
    html = format_html("<p>{}</p>", notice.text)
    return News(f"{home}#notice-{notice.code}", notice.text, notice.made_at, html)
