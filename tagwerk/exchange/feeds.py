"""Writes news as feeds: Atom (RFC 4287) and JSON Feed 1.1."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from tagwerk.exchange import tidy
from tagwerk.exchange.clock import clock
from tagwerk.exchange.ourselves import NAME, our_version

ATOM, JSON = "application/atom+xml; charset=utf-8", "application/feed+json"
NEVER = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class News:
    """A piece of news: its address, which stays, its title, its text as safe HTML, when it came and changed (aware)."""

    url: str
    title: str
    published: datetime
    html: str = ""
    updated: datetime | None = None
    author: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says of itself: name, the address of its page and of itself, language, who speaks."""

    title: str
    url: str
    self_url: str
    language: str = "de"
    author: str = ""
    subtitle: str = ""


def atom(feed: Feed, news: Iterable[News]) -> bytes:
    """Give news as Atom, newest first; what has no address or no date is left out."""
    listed = _listed(news)
    latest = max((_changed(one) for one in listed), default=NEVER)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{_xml(feed.language)}">',
        f"<id>{_xml(tag(feed.url, NEVER))}</id>",
        f"<title>{_xml(feed.title)}</title>",
        *([f"<subtitle>{_xml(feed.subtitle)}</subtitle>"] if feed.subtitle else []),
        f'<link rel="self" type="application/atom+xml" href="{_xml(feed.self_url)}"/>',
        f'<link rel="alternate" type="text/html" href="{_xml(feed.url)}"/>',
        f"<updated>{clock(latest)}</updated>",
        f"<author><name>{_xml(feed.author or feed.title)}</name></author>",
        f'<generator version="{_xml(our_version())}">{NAME}</generator>',
    ]
    for one in listed:
        lines += [
            "<entry>",
            f"<id>{_xml(tag(one.url, one.published))}</id>",
            f"<title>{_xml(one.title)}</title>",
            f'<link rel="alternate" type="text/html" href="{_xml(one.url)}"/>',
            f"<published>{clock(one.published)}</published>",
            f"<updated>{clock(_changed(one))}</updated>",
            *([f"<author><name>{_xml(one.author)}</name></author>"] if one.author else []),
            f'<content type="html">{_xml(one.html)}</content>',
            "</entry>",
        ]
    return "\n".join([*lines, "</feed>", ""]).encode()


def json_feed(feed: Feed, news: Iterable[News]) -> bytes:
    """Give news as a JSON Feed, newest first; what has no address or no date is left out."""
    items = [
        {
            "id": one.url,
            "url": one.url,
            "title": one.title,
            "content_html": one.html,
            "date_published": clock(one.published),
            "date_modified": clock(_changed(one)),
            **({"authors": [{"name": one.author}]} if one.author else {}),
        }
        for one in _listed(news)
    ]
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.url,
        "feed_url": feed.self_url,
        **({"description": feed.subtitle} if feed.subtitle else {}),
        "language": feed.language,
        "authors": [{"name": feed.author or feed.title}],
        "items": items,
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def tag(url: str, since: datetime) -> str:
    """Give a name that stays (RFC 4151), even when the address moves from http to https."""
    parts = urlsplit(url)
    return f"tag:{parts.hostname or 'localhost'},{since.astimezone(UTC):%Y-%m-%d}:{parts.path or '/'}"


def _listed(news: Iterable[News]) -> list[News]:
    sound = [one for one in news if tidy.address(one.url) and tidy.moment(one.published)]
    return sorted(sound, key=lambda one: (one.published, one.url), reverse=True)


def _changed(one: News) -> datetime:
    return one.updated if one.updated and tidy.moment(one.updated) else one.published


def _xml(text: str) -> str:
    plain = tidy.shown(text)
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
