"""Tells changes of the programme to open pages, in words and in the fragments the pages are made of."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from tagwerk.events.models import Event, Slot
from tagwerk.live.changes import CREW, Fact
from tagwerk.live.wiring import Render
from tagwerk.programme.cards import SessionCard, grid_of
from tagwerk.programme.changes import (
    HostFound,
    HostMissing,
    Relocation,
    SessionCancelled,
    SessionFull,
    SessionMoved,
    SessionRestored,
    SessionsPinned,
    SessionsRearranged,
)
from tagwerk.programme.models import Absence, Announcement
from tagwerk.programme.rules import disruption_lines
from tagwerk.programme.words import Spot, moved
from tagwerk.site import fragments
from tagwerk.site.alarms import alarms
from tagwerk.site.news import current_notices
from tagwerk.site.rooms import topics_panel
from tagwerk.site.walls import state_html

Fields = Mapping[str, Any]
READ_OUT = 3  # moves that are said one by one


def session(stream: int, fact: Fact) -> Render:
    """Render the slots that a session left and entered, its topic, and the sentence to be read out."""
    event = event_of(stream)
    grid = grid_of(event)
    left = {fact.from_slot} if isinstance(fact, SessionMoved) else set()
    topic_html = topics_panel().card_renderer(event, grid.card(fact.code).topic_code)

    def render(audience: str) -> Fields:
        card = grid.card(fact.code)
        html = fragments.slots(grid, {card.slot_id} | left, audience) + topic_html(audience)
        if audience != CREW:
            html += fragments.whole_session(event, card)
        elif isinstance(fact, HostMissing | HostFound):
            html += fragments.rendered(event, "site/_desk_alarms.html", alarms=alarms(event, fact))
        fields = {"title": card.title, "text": sentence(fact, card), "html": html} | place(card)
        if audience == CREW and isinstance(fact, HostFound) and fact.instead:
            fields["instead"] = fact.instead  # kept with the words, so that it goes when they are blanked
        return fields | ({"number": card.topic_number} if card.topic_number else {})

    return render


def rearranged(stream: int, fact: Fact) -> Render:
    """Render every slot that a session left or entered, its topic and its page, and a sentence for each."""
    if not isinstance(fact, SessionsRearranged):
        raise TypeError(fact)
    event = event_of(stream)
    grid = grid_of(event)
    numbers = {number for move in fact.moves for number in (move.slot, move.from_slot)}
    topics = [topics_panel().card_renderer(event, grid.card(move.code).topic_code) for move in fact.moves]

    def render(audience: str) -> Fields:
        cards = [grid.card(move.code) for move in fact.moves]
        html = fragments.slots(grid, numbers, audience) + "".join(topic(audience) for topic in topics)
        if audience != CREW:
            html += "".join(fragments.whole_session(event, card) for card in cards)
        lines = [_moved(move, card, _name(card)) for move, card in zip(fact.moves, cards, strict=True)]
        return {"text": _together(lines), "lines": lines, "html": html}

    return render


def pinned_together(stream: int, fact: Fact) -> Render:
    """Render the slots whose sessions were pinned or let loose, for the crew."""
    if not isinstance(fact, SessionsPinned):
        raise TypeError(fact)
    grid, numbers = grid_of(event_of(stream)), fact.slots

    def render(audience: str) -> Fields:
        return {"html": fragments.slots(grid, numbers, audience)}

    return render


def host_times(stream: int, fact: Fact) -> Render:
    """Render for the crew what a host brings and holds, once somebody said when they are not free."""
    event = event_of(stream)
    hosts = set(Absence.objects.get(event=event, code=fact.code).hosts)
    grid = grid_of(event)
    held = {number for number, sessions in grid.sessions.items() if any(hosts & set(one.hosts) for one in sessions)}
    topics_html = topics_panel().crew.cards_of_hosts(event, hosts)
    return lambda audience: {"html": fragments.slots(grid, held, audience) + topics_html(audience)}


def insight(stream: int, fact: Fact) -> Render:
    """Render what a session brought: its page and the walls, which show it at the end, and the crew's row."""
    event = event_of(stream)
    grid = grid_of(event)

    def render(audience: str) -> Fields:
        card = grid.card(fact.code)
        if audience == CREW:
            return {"title": card.title, "html": fragments.slots(grid, {card.slot_id}, audience)}
        return {"title": card.title, "html": fragments.whole_session(event, card) + state_html(event)}

    return render


def announcement(stream: int, fact: Fact) -> Render:
    """Give a notice's words and the list of notices."""
    event = event_of(stream)
    notice = Announcement.objects.get(event=event, code=fact.code)
    notices = current_notices(event)
    is_disruption = bool(disruption_lines(notice.text))

    def render(audience: str) -> Fields:
        template = "site/_desk_news.html" if audience == CREW else "site/_news.html"
        html = fragments.rendered(event, template, announcements=notices)
        if is_disruption and audience != CREW:
            html += state_html(event)
        return {"html": html} if notice.is_withdrawn else {"text": notice.text, "html": html}

    return render


def event_of(stream: int) -> Event:
    """Give the event of a stream."""
    return Event.objects.select_related("realm").get(realm_id=stream)


def place(card: SessionCard) -> dict[str, Any]:
    """Name the place of a session for people."""
    return {"start": card.start.isoformat(), "end": card.end.isoformat(), "room_name": card.room_name}


def sentence(fact: Fact, card: SessionCard) -> str:
    """Say in one sentence what happened to a session."""
    name = _name(card)
    if isinstance(fact, SessionCancelled):
        return _("Fällt aus: %(name)s") % {"name": name}
    if isinstance(fact, SessionRestored):
        return _("Findet doch statt: %(name)s") % {"name": name}
    if isinstance(fact, SessionFull):
        return (_("Voll: %(name)s") if fact.full else _("Wieder Platz: %(name)s")) % {"name": name}
    if isinstance(fact, SessionMoved):
        return _moved(fact, card, name)
    if isinstance(fact, HostMissing):
        values = {"name": name, "room": card.room_name}
        return _("%(name)s, %(room)s: Wir suchen jemanden, der übernimmt") % values
    if isinstance(fact, HostFound):
        return _found(fact, card, name)
    return _("Neu im Programm: %(name)s") % {"name": name}


def _found(fact: HostFound, card: SessionCard, name: str) -> str:
    if fact.before and card.host_name:
        return _("%(name)s: %(host)s übernimmt") % {"name": name, "host": card.host_name}
    return _("%(name)s findet statt, es ist jemand da") % {"name": name}


def _name(card: SessionCard) -> str:
    return _("Thema %(number)s") % {"number": card.topic_number} if card.topic_number else card.title


def _together(lines: list[str]) -> str:
    """Give what can be read out; of many moves only how many they are."""
    if len(lines) <= READ_OUT:
        return ". ".join(lines)
    return _("%(n)s Sessions finden zu anderer Zeit oder in einem anderen Raum statt.") % {"n": len(lines)}


def _moved(fact: SessionMoved | Relocation, card: SessionCard, name: str) -> str:
    old = Slot.objects.select_related("day__event").get(pk=fact.from_slot)
    event = old.day.event
    room = event.rooms.filter(pk=fact.from_room or 0).first()
    before = Spot(old.start.astimezone(event.timezone), room.name if room else "")
    return moved(name, before, Spot(card.start, card.room_name))
