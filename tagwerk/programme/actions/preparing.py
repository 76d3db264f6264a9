"""A session with everything that its form says, in one go: words, theme, people, place, embargo."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tagwerk.events.models import Event, Room
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold
from tagwerk.programme.actions.drafting import draft, edit, put_draft, set_embargo, set_parts
from tagwerk.programme.actions.speakers import add_track, speaker_named
from tagwerk.programme.actions.times import slot_at, tidy_slot
from tagwerk.programme.models import DraftPlace, Embargo, Participation, Placement, Session, Track


@dataclass(frozen=True)
class Prepared:
    """What is said of a session: its words by field, who takes part by name, when and where.

    `track` is the address of a theme, `new_track` the name of one that is to be made; `override` says why a clash is
    accepted, `adds_day` that a day which the event does not have yet is made.
    """

    words: Mapping[str, Any]
    people: Sequence[tuple[str, str]]
    start: datetime
    end: datetime
    room: Room | None
    track: str = ""
    new_track: str = ""
    embargo: datetime | None = None
    override: str = ""
    adds_day: bool = False


@action
def prepare(
    event: Event, session: Session | None, said: Prepared, *, revision: int | None = None, actor: str = ""
) -> Session:
    """Write a session (a new one for None) with everything that is said of it; gives it.

    Words and people of a public session change at once, its place with the next release. People that the event does not
    know yet are entered. Raises `Invalid` for what does not hold, `Refusal` (409) when somebody else was faster.
    """
    hold(event.stream)
    words = {**said.words, "track": _track(event, said)}
    if session is None:
        session = draft(event, words, actor=actor)
    else:
        edit(session, words, revision=revision, actor=actor)
    embargo = Embargo.objects.filter(session=session).first()
    parts = [(speaker_named(event, name, actor=actor), part) for name, part in said.people]
    if [(speaker.code, str(part)) for speaker, part in parts] != _standing(session, embargo):
        set_parts(session, parts, actor=actor)
    if (embargo.until if embargo else None) != said.embargo:
        set_embargo(session, said.embargo, actor=actor)
    _put(session, said, actor)
    return session


def _track(event: Event, said: Prepared) -> Track | None:
    tracks = list(event.tracks.all())
    if said.new_track:
        known = next((track for track in tracks if track.name.casefold() == said.new_track.casefold()), None)
        return known or add_track(event, said.new_track)
    return next((track for track in tracks if track.slug == said.track), None)


def _standing(session: Session, embargo: Embargo | None) -> list[tuple[str, str]]:
    if embargo:
        return [(code, str(part)) for code, part, _instead in embargo.words["parts"]]
    rows = Participation.objects.filter(session=session).select_related("speaker")
    return [(row.speaker.code, row.part) for row in rows]


def _put(session: Session, said: Prepared, actor: str) -> None:
    slot = slot_at(session.event, said.start, said.end, adds_day=said.adds_day)
    wanted = slot.pk, said.room.pk if said.room else None
    place = DraftPlace.objects.filter(session=session).first()
    stands = Placement.objects.filter(session=session).first()
    now = place or stands
    is_there = now is not None and (now.slot_id, now.room_id) == wanted
    if not is_there or (place and place.override != said.override):
        put_draft(session, slot, said.room, override=said.override, actor=actor)
        if now and not is_there:
            tidy_slot(now.slot)
