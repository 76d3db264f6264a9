"""Copies the stands of a market to practise with: where they are and what they are called, and nobody to write to."""

from collections.abc import Mapping

from tagwerk.events.models import Event, Room
from tagwerk.kit.codes import new_code
from tagwerk.kit.writer import action
from tagwerk.market.models import Booth, BoothSession
from tagwerk.programme.models import Session, Track

WORDS = ("name", "number", "place", "position", "is_shown")


@action
def copy_booths(
    event: Event,
    copy: Event,
    rooms: Mapping[int, Room],
    tracks: Mapping[int, Track],
    sessions: Mapping[int, Session],
) -> None:
    """Put an event's stands into its copy, with those of their sessions that are there; tells nobody.

    Rooms, themes and sessions come by the numbers of those that they are copies of.
    """
    codes: set[str] = set()
    for booth in Booth.objects.filter(event=event).prefetch_related("stand_sessions"):
        code = new_code(lambda code: code in codes)
        codes.add(code)
        there = Booth.objects.create(
            event=copy,
            code=code,
            room=rooms.get(booth.room_id or 0),
            track=tracks.get(booth.track_id or 0),
            **{name: getattr(booth, name) for name in WORDS},
        )
        found = (sessions.get(row.session_id) for row in booth.stand_sessions.all())
        BoothSession.objects.bulk_create(BoothSession(booth=there, session=one) for one in found if one)
