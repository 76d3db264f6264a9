"""Tells changes of topics to open pages."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import prefetch_related_objects

from tagwerk.barcamp.cards import topic_card
from tagwerk.barcamp.changes import TopicBacked, TopicsPaired, TopicUnplanned
from tagwerk.barcamp.models import WITH_CARDS, Topic
from tagwerk.kit.prepared import Prepared
from tagwerk.live.changes import CREW, Fact
from tagwerk.live.wiring import Render
from tagwerk.programme.cards import Grid, grid_of
from tagwerk.site import fragments
from tagwerk.site.telling import place
from tagwerk.site.walls import while_collecting

Fields = Mapping[str, Any]
# Told with every tap that decides something, dozens of times in an announcement.
_by_code = Prepared(lambda stream, code: Topic.objects.filter(event__realm=stream, code=code).for_cards())
DESK_FRAGMENTS = ("site/_desk_topic.html", "site/_regie_topic.html")
PAGE_FRAGMENTS = ("barcamp/_topic.html", "barcamp/_topic_whole.html")


def pair(stream: int, fact: Fact) -> Render:
    """Render for the crew the two topics that go together now (or no more), and where they stand."""
    if not isinstance(fact, TopicsPaired):
        raise TypeError(fact)
    found = [_topic(stream, code) for code in (fact.code, fact.other)]
    grid = grid_of(found[0].event)
    return lambda audience: {"html": "".join(with_places(one, audience, grid) for one in found)}


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
        # of many that are announced in one go, pages get the programme once
        return lambda audience: {"title": found.title, "html": card_html(found, audience)}

    grid = grid_of(found.event)
    code = getattr(fact, "session", "") or (found.session.code if found.session else "")

    def render(audience: str) -> Fields:
        session = grid.card(code)
        return {"title": found.title, "html": with_places(found, audience, grid), **place(session)}

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


def with_places(found: Topic, audience: str, grid: Grid) -> str:
    """Render a topic's card and the slots of its sessions, for everybody with the sessions' own pages."""
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
    found = _by_code.first(stream, code)
    if found is None:
        raise Topic.DoesNotExist(code)
    prefetch_related_objects([found], *WITH_CARDS)
    vars(found)["remote"] = found.remote_interest()  # asked once for all languages, as `with_remote` would
    return found
