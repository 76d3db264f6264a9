"""Tells changes of topics to open pages."""

from collections.abc import Callable, Mapping
from typing import Any

from tagwerk.barcamp.cards import topic_card
from tagwerk.barcamp.changes import TopicBacked, TopicUnplanned
from tagwerk.barcamp.models import Topic
from tagwerk.live.changes import CREW, Fact
from tagwerk.live.wiring import Render
from tagwerk.programme.cards import grid_of
from tagwerk.site import fragments
from tagwerk.site.telling import event_of, place
from tagwerk.site.walls import while_collecting

Fields = Mapping[str, Any]
DESK_FRAGMENTS = ("site/_desk_topic.html", "site/_regie_topic.html")
PAGE_FRAGMENTS = ("barcamp/_topic.html", "barcamp/_topic_whole.html")


def new_topic(stream: int, fact: Fact) -> Render:
    """Render the card of a topic that nobody has on the page yet."""
    found = _topic(stream, fact.code)
    wall_html = while_collecting(found.event)

    def render(audience: str) -> Fields:
        html = card_html(found, audience, whole=False)
        return {"title": found.title, "html": html if audience == CREW else html + wall_html()}

    return render


def topic(stream: int, fact: Fact) -> Render:
    """Render a topic's card."""
    found = _topic(stream, fact.code)
    return lambda audience: {"title": found.title, "html": card_html(found, audience)}


def topic_and_place(stream: int, fact: Fact) -> Render:
    """Render a topic's card and the slots in which its sessions stand."""
    found = _topic(stream, fact.code)
    if topic_card(found).session is None or getattr(fact, "together", False):
        return topic(stream, fact)  # of many that are announced in one go, pages get the programme once

    def render(audience: str) -> Fields:
        grid = grid_of(found.event)
        session = grid.card(found.session.code if found.session else "")
        return {"title": found.title, "html": with_places(found, audience), **place(session)}

    return render


def topic_out_of_place(stream: int, fact: Fact) -> Render:
    """Render a topic's card and the slot that it left."""
    if not isinstance(fact, TopicUnplanned):
        raise TypeError(fact)
    found = _topic(stream, fact.code)
    grid = grid_of(found.event)

    def render(audience: str) -> Fields:
        html = card_html(found, audience) + fragments.slots(grid, {fact.slot}, audience)
        return {"title": found.title, "html": html}

    return render


def with_places(found: Topic, audience: str) -> str:
    """Render a topic's card and the slots of its sessions, for everybody with the sessions' own pages."""
    grid = grid_of(found.event)
    sessions = [grid.card(session.code) for session in found.sessions if hasattr(session, "placement")]
    html = card_html(found, audience)
    if sessions:
        html += fragments.slots(grid, {session.slot_id for session in sessions}, audience)
    if audience != CREW:
        html += "".join(fragments.whole_session(found.event, session) for session in sessions)
    return html


def count(stream: int, fact: Fact) -> Render:
    """Give a topic's count as its event shows it, exact for the crew; no words, no html."""
    if not isinstance(fact, TopicBacked):
        raise TypeError(fact)
    everybody: Fields = {"enough": fact.enough} | ({} if fact.shown is None else {"count": fact.shown})
    crew: Fields = {"enough": fact.enough, "count": fact.interest, "devices": fact.devices}
    if fact.remote is not None:
        crew = {**crew, "remote": fact.remote}
    return lambda audience: crew if audience == CREW else everybody


def card_html(found: Topic, audience: str, *, whole: bool = True) -> str:
    """Render the card of a topic for everybody (with its own page's), or for the desk with exact counts."""
    is_crew = audience == CREW
    card = topic_card(found, exact=is_crew)
    templates = DESK_FRAGMENTS if is_crew else PAGE_FRAGMENTS[: 1 + whole]
    return "".join(fragments.rendered(found.event, template, topic=card) for template in templates)


def card_renderer(found: Topic) -> Callable[[str], str]:
    """Give what renders the card of a topic for an audience."""
    return lambda audience: card_html(found, audience)


def _topic(stream: int, code: str) -> Topic:
    return Topic.objects.of(event_of(stream)).get(code=code)
