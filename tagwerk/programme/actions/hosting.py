"""When a session's host is missing: somebody is searched for, and found."""

from typing import Any

from django.utils import timezone

from tagwerk.kit.writer import action
from tagwerk.live.actions import hold, tell
from tagwerk.programme.actions.sessions import cell_key, placed, session_key
from tagwerk.programme.changes import HostFound, HostMissing
from tagwerk.programme.models import Placement, Session


@action
def search_host(session: Session, *, reason: str, actor: str = "") -> int | None:
    """Ask at the door who takes over; gives the revision, None when that is asked already."""
    hold(session.event.stream)
    placement = placed(session)
    if session.searching_since is not None:
        return None
    session.searching_since = timezone.now()
    session.save(update_fields=["searching_since"])
    return tell(
        session.event.stream,
        HostMissing(reason=reason, after={"reason": reason}, **_story(session, placement)),
        actor=actor,
    )


@action
def host_found(session: Session, *, instead: str = "", devices: tuple[int | None, ...] = (), actor: str = "") -> int:
    """Say that somebody holds the session; gives the revision.

    Who took over is told with the name that stood there before and the `devices` (before, now), for undo.
    """
    hold(session.event.stream)
    placement = placed(session)
    session.searching_since = None
    session.save(update_fields=["searching_since"])
    story = _story(session, placement)
    if devices:
        story |= {"before": {"host": devices[0]}, "after": {"host": devices[1]}}
    return tell(session.event.stream, HostFound(instead=instead, **story), actor=actor)


def _story(session: Session, placement: Placement) -> dict[str, Any]:
    return {
        "code": session.code,
        "slot": placement.slot_id,
        "room": placement.room_id,
        "touches": (session_key(session), cell_key(placement.slot_id, placement.room_id)),
    }
