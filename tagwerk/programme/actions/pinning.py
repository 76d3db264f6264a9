"""The crew holds many sessions to their places in one go, or lets them loose again; told and undone as one."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from tagwerk.events.models import Event
from tagwerk.kit.refusals import Refusal
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold, tell
from tagwerk.programme.actions.sessions import session_key
from tagwerk.programme.changes import SessionsPinned
from tagwerk.programme.models import Placement


@action
def pin_slot(event: Event, slot: int | None, *, pinned: bool, actor: str = "") -> int:
    """Pin all sessions of a slot (None: of the whole programme), or let them loose; gives the revision."""
    rows = Placement.objects.filter(session__event=event, is_active=True, room__isnull=False)
    rows = rows if slot is None else rows.filter(slot=slot)
    hold(event.stream)
    return _switch(event, list(rows.values_list("session__code", flat=True)), pinned=pinned, actor=actor)


@action
def pin_again(event: Event, codes: Collection[str], *, pinned: bool, actor: str = "") -> int:
    """Undo that sessions were pinned or let loose together; gives the revision."""
    hold(event.stream)
    return _switch(event, codes, pinned=pinned, actor=actor)


def _switch(event: Event, codes: Collection[str], *, pinned: bool, actor: str) -> int:
    rows = Placement.objects.filter(session__event=event, session__code__in=codes, is_active=True)
    changed = list(rows.exclude(is_pinned=pinned).select_related("session").order_by("pk"))
    if not changed:
        raise Refusal("nothing-changes", _("Da ist schon alles so."))
    Placement.objects.filter(pk__in=[row.pk for row in changed]).update(is_pinned=pinned)
    fact = SessionsPinned(
        pinned=pinned,
        slots=tuple(sorted({row.slot_id for row in changed})),
        touches=tuple(session_key(row.session) for row in changed),
        before={"pinned": not pinned, "sessions": [row.session.code for row in changed]},
    )
    return tell(event.stream, fact, actor=actor)
