"""JSON calls about the programme: sessions are read and moved, notices made."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema
from pydantic import ConfigDict, Field, StrictBool, StrictInt, StrictStr

from tagwerk.events.calls import call
from tagwerk.events.models import Event, Room, Slot
from tagwerk.kit.codes import normal
from tagwerk.kit.problems import Problem
from tagwerk.kit.receipts import Answer
from tagwerk.kit.refusals import Unknown
from tagwerk.people.rules import RoleKind
from tagwerk.programme import actions
from tagwerk.programme.cards import placed_sessions
from tagwerk.programme.models import Session
from tagwerk.programme.state import SessionOut, session_state

router = Router(tags=["programme"])
LARGEST = 2**63 - 1
REFUSALS = {401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem, 429: Problem}


class MoveIn(Schema):
    """Where a session shall go, and the revision that the mover saw."""

    model_config = ConfigDict(extra="forbid")
    slot: StrictInt
    room: StrictInt
    revision: StrictInt | None = None


class MovedOut(SessionOut):
    """The session as it stands after the crew changed it."""

    revision: int


class DelayIn(Schema):
    """How many minutes everything from now on is late, and which anchors (`slot:4`, `room:2`) give way this once.

    Without `apply` nothing is stored; `revision` is what the caller saw.
    """

    model_config = ConfigDict(extra="forbid")
    minutes: StrictInt
    unpinned: list[StrictStr] = Field(default_factory=list, max_length=50)
    apply: StrictBool = False
    revision: StrictInt | None = None


class DelayOut(Schema):
    """The new times (UTC) of the slots that change; `revision` is null for a preview."""

    slots: list[dict[str, Any]]
    revision: int | None


class AnnouncementIn(Schema):
    """What everybody shall know."""

    model_config = ConfigDict(extra="forbid")
    text: StrictStr


class AnnouncementOut(Schema):
    """A notice that was made."""

    code: str
    text: str
    revision: int


@router.get("/{slug}/sessions/{code}", response={200: SessionOut, **REFUSALS}, summary="One session")
def read_session(request: HttpRequest, slug: str, code: str) -> Any:
    """Give one session with its place and the reasons for it."""
    return session_state(session_at(call(request, slug).event, code))


@router.post("/{slug}/sessions/{code}/move", response={200: MovedOut, **REFUSALS}, summary="Move a session (crew)")
def move_session(request: HttpRequest, slug: str, code: str, body: MoveIn) -> JsonResponse:
    """Move a session to a free place; 409 with the other's change when the revision is stale."""
    who = call(request, slug)
    actor = who.actor.needs(RoleKind.HELPER)
    session = session_at(who.event, code)
    slot, room = _place(who.event, body)

    def perform() -> Answer:
        revision = actions.move(session, slot, room, revision=body.revision, actor=actor.mark)
        return Answer(200, session_state(session_at(who.event, code)) | {"revision": revision})

    return who.write(perform)


@router.put("/{slug}/sessions/{code}/full", response={200: MovedOut, **REFUSALS}, summary="No seat is left (crew)")
def put_full(request: HttpRequest, slug: str, code: str) -> JsonResponse:
    """Say that no seat is left in a session; pages and doors then name another one."""
    return _mark_full(request, slug, code, full=True)


@router.delete("/{slug}/sessions/{code}/full", response={200: MovedOut, **REFUSALS}, summary="Seats again (crew)")
def delete_full(request: HttpRequest, slug: str, code: str) -> JsonResponse:
    """Say that there are seats in a session again."""
    return _mark_full(request, slug, code, full=False)


@router.post("/{slug}/delays", response={200: DelayOut, **REFUSALS}, summary="Everything from now on is later (crew)")
def delay(request: HttpRequest, slug: str, body: DelayIn) -> JsonResponse:
    """Shift everything from now on; 409 names the anchor that holds and the minutes that are missing."""
    who = call(request, slug)
    actor = who.actor.needs(RoleKind.MODERATOR)

    def perform() -> Answer:
        shift = actions.forecast(who.event, body.minutes, body.unpinned)
        revision = None
        if body.apply or shift.held:
            revision = actions.delay(
                who.event, body.minutes, unpinned=body.unpinned, revision=body.revision, actor=actor.mark
            )
        slots = [{"id": slot.number, "start": slot.start, "end": slot.end} for slot in shift.changed]
        return Answer(200, {"slots": slots, "revision": revision})

    return who.write(perform)


@router.post("/{slug}/announcements", response={201: AnnouncementOut, **REFUSALS}, summary="Tell everybody (crew)")
def announce(request: HttpRequest, slug: str, body: AnnouncementIn) -> JsonResponse:
    """Tell everybody something."""
    who = call(request, slug)
    actor = who.actor.needs(RoleKind.HELPER)

    def perform() -> Answer:
        notice, revision = actions.announce(who.event, body.text, actor=actor.mark)
        return Answer(201, {"code": notice.code, "text": notice.text, "revision": revision})

    return who.write(perform)


def session_at(event: Event, code: str) -> Session:
    """Give a placed session of an event; raises `Unknown`."""
    found: Session | None = placed_sessions(event).filter(code=normal(code)).first()
    if found is None:
        raise Unknown("no-such-session", _("Diese Session gibt es nicht (mehr)."))
    return found


def _mark_full(request: HttpRequest, slug: str, code: str, *, full: bool) -> JsonResponse:
    who = call(request, slug)
    actor = who.actor.needs(RoleKind.HELPER)
    session = session_at(who.event, code)

    def perform() -> Answer:
        revision = actions.mark_full(session, full=full, actor=actor.mark)
        return Answer(200, session_state(session_at(who.event, code)) | {"revision": revision})

    return who.write(perform)


def _place(event: Event, body: MoveIn) -> tuple[Slot, Room]:
    known = 0 < body.slot <= LARGEST and 0 < body.room <= LARGEST
    slot = Slot.objects.filter(pk=body.slot, day__event=event).select_related("day").first() if known else None
    room = event.rooms.filter(pk=body.room).first() if known else None
    if slot is None or room is None:
        raise Unknown("no-such-place", _("Diesen Platz gibt es nicht."))
    return slot, room
