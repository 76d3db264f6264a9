"""Swapping: two prepared sessions take each other's place with the next release."""

from django.utils.translation import gettext as _

from tagwerk.kit.refusals import Refusal
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold
from tagwerk.programme.actions.drafting import put_draft
from tagwerk.programme.models import DraftPlace, Placement, Session


@action
def swap_places(one: Session, other: Session, *, actor: str = "") -> None:
    """Let two sessions change places from the next release on; what they wait for with it counts, not where they stand.

    Raises `Refusal` for a session of another event, one with itself, or one that has no place to give.
    """
    hold(one.event.stream)
    if other.event_id != one.event_id or other.pk == one.pk:
        raise Refusal("no-such-session", _("Diese Session gibt es nicht (mehr)."), status=404)
    mine, theirs = _place(one), _place(other)
    if mine is None or theirs is None:
        raise Refusal("no-place", _("Tauschen können nur Programmpunkte, die beide schon einen Platz haben."))
    put_draft(one, theirs.slot, theirs.room, actor=actor)
    put_draft(other, mine.slot, mine.room, actor=actor)


def _place(session: Session) -> DraftPlace | Placement | None:
    draft = DraftPlace.objects.filter(session=session).select_related("slot", "room").first()
    return draft or Placement.objects.filter(session=session).select_related("slot", "room").first()
