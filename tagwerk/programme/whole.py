"""Everything that a session's own page says beyond its card: who takes part, in plain words, how to get in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from tagwerk.events.models import Event
from tagwerk.live.wiring import address, ask
from tagwerk.programme.cards import SessionCard
from tagwerk.programme.labels import PART_NAMES, language_name
from tagwerk.programme.models import Material, Participation, Session
from tagwerk.programme.rules import Kind, Part


@dataclass(frozen=True)
class PersonLine:
    """Somebody who takes part, as a session's page shows them; `part` is "" where it goes without saying."""

    name: str
    organisation: str
    part: str
    instead_of: str
    url: str


def whole_session(event: Event, card: SessionCard) -> Mapping[str, Any]:
    """Give what the template of a whole session needs."""
    session = Session.objects.filter(event=event, code=card.code).select_related("placement__room").get()
    online = session.placement.room.online_rooms.first() if session.placement.room else None
    takes_part = event.takes_part and card.kind != Kind.BREAK
    return {
        "session": card,
        "description": session.description,
        "is_markdown": session.kind != Kind.BARCAMP,
        "is_over": card.end <= timezone.now(),
        "subtitle": session.subtitle,
        "plain_summary": session.plain_summary,
        "language_name": language_name(session.language) if session.language else "",
        "links": session.links,
        "dial_in": session.dial_in or (online.dial_in if online else ""),
        "passcode": session.passcode,
        "slides": Material.objects.for_everybody().filter(session=session).defer("data"),
        "people": people_of(event, session),
        "stand": ask("stand", session.pk) if session.kind == Kind.STAND else None,
        "calendar_url": address("session_calendar", event.slug, session.code),
        "coming_url": address("coming", event.slug, session.code) if takes_part else "",
        "take_over_url": address("take_over", event.slug, session.code) if event.takes_part else "",
    }


def people_of(event: Event, session: Session) -> list[PersonLine]:
    """Give who takes part in a session, in its order; empty where its host is known by name only."""
    rows = Participation.objects.filter(session=session).select_related("speaker")
    return [
        PersonLine(
            row.speaker.name,
            row.speaker.organisation,
            "" if row.part == Part.SPEAKER else str(PART_NAMES[row.part]),
            row.instead_of,
            reverse("programme:speaker", args=[event.slug, row.speaker.code]),
        )
        for row in rows
    ]
