"""Copies what stands fixed in a programme, and clears a programme for good."""

from collections.abc import Mapping
from dataclasses import dataclass

from tagwerk.events.models import Event, Room, Slot
from tagwerk.kit.writer import action
from tagwerk.programme.actions.sessions import add_session
from tagwerk.programme.models import Placement, Session, Track
from tagwerk.programme.rules import Kind

WORDS = ("kind", "title", "description", "host_name", "needs")


@dataclass(frozen=True)
class Copied:
    """Copied themes and sessions, by the numbers of those that they are copies of."""

    tracks: dict[int, Track]
    sessions: dict[int, Session]


@action
def copy_fixed(event: Event, copy: Event, slots: Mapping[int, Slot], rooms: Mapping[int, Room]) -> Copied:
    """Put what stands fixed in an event's programme (welcome, talks, breaks), with the themes, into its copy; tells nobody."""
    tracks = {track.pk: _copy_track(track, copy) for track in event.tracks.all()}
    fixed = Session.objects.of(event).filter(placement__is_active=True).exclude(kind=Kind.BARCAMP)
    sessions = {}
    for session in fixed.in_order():
        words = {name: getattr(session, name) for name in WORDS}
        place = session.placement
        there = add_session(copy, track=tracks.get(session.track_id or 0), **words)
        Placement.objects.create(
            session=there,
            slot=slots[place.slot_id],
            room=rooms[place.room_id] if place.room_id else None,
            is_pinned=place.is_pinned,
        )
        sessions[session.pk] = there
    return Copied(tracks, sessions)


@action
def clear(event: Event) -> None:
    """Delete everything that stands in an event's programme, for good."""
    Session.objects.filter(event=event).delete()


def _copy_track(track: Track, copy: Event) -> Track:
    words = {name: getattr(track, name) for name in ("slug", "name", "accent", "position")}
    return Track.objects.create(event=copy, **words)
