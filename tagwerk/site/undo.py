"""Takes back what the crew did: the inverse of a change, unless somebody has built on it since."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tagwerk.events.actions import anchor_slot, switch_walls
from tagwerk.events.models import Event, Room, Slot
from tagwerk.kit.refusals import Refusal
from tagwerk.live.conflicts import check_fresh
from tagwerk.live.models import Change
from tagwerk.people import minting
from tagwerk.people.actors import Actor
from tagwerk.programme import actions
from tagwerk.site.alarms import instead_of, is_taking_over
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
    "session.host_found": lambda: _("Es ist jemand da."),
    "slots.shifted": lambda: _("Verschoben."),
    "slot.anchored": lambda: _("Gemerkt."),
    "topic.planned": lambda: _("Eingeplant."),
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
    topics = topics_panel().UNDOABLE
    if change is None or not (change.kind in KINDS or change.kind in topics):
        return None
    label = KINDS[change.kind] if change.kind in KINDS else topics[change.kind].label
    url = reverse("site:desk_undo", args=[event.slug])
    return {"url": url, "revision": change.revision, "text": label()}


def undo_change(event: Event, revision: int | None, mark: str) -> int:
    """Do the opposite of a change of the crew; gives the revision of that.

    Raises `Refusal` when there is nothing to undo, or (409) when the same thing was changed since.
    """
    change = Change.objects.filter(stream=event.stream, revision=revision or 0).first()
    topics = topics_panel().UNDOABLE
    if change is None or not (change.kind in KINDS or change.kind in topics) or not _is_ours(change):
        raise Refusal("nothing-to-undo", gettext_lazy("Das lässt sich nicht mehr zurücknehmen."))
    check_fresh(event.stream, change.revision, change.touches)
    if change.kind in topics:
        back: int = topics[change.kind].take_back(event, change, mark)
        return back
    if change.kind == "announcement":
        return actions.withdraw_announcement(announcement_at(event, change.code), actor=mark)
    if change.kind in _OPPOSITES:
        return _OPPOSITES[change.kind](event, change, mark)
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


def _is_ours(change: Change) -> bool:
    """Tell whether the crew may take it back: its own doing, and that somebody took a session over."""
    return not change.actor.startswith("device:") or is_taking_over(change)


def _search_again(event: Event, change: Change, mark: str) -> int:
    if is_taking_over(change):
        return int(topics_panel().hosts.give_back(event, change, instead_of(change), mark))
    told = actions.search_host(session_at(event, change.code), reason="crew", actor=mark)
    return told or change.revision


def _shift_back(event: Event, change: Change, mark: str) -> int:
    minutes, times = -change.before["minutes"], change.before["times"]
    return actions.take_delay_back(event, times, minutes, revision=change.revision, actor=mark)


def _anchor_again(event: Event, change: Change, mark: str) -> int:
    slot = Slot.objects.select_related("day__event__realm").get(pk=change.before["slot"], day__event=event)
    return anchor_slot(slot, anchored=change.before["anchored"], actor=mark)


def _send_back(event: Event, change: Change, mark: str) -> int:
    return int(topics_panel().hosts.send_back(event, change, mark))


# Kind -> what takes it back: (event, change, mark) -> revision
_OPPOSITES: Mapping[str, Callable[[Event, Change, str], int]] = {
    "session.host_found": _search_again,
    "slots.shifted": _shift_back,
    "slot.anchored": _anchor_again,
    "topic.planned": _send_back,
}
