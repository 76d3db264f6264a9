"""Takes an import back as a whole: what was new goes, what was changed says again what it said."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from django.utils.translation import gettext as _

from tagwerk.events.models import Day, Event, Room, Slot
from tagwerk.kit.refusals import Refusal
from tagwerk.kit.writer import action
from tagwerk.live import wiring
from tagwerk.live.actions import hold
from tagwerk.programme.actions.drafting import delete_draft, edit, put_draft, set_parts
from tagwerk.programme.actions.reframing import remove_day, remove_room
from tagwerk.programme.models import (
    DraftPlace,
    Embargo,
    Material,
    Participation,
    Placement,
    Session,
    Speaker,
    TakenImport,
    Track,
)

WORDS = (
    "title",
    "subtitle",
    "kind",
    "language",
    "level",
    "description",
    "plain_summary",
    "aids",
    "join_url",
    "links",
)
HANGING = {"embargo", "slides"}
State = dict[str, Any]


def as_it_stands(session: Session) -> State:
    """Give what a session says, where it shall stand and what hangs on it, as plain values; an embargo hides nothing here."""
    session = Session.objects.get(pk=session.pk)
    embargo = Embargo.objects.filter(session=session).first()
    hidden = embargo.words if embargo else {}
    rows = Participation.objects.filter(session=session).select_related("speaker")
    parts = [[code, part] for code, part, _instead in hidden.get("parts", [])]
    draft = DraftPlace.objects.filter(session=session).first()
    place = Placement.objects.filter(session=session).first()
    return {
        "words": {name: hidden.get(name, getattr(session, name)) for name in WORDS},
        "track": session.track_id,
        "parts": parts or [[row.speaker.code, row.part] for row in rows],
        "place": [place.slot_id, place.room_id] if place else None,
        "draft": [draft.slot_id, draft.room_id, draft.override] if draft else None,
        "embargo": embargo.until.isoformat() if embargo else None,
        "slides": [
            [row.pk, row.is_public] for row in Material.objects.filter(session=session).order_by("pk").defer("data")
        ],
    }


@action
def take_import_back(event: Event, *, actor: str = "") -> int:
    """Take back what the last file brought; gives how many sessions that concerned.

    All or nothing: raises `Refusal` where there is none, or (409) once somebody changed or released one of them, or gave
    a new one slides, an embargo or a stand. Who was deleted since stays deleted. Rooms and days that were made for it
    go while they are empty.
    """
    hold(event.stream)
    taken = TakenImport.objects.filter(event=event).first()
    if taken is None:
        raise Refusal("no-import", _("Das Einlesen ist schon zurückgenommen."))
    found = Session.objects.filter(event=event, code__in=list(taken.sessions)).select_related("event__realm")
    sessions = {session.code: session for session in found}
    for code, session in sessions.items():
        said = taken.sessions[code]
        if not _is_as_left(session, said):
            words = _("„%(title)s“ wurde seitdem geändert oder veröffentlicht. Es bleibt alles, wie es ist.")
            raise Refusal("changed-since", words % {"title": session.title}, status=409)
    for code, session in sessions.items():
        _take_back(event, session, taken.sessions[code]["before"], actor)
    empty = Room.objects.filter(event=event, placements__isnull=True, draft_places__isnull=True)
    for room in empty.filter(pk__in=taken.rooms):
        if not wiring.ask("stands_in", room.pk):
            remove_room(event, room.pk, actor=actor)
    made: dict[int, list[int]] = dict(taken.days)
    for day in event.days.filter(pk__in=made):
        _remove_day(day, made[day.pk], actor)
    taken.delete()
    return len(sessions)


def _is_as_left(session: Session, said: Mapping[str, Any]) -> bool:
    """Tell whether nobody built on what the import left; what hangs on a session that stays harms nothing."""
    looked = said["after"].keys() - (HANGING if said["before"] else set())
    now = as_it_stands(session)
    return all(now[name] == said["after"][name] for name in looked) and (said["before"] or not _is_held_above(session))


def _remove_day(day: Day, slots: Sequence[int], actor: str) -> None:
    """Remove a day that was made, unless it has other slots by now or something holds it."""
    if not day.slots.exclude(pk__in=slots).exists():
        with suppress(Refusal):
            remove_day(day.event, day.pk, actor=actor)


def _is_held_above(session: Session) -> bool:
    """Tell whether a room above relies on a session that would go."""
    return any(wiring.ask(name, session.pk) for name in ("is_at_stand", "is_contribution"))


def _take_back(event: Event, session: Session, before: Mapping[str, Any] | None, actor: str) -> None:
    if before is None:
        delete_draft(session, actor=actor)
        return
    track = Track.objects.filter(event=event, pk=before["track"]).first()
    edit(session, {**before["words"], "track": track}, actor=actor)
    codes = [code for code, _part in before["parts"]]
    known = {speaker.code: speaker for speaker in Speaker.objects.filter(event=event, code__in=codes)}
    set_parts(session, [(known[code], part) for code, part in before["parts"] if code in known], actor=actor)
    if before["draft"] is None:
        DraftPlace.objects.filter(session=session).delete()
        return
    slot, room, override = before["draft"]
    place = Slot.objects.filter(day__event=event, pk=slot).first()
    if place is not None:
        put_draft(session, place, Room.objects.filter(event=event, pk=room).first(), override=override, actor=actor)
