"""Takes back what the crew did: the inverse of a change, unless somebody has built on it since."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tagwerk.events.actions import switch_walls
from tagwerk.events.models import Event, Room, Slot
from tagwerk.kit.refusals import Refusal
from tagwerk.live.conflicts import check_fresh
from tagwerk.live.models import Change
from tagwerk.people import minting
from tagwerk.people.actors import Actor
from tagwerk.programme import actions
from tagwerk.site.finding import announcement_at, number_or_none, session_at
from tagwerk.site.rooms import topics_panel

OFFERED = timedelta(seconds=20)  # the bar shows for ten; a slow network may take the rest
KINDS = {
    "session.moved": lambda: _("Verschoben."),
    "session.cancelled": lambda: _("Abgesagt."),
    "session.restored": lambda: _("Findet doch statt."),
    "session.pinned": lambda: _("Gemerkt."),
    "session.full": lambda: _("Gemerkt."),
    "walls": lambda: _("Wände umgeschaltet."),
    "announcement": lambda: _("Mitgeteilt."),
    "devices.house": lambda: _("Gezählt."),
    "devices.budget": lambda: _("Mehr Geräte zählen."),
}


def offer(event: Event, actor: Actor, revision: str) -> dict[str, Any] | None:
    """Give what the undo bar shows for a change that this person just made; None when there is nothing."""
    number = number_or_none(revision)
    recent = timezone.now() - OFFERED
    change = Change.objects.filter(
        stream=event.stream, revision=number or 0, actor=actor.mark, told_at__gt=recent
    ).first()
    words = said(change) if change else ""
    if change is None or not words:
        return None
    url = reverse("site:desk_undo", args=[event.slug])
    return {"url": url, "revision": change.revision, "text": words}


def last_done(event: Event, mark: str, since: int) -> str:
    """Give where the undo bar for what somebody just did is asked for; empty when there was nothing to take back."""
    mine = Change.objects.filter(stream=event.stream, actor=mark, revision__gt=since).order_by("-revision")
    done = next((change for change in mine if said(change)), None)
    return f"?undo={done.revision}" if done else ""


def said(change: Change) -> str:
    """Say what was done, for the undo bar; empty where it cannot be taken back."""
    if change.kind in KINDS:
        return KINDS[change.kind]()
    known = topics_panel().UNDOABLE.get(change.kind)
    return str(known.label()) if known and known.is_possible(change) else ""


def undo_change(event: Event, revision: int | None, mark: str) -> int:
    """Do the opposite of a change of the crew; gives the revision of that.

    Raises `Refusal` when there is nothing to undo, or (409) when the same thing was changed since.
    """
    change = Change.objects.filter(stream=event.stream, revision=revision or 0).first()
    if change is None or not said(change) or change.actor.startswith("device:"):
        raise Refusal("nothing-to-undo", gettext_lazy("Das lässt sich nicht mehr zurücknehmen."))
    check_fresh(event.stream, change.revision, change.touches)
    if change.kind not in KINDS:
        back: int = topics_panel().UNDOABLE[change.kind].take_back(event, change, mark)
        return back
    if change.kind == "announcement":
        return actions.withdraw_announcement(announcement_at(event, change.code), actor=mark)
    if change.kind in ("devices.house", "devices.budget"):
        return minting.put_back(event.realm, change.before, actor=mark)
    if change.kind == "walls":
        return switch_walls(event, change.before["wall"], revision=change.revision, actor=mark)
    session = session_at(event, change.code)
    if change.kind == "session.moved":
        slot, room = Slot.objects.get(pk=change.before["slot"]), Room.objects.filter(pk=change.before["room"]).first()
        return actions.move(session, slot, room, revision=change.revision, actor=mark)
    if change.kind == "session.full":
        return actions.mark_full(session, full=change.before["full"], revision=change.revision, actor=mark)
    if change.kind == "session.pinned":
        return actions.pin(session, pinned=change.before["pinned"], revision=change.revision, actor=mark)
    opposite = actions.restore if change.kind == "session.cancelled" else actions.cancel
    return opposite(session, revision=change.revision, actor=mark)
