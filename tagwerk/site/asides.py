"""What the desk reads beside each session: why it should not stay where it is, and how many will come."""

from collections.abc import Collection

from django.utils import timezone
from django.utils.translation import gettext as _

from tagwerk.events.models import Event
from tagwerk.programme.absences import absence_words, away_at
from tagwerk.programme.cards import Aside
from tagwerk.programme.models import Absence, Session
from tagwerk.programme.rules import Kind
from tagwerk.site.rooms import topics_panel


def asides(event: Event, slots: Collection[int] | None = None) -> dict[str, Aside]:
    """Give what there is to say of the sessions that are not over (in some slots, or all), by their codes."""
    ahead = Session.objects.of(event).filter(placement__is_active=True, placement__slot__end__gt=timezone.now())
    ahead = topics_panel().crew.with_topics(ahead)
    if slots is not None:
        ahead = ahead.filter(placement__slot__in=slots)
    sessions, absences = list(ahead), list(Absence.objects.of(event))
    broken, expected = topics_panel().crew.beside(event, sessions)
    return {
        session.code: Aside(
            _closed(session) + _away(session, absences) + broken.get(session.pk, []), expected.get(session.pk)
        )
        for session in sessions
    }


def _closed(session: Session) -> list[str]:
    slot, room = session.placement.slot, session.placement.room
    is_shut = (room and not room.is_usable(slot)) or (session.kind == Kind.BARCAMP and not slot.is_open)
    return [_("steht, obwohl dort dann geschlossen ist")] if is_shut else []


def _away(session: Session, absences: list[Absence]) -> list[str]:
    away = away_at(session.placement.slot, session.hosts, absences)
    if away is None:
        return []
    values = {"name": away.host_name or session.host_name, "when": absence_words(away)}
    return [_("steht, obwohl %(name)s dann nicht frei ist: %(when)s") % values]
