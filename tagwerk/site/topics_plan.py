"""A device's own plan: what it comes to and wished, what runs at the same time, where it is free, what changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tagwerk.barcamp.cards import TopicCard, topic_cards
from tagwerk.barcamp.mine import Mine
from tagwerk.barcamp.mine import mine as what_is_mine
from tagwerk.barcamp.models import Topic
from tagwerk.barcamp.notices import notices_for
from tagwerk.events.models import Event
from tagwerk.people.models import DeviceToken
from tagwerk.programme.cards import SessionCard, grid_of, placed_sessions, session_card
from tagwerk.programme.models import Session
from tagwerk.programme.rules import Visit, overlapping
from tagwerk.programme.words import notice_line
from tagwerk.site import topics_hosts as hosts

Plain = dict[str, Any]


@dataclass(frozen=True)
class Gap:
    """A slot in which nothing of one's own stands, and how many sessions there are to choose from."""

    slot: int
    start: datetime
    end: datetime
    sessions: int


def plan(event: Event, device: DeviceToken | None) -> Plain:
    """Give what a device's own plan shows."""
    own = what_is_mine(event, device)
    topics = {
        card.code: card for card in topic_cards(Topic.objects.of(event).filter(code__in=own.interest + own.proposals))
    }
    interest = [topics[code] for code in own.interest if code in topics]
    planned = _my_sessions(event, own, interest)
    clashes = _clashes(planned, interest)
    rows: list[tuple[datetime, Plain]] = [
        (
            card.start,
            {"card": card, "clashes_with": clashes.get(card.code, ""), "is_coming": card.code in own.coming},
        )
        for card in planned
    ]
    rows += [(gap.start, {"gap": gap}) for gap in _gaps(event, planned)]
    rows.sort(key=lambda row: row[0])
    return {
        "hosted": hosts.plan(event, device),
        "planned": [row for _start, row in rows],
        "interest": interest,
        "proposals": [topics[code] for code in own.proposals if code in topics],
        "coming": own.coming,
        "summary": _summary(len(interest), sum(bool(card.places) for card in interest), len(clashes)),
    }


def notices(event: Event, device: DeviceToken | None) -> list[Plain]:
    """Give what changed for those who come, newest first."""
    found = notices_for(event, device)
    rooms = {room.pk: room.name for room in event.rooms.all()} if found else {}
    return [{"id": notice.pk, "text": notice_line(notice, rooms), "at": notice.told_at} for notice in found]


def calendar_sessions(event: Event, device: DeviceToken) -> tuple[list[Session], frozenset[str]]:
    """Give the sessions of a device's calendar, past ones too, and the codes of those it surely comes to."""
    own = what_is_mine(event, device)
    topics = Topic.objects.of(event).filter(code__in=own.interest + own.proposals)
    held = {topic.session_id for topic in topics.filter(host=device)} | {
        topic.repeat_id for topic in topics.filter(host=device)
    }
    wished = {number for topic in topics for number in (topic.session_id, topic.repeat_id)}
    found = list(placed_sessions(event).filter(Q(pk__in=wished - {None}) | Q(code__in=own.coming)))
    return found, frozenset(session.code for session in found if session.pk in held or session.code in own.coming)


def _gaps(event: Event, planned: list[SessionCard]) -> list[Gap]:
    """Give the times to come at which nothing of one's own stands, but something else does."""
    if not planned:
        return []
    busy = {card.slot_id for card in planned if not card.is_cancelled}
    rows = grid_of(event).rows()
    free = [row for row in rows if row.id not in busy and row.start > timezone.now()]
    counts = [(row, sum(not session.is_cancelled for session in row.sessions)) for row in free]
    return [Gap(row.id, row.start, row.end, count) for row, count in counts if count]


def _my_sessions(event: Event, own: Mine, interest: list[TopicCard]) -> list[SessionCard]:
    wanted = {place.code for card in interest for place in card.places} | set(own.coming)
    found = placed_sessions(event).filter(code__in=wanted, placement__slot__end__gt=timezone.now())
    return [session_card(session) for session in found]


def _clashes(planned: list[SessionCard], interest: list[TopicCard]) -> dict[str, str]:
    """Name for each session one that runs at the same time and that cannot be seen at another."""
    twice = [card.places for card in interest if len(card.places) > 1]
    other = {one.code: two.code for pair in twice for one, two in (pair, pair[::-1])}
    standing = [card for card in planned if not card.is_cancelled]
    return overlapping(
        [Visit(card.code, card.title, card.start, card.end, other.get(card.code, "")) for card in standing]
    )


def _summary(wanted: int, placed: int, clashing: int) -> str:
    if not placed:
        return ""
    said = ngettext(
        "%(placed)s von Ihren %(wanted)s Themen steht im Programm.",
        "%(placed)s von Ihren %(wanted)s Themen stehen im Programm.",
        placed,
    ) % {"placed": placed, "wanted": wanted}
    return f"{said} {_('Einige laufen gleichzeitig – bitte wählen Sie.')}" if clashing else said
