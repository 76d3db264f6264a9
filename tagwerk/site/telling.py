"""Renders changes for open pages: the same fragments that the pages themselves are made of."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from tagwerk.barcamp.cards import TopicCard, topic_card
from tagwerk.barcamp.models import Topic
from tagwerk.events.models import Event, Slot
from tagwerk.live.changes import CREW, Fact
from tagwerk.live.wiring import address
from tagwerk.programme.cards import SessionCard, now_and_next, placed_sessions, session_card, slot_rows
from tagwerk.programme.changes import SessionCancelled, SessionFact, SessionMoved, SessionRestored
from tagwerk.programme.models import Announcement, Session

Fields = Mapping[str, Any]


def topic(stream: int, fact: Fact, audience: str) -> Fields:
    """Render a topic's card."""
    card, event = _topic(stream, fact.code, audience)
    return {"title": card.title, "html": _topic_html(event, card, audience)}


def topic_and_place(stream: int, fact: Fact, audience: str) -> Fields:
    """Render a topic's card and the slot in which its session stands."""
    card, event = _topic(stream, fact.code, audience)
    fields: dict[str, Any] = {"title": card.title}
    html = _topic_html(event, card, audience)
    if card.session and card.session.slot_id:
        html += _slots_html(event, {card.session.slot_id}, card.session, audience)
        fields |= _place(card.session)
    return fields | {"html": html}


def count(stream: int, fact: Fact, audience: str) -> Fields:
    """Give a topic's count as its event shows it, exact for the crew; no words, no html."""
    card, _event = _topic(stream, fact.code, audience)
    fields: dict[str, Any] = {"enough": card.is_enough}
    return fields if card.interest is None else fields | {"count": card.interest}


def session(stream: int, fact: Fact, audience: str) -> Fields:
    """Render the slots that a session left and entered, its topic, and the sentence to be read out."""
    event = _event(stream)
    found: Session = placed_sessions(event).get(code=fact.code)
    card = session_card(found)
    slots = {card.slot_id} | ({fact.from_slot} if isinstance(fact, SessionMoved) else set())
    html = _slots_html(event, {slot for slot in slots if slot}, card, audience)
    if card.topic_code:
        html += _topic_html(event, _topic(stream, card.topic_code, audience)[0], audience)
    fields = {"title": card.title, "text": _sentence(fact, card), "html": html} | _place(card)
    return fields | ({"number": card.topic_number} if card.topic_number else {})


def announcement(stream: int, fact: Fact, audience: str) -> Fields:
    """Give a notice's words and the list of notices."""
    event = _event(stream)
    notice = Announcement.objects.get(event=event, code=fact.code)
    html = _rendered(event, "site/_news.html", announcements=current_notices(event))
    return {"html": html} if notice.is_withdrawn else {"text": notice.text, "html": html}


def current_notices(event: Event) -> list[Announcement]:
    """Give the newest notices that stand."""
    return list(event.announcements.filter(is_withdrawn=False)[:5])


def _event(stream: int) -> Event:
    return Event.objects.select_related("realm").get(realm_id=stream)


def _topic(stream: int, code: str, audience: str) -> tuple[TopicCard, Event]:
    found = Topic.objects.of(_event(stream)).get(code=code)
    return topic_card(found, exact=audience == CREW), found.event


def _topic_html(event: Event, card: TopicCard, audience: str) -> str:
    if audience == CREW:
        return _rendered(event, "site/_desk_topic.html", topic=card)
    return "".join(_rendered(event, f"barcamp/{name}.html", topic=card) for name in ("_topic", "_topic_whole"))


def _slots_html(event: Event, slots: set[int], card: SessionCard, audience: str) -> str:
    found = Slot.objects.filter(pk__in=slots, day__event=event).select_related("day__event")
    templates = ("site/_desk_slot.html",) if audience == CREW else ("programme/_slot.html", "site/_board_slot.html")
    rows = slot_rows(event, found)
    html = "".join(_rendered(event, template, slot=row) for row in rows for template in templates)
    if audience == CREW:
        return html
    coming = {"coming_url": address("coming", event.slug, card.code), "description": card.description}
    whole = _rendered(event, "programme/_session_whole.html", session=card, **coming)
    return html + whole + now_html(event)


def now_html(event: Event) -> str:
    """Render what runs now and what comes next."""
    return _rendered(event, "site/_now.html", slots=now_and_next(slot_rows(event)))


def _rendered(event: Event, template: str, **context: Any) -> str:
    with timezone.override(event.timezone):
        return render_to_string(template, context | {"frame_event": event, "takes_part": event.takes_part})


def _place(card: SessionCard) -> dict[str, Any]:
    return {"start": card.start.isoformat(), "end": card.end.isoformat(), "room_name": card.room_name}


def _sentence(fact: Fact, card: SessionCard) -> str:
    name = _("Thema %(number)s") % {"number": card.topic_number} if card.topic_number else card.title
    if isinstance(fact, SessionCancelled):
        return _("Entfällt: %(name)s") % {"name": name}
    if isinstance(fact, SessionRestored):
        return _("Findet doch statt: %(name)s") % {"name": name}
    if isinstance(fact, SessionMoved):
        return _moved(fact, card, name)
    return _("Neu im Programm: %(name)s") % {"name": name} if isinstance(fact, SessionFact) else name


def _moved(fact: SessionMoved, card: SessionCard, name: str) -> str:
    old = Slot.objects.filter(pk=fact.from_slot).select_related("day__event").first()
    event = old.day.event if old else None
    room = event.rooms.filter(pk=fact.from_room).first() if event else None
    values = {
        "name": name,
        "room": card.room_name,
        "time": f"{card.start:%H:%M}",
        "old_room": room.name if room else "",
        "old_time": f"{old.start.astimezone(event.timezone):%H:%M}" if old and event else "",
    }
    if fact.slot == fact.from_slot:
        return _("Geändert: %(name)s in %(room)s statt %(old_room)s") % values
    if fact.room == fact.from_room:
        return _("Geändert: %(name)s um %(time)s statt %(old_time)s, %(room)s") % values
    return _("Geändert: %(name)s um %(time)s, %(room)s (statt %(old_time)s, %(old_room)s)") % values
