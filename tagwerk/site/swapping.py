"""With whom a prepared session can change places."""

from django.utils import timezone

from tagwerk.events.models import Event
from tagwerk.kit.day_words import in_words
from tagwerk.programme.labels import UNNAMED
from tagwerk.programme.models import Session
from tagwerk.programme.rules import Kind


def partners(event: Event, session: Session) -> list[tuple[str, str]]:
    """Give code and words of the sessions with which one can change places, in the order of the day.

    There are none while it has no place itself.
    """
    if not (hasattr(session, "draft_place") or hasattr(session, "placement")):
        return []
    rows = Session.objects.filter(event=event).exclude(kind=Kind.BARCAMP).exclude(pk=session.pk)
    found = []
    for row in rows.select_related("placement__slot", "placement__room", "draft_place__slot", "draft_place__room"):
        place = getattr(row, "draft_place", None) or getattr(row, "placement", None)
        if place is not None:
            begins = timezone.localtime(place.slot.start, event.timezone)
            words = [
                in_words(begins, "D, j.n. H:i"),
                place.room.name if place.room else "",
                row.title or str(UNNAMED),
            ]
            found.append((begins, row.code, " · ".join(filter(None, words))))
    return [(code, words) for _begins, code, words in sorted(found)]
