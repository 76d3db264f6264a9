"""Whether a session has a seat left: said by its host or the crew, shown at the door within seconds."""

from tagwerk.kit.writer import action
from tagwerk.live.actions import hold, tell
from tagwerk.live.conflicts import check_fresh
from tagwerk.programme.actions.sessions import placed, session_key, story_of
from tagwerk.programme.changes import SessionFull
from tagwerk.programme.models import Session


@action
def mark_full(session: Session, *, full: bool, revision: int | None = None, actor: str = "") -> int:
    """Say that no seat is left in a session, or that there is one again; gives the revision."""
    event = session.event
    hold(event.stream)
    placement = placed(session)
    check_fresh(event.stream, revision, [session_key(session)])
    before, placement.is_full = placement.is_full, full
    placement.save(update_fields=["is_full"])
    session.placement = placement
    story = story_of(session, placement) | {"before": {"full": before}, "after": {"full": full}}
    return tell(event.stream, SessionFull(full=full, **story), actor=actor)
