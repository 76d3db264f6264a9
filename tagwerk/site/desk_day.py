"""The desk's clock: everything from now on later, seen before it is done; and what stays at its time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from tagwerk.events.actions import anchor_slot
from tagwerk.events.delays import Held, Shift
from tagwerk.events.models import Event, Room, Slot
from tagwerk.events.pages import as_of, desk_page
from tagwerk.kit.refusals import Unknown
from tagwerk.people.actors import Actor
from tagwerk.people.rules import RoleKind
from tagwerk.programme import actions
from tagwerk.programme.cards import Grid, SlotRow, grid_of
from tagwerk.site.finding import number_or_none
from tagwerk.site.telling_times import span

crew = desk_page(RoleKind.MODERATOR)
USUAL = (5, 10, 15)


@dataclass(frozen=True)
class Row:
    """A slot in the preview, with its times now and afterwards (the same for what holds)."""

    label: str
    start: datetime
    end: datetime
    new_start: datetime
    new_end: datetime
    is_anchored: bool

    @property
    def is_shorter(self) -> bool:
        """Tell whether it gives way."""
        return self.minutes < (self.end - self.start).total_seconds() // 60

    @property
    def minutes(self) -> int:
        """Give how long it is afterwards."""
        return int((self.new_end - self.new_start).total_seconds() // 60)


@require_http_methods(["GET", "HEAD", "POST"])
@crew
def delay(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Show what a delay would do, and do it."""
    asked = request.POST if request.method == "POST" else request.GET
    minutes, unpinned = number_or_none(asked.get("minutes", "")) or 0, asked.getlist("unpinned")
    if request.method == "POST":
        seen = number_or_none(request.POST.get("revision", ""))
        told = actions.delay(event, minutes, unpinned=unpinned, revision=seen, actor=actor.mark)
        return redirect(f"{reverse('site:desk', args=[event.slug])}?undo={told}")
    shift = actions.forecast(event, minutes, unpinned)
    context = {
        "minutes": minutes,
        "span": span(minutes),
        "unpinned": unpinned,
        "rows": _rows(grid_of(event), shift),
        "held": _held(event, shift, minutes, unpinned),
        "revision": as_of(request).revision,
        "usual": USUAL,
    }
    return render(request, "site/desk_delay.html", context)


@require_POST
@crew
def anchor(request: HttpRequest, event: Event, actor: Actor, number: int) -> HttpResponseBase:
    """Anchor a slot to its time, or let it loose."""
    slot = Slot.objects.filter(pk=number, day__event=event).select_related("day__event__realm").first()
    if slot is None:
        raise Unknown("no-such-slot", gettext_lazy("Dieses Zeitfenster gibt es nicht (mehr)."))
    told = anchor_slot(slot, anchored=request.POST.get("value") == "on", actor=actor.mark)
    return redirect(f"{reverse('site:desk', args=[event.slug])}?undo={told}")


def _rows(grid: Grid, shift: Shift) -> list[Row]:
    """Give what moves, and the anchors of that day that hold."""
    new = {slot.number: slot for slot in shift.changed}
    days = {slot.day_id for slot in grid.slots if slot.pk in new}
    shown = [
        slot.pk
        for slot in grid.slots
        if slot.pk in new or (slot.is_anchored and slot.day_id in days and slot.end > timezone.now())
    ]
    zone = grid.event.timezone
    rows = []
    for row in grid.rows(shown):
        times = new.get(row.id, row)
        start, end = times.start.astimezone(zone), times.end.astimezone(zone)
        rows.append(Row(label_of(row), row.start, row.end, start, end, row.is_anchored))
    return rows


def label_of(row: SlotRow) -> str:
    """Say what a slot is: what the whole house does, or how many sessions."""
    if row.fixed:
        return ", ".join(card.title for card in row.fixed)
    if row.is_open_for_barcamp:
        return _("Sessions")
    return _("Pause")


def _held(event: Event, shift: Shift, minutes: int, unpinned: list[str]) -> dict[str, Any] | None:
    """Say what holds, and what can be done instead: let it go this once, or be less late."""
    if shift.held is None:
        return None
    address = reverse("site:desk_delay", args=[event.slug])
    loose = [*unpinned, shift.held.anchor]
    kept = {"unpinned": unpinned} if unpinned else {}
    return {
        "name": _anchor_name(event, shift.held),
        "missing": shift.held.missing,
        "is_room": shift.held.anchor.startswith("room:"),
        "unpin_url": f"{address}?{urlencode({'minutes': minutes, 'unpinned': loose}, doseq=True)}",
        "most": shift.most,
        "less_url": f"{address}?{urlencode({'minutes': shift.most} | kept, doseq=True)}",
    }


def _anchor_name(event: Event, held: Held) -> str:
    kind, _colon, number = held.anchor.partition(":")
    if kind == "room":
        room = Room.objects.get(pk=number, event=event)
        until = room.available_until.astimezone(event.timezone) if room.available_until else timezone.localtime()
        return _("%(room)s ist nur bis %(until)s Uhr da") % {"room": room.name, "until": f"{until:%H:%M}"}
    row = grid_of(event).rows([int(number)])[0]
    return _("%(name)s um %(start)s ist fest") % {"name": label_of(row), "start": f"{row.start:%H:%M}"}
