"""What changed since a printout was made: where the QR code on a grid or a door sign leads."""

from datetime import datetime

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tagwerk.events.models import Event, Room
from tagwerk.events.pages import page
from tagwerk.kit.headers import public
from tagwerk.live.models import Change, Stream
from tagwerk.programme.cards import Grid, SessionCard, grid_of
from tagwerk.programme.models import Session
from tagwerk.programme.since_rules import KINDS, Plan, Since, Stand, Step, rewound, since, taken_out
from tagwerk.programme.words import Spot, moved
from tagwerk.site.rooms import topics_panel


@require_safe
@page
def changed(request: HttpRequest, event: Event, revision: int, room: int | None = None) -> HttpResponseBase:
    """Show what is different from the plan of a revision, of one room only where one is named."""
    newest = Stream.objects.get(pk=event.stream).revision
    shown = _room(event, room) if room else None
    is_known = 0 < revision <= newest
    context = {
        "revision": revision,
        "newest": newest,
        "room": shown,
        "is_known": is_known,
        "made_at": _made_at(event, revision) if is_known else None,
        "lines": _lines(event, revision, shown) if is_known else [],
    }
    return public(render(request, "site/since.html", context))


def _room(event: Event, number: int) -> Room:
    found = next((room for room in event.rooms.all() if room.pk == number), None)
    if found is None:
        raise Http404
    return found


def _made_at(event: Event, revision: int) -> datetime | None:
    row = Change.objects.filter(stream=event.stream, revision=revision).values_list("told_at", flat=True).first()
    return row.astimezone(event.timezone) if row else None


def _lines(event: Event, revision: int, room: Room | None) -> list[str]:
    rows = Change.objects.filter(stream=event.stream, revision__gt=revision, kind__in=KINDS).order_by("-revision")
    steps = [Step(row.kind, row.code, row.before, row.after) for row in rows]
    grid = grid_of(event)
    now = _plan(grid)
    then = rewound(now, steps)
    lines = []
    for code, what in since(then, now).items():
        rooms = {plan.sessions[code].room for plan in (then, now) if code in plan.sessions}
        card = grid.card(code)
        if (room is None or room.pk in rooms) and card.end > timezone.now():
            lines.append((card.start, _line(event, card, what, then)))
    gone = topics_panel().names_of(event, taken_out(steps)) if room is None else []
    return [line for _start, line in sorted(lines)] + [
        _("Nicht mehr im Programm: %(name)s") % {"name": n} for n in gone
    ]


def _line(event: Event, card: SessionCard, what: Since, then: Plan) -> str:
    name = f"{card.topic_number} „{card.title}“" if card.topic_number else f"„{card.title}“"
    values = {"name": name, "time": f"{card.start:%H:%M}", "room": card.room_name}
    if what == Since.MOVED:
        stood = then.sessions[card.code]
        start = datetime.fromisoformat(then.times[stood.slot]).astimezone(event.timezone)
        names = {room.pk: room.name for room in event.rooms.all()}
        return moved(name, Spot(start, names.get(stood.room or 0, "")), Spot(card.start, card.room_name))
    if what == Since.CANCELLED:
        return _("Fällt aus: %(name)s") % values
    if what == Since.RESTORED:
        return _("Findet doch statt: %(name)s um %(time)s, %(room)s") % values
    return _("Neu: %(name)s um %(time)s, %(room)s") % values


def _plan(grid: Grid) -> Plan:
    sessions: list[Session] = [session for row in grid.sessions.values() for session in row]
    stands = {
        one.code: Stand(one.placement.slot_id, one.placement.room_id, is_cancelled=one.is_cancelled) for one in sessions
    }
    return Plan(stands, {slot.pk: slot.start.isoformat() for slot in grid.slots})
