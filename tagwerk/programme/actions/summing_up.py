"""What a session brought, in one line: its host or the crew says so, and the wall shows it at the end of the day."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tagwerk.kit.fields import readable
from tagwerk.kit.refusals import Invalid, Refusal
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold, tell
from tagwerk.live.conflicts import check_fresh
from tagwerk.programme.actions.sessions import placed, session_key, story_of
from tagwerk.programme.changes import SessionSummedUp
from tagwerk.programme.models import Session

LONGEST_INSIGHT = 140


@action
def sum_up(session: Session, text: str, *, revision: int | None = None, actor: str = "") -> int:
    """Note the most important insight of a session that has begun; empty takes it back. Gives the revision."""
    event = session.event
    hold(event.stream)
    insight = readable(text, "insight")
    if len(insight) > LONGEST_INSIGHT:
        sentence = _("Bitte fassen Sie sich kürzer: höchstens 140 Zeichen.")
        raise Invalid("too-long", sentence, errors={"insight": sentence})
    placement = placed(session)
    if placement.slot.start > timezone.now():
        raise Refusal("not-begun", _("Diese Session hat noch nicht begonnen."))
    check_fresh(event.stream, revision, [session_key(session)])
    before, session.note = session.note, insight
    session.save(update_fields=["note"])
    story = story_of(session, placement) | {"before": {"insight": before}, "after": {"insight": insight}}
    return tell(event.stream, SessionSummedUp(**story), actor=actor)
