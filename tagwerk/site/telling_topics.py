"""Tells changes of topics to open pages."""

from collections.abc import Mapping
from typing import Any

from tagwerk.barcamp.cards import topic_card
from tagwerk.barcamp.changes import TopicBacked
from tagwerk.barcamp.models import Topic
from tagwerk.events.models import Event
from tagwerk.live.changes import CREW, Fact
from tagwerk.site import fragments
from tagwerk.site.telling import event_of, place

Fields = Mapping[str, Any]


def new_topic(stream: int, fact: Fact, audience: str) -> Fields:
    """Render the card of a topic that nobody has on the page yet."""
    found = _topic(stream, fact.code)
    if audience == CREW:
        return {"title": found.title, "html": card_html(found, audience)}
    return {"title": found.title, "html": fragments.rendered(found.event, "barcamp/_topic.html", topic=topic_card(found))}


def topic(stream: int, fact: Fact, audience: str) -> Fields:
    """Render a topic's card."""
    found = _topic(stream, fact.code)
    return {"title": found.title, "html": card_html(found, audience)}


def topic_and_place(stream: int, fact: Fact, audience: str) -> Fields:
    """Render a topic's card and the slot in which its session stands."""
    found = _topic(stream, fact.code)
    html = card_html(found, audience)
    session = topic_card(found).session
    if session is None:
        return {"title": found.title, "html": html}
    html += fragments.slots(found.event, {session.slot_id}, audience)
    if audience != CREW:
        html += fragments.whole_session(found.event, session)
    return {"title": found.title, "html": html, **place(session)}


def count(stream: int, fact: Fact, audience: str) -> Fields:
    """Give a topic's count as its event shows it, exact for the crew; no words, no html."""
    if not isinstance(fact, TopicBacked):
        raise TypeError(fact)
    number = fact.interest if audience == CREW else fact.shown
    return {"enough": fact.enough} | ({} if number is None else {"count": number})


def card_html(found: Topic, audience: str) -> str:
    """Render the card of a topic for everybody, or for the desk with exact counts."""
    if audience == CREW:
        return fragments.rendered(found.event, "site/_desk_topic.html", topic=topic_card(found, exact=True))
    card = topic_card(found)
    templates = ("barcamp/_topic.html", "barcamp/_topic_whole.html")
    return "".join(fragments.rendered(found.event, template, topic=card) for template in templates)


def _topic(stream: int, code: str) -> Topic:
    event: Event = event_of(stream)
    return Topic.objects.of(event).get(code=code)
