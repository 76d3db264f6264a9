"""What is public is hidden again: it goes back among the drafts, and the next release shows it as it was."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from tagwerk.events.models import Event
from tagwerk.kit.refusals import Refusal
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold, tell
from tagwerk.programme.actions.sessions import cell_key
from tagwerk.programme.changes import ProgrammeHidden
from tagwerk.programme.models import DraftPlace, Placement
from tagwerk.programme.rules import Kind


@action
def hide(event: Event, codes: Sequence[str] | None = None, *, actor: str = "") -> int:
    """Hide all prepared sessions that are public, or those with these codes; gives the revision.

    Pages, feeds and exports no longer have them; words, people and marks are kept for the next release. What falls out
    stays, so that everybody can read that it does; what comes from topics is the barcamp's. Raises `Refusal` where there
    is nothing to hide.
    """
    hold(event.stream)
    rows = Placement.objects.filter(session__event=event, is_active=True).exclude(session__kind=Kind.BARCAMP)
    chosen = rows if codes is None else rows.filter(session__code__in=codes)
    standing = list(chosen.select_related("session", "slot", "room").order_by("slot__start", "pk"))
    if not standing:
        raise Refusal("nothing-to-hide", _("Davon ist nichts öffentlich."))
    for row in standing:
        DraftPlace.objects.get_or_create(session=row.session, defaults={"slot": row.slot, "room": row.room})
    chosen.filter(pk__in=[row.pk for row in standing]).delete()
    hidden = tuple(row.session.code for row in standing)
    touches = [f"session:{code}" for code in hidden] + [cell_key(row.slot_id, row.room_id) for row in standing]
    fact = ProgrammeHidden(
        sessions=hidden,
        slots=tuple(dict.fromkeys(row.slot_id for row in standing)),
        touches=tuple(dict.fromkeys(touches)),
        before={"sessions": list(hidden)},
    )
    return tell(event.stream, fact, actor=actor)
