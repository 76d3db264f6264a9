"""The desk: where the crew sees everything and moves it, alone or two at a time."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tagwerk.events.models import Event, Room, Slot
from tagwerk.events.pages import as_of, desk_page
from tagwerk.kit.codes import normal
from tagwerk.kit.refusals import Forbidden
from tagwerk.live import tickets
from tagwerk.live.changes import CREW
from tagwerk.people import minting
from tagwerk.people.actors import Actor
from tagwerk.people.rules import RoleKind
from tagwerk.programme import actions
from tagwerk.programme.cards import grid_of, session_card
from tagwerk.site.alarms import alarms
from tagwerk.site.asides import asides
from tagwerk.site.desk_day import USUAL
from tagwerk.site.desk_targets import free_targets, no_place, split_target
from tagwerk.site.desk_walls import to_desk
from tagwerk.site.finding import announcement_at, number_or_none, session_at
from tagwerk.site.news import current_notices
from tagwerk.site.paper import folder
from tagwerk.site.rooms import topics_panel
from tagwerk.site.undo import offer, undo_change

crew = desk_page(RoleKind.HELPER)


@require_safe
@crew
def desk(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Show sessions and topics with exact counts."""
    request.is_desk = True  # type: ignore[attr-defined]
    context: dict[str, Any] = {
        "slots": grid_of(event).rows(asides=asides(event)),
        "revision": as_of(request).revision,
        "announcements": current_notices(event),
        "alarms": alarms(event),
        "swaps": topics_panel().crew.rooms(event),
        "delays": USUAL,
        **topics_panel().desk_rhythm(event),
        "folder": folder.offer(event, actor),
        "undo": offer(event, actor, request.GET.get("undo", "")),
        "house": minting.figures(event.realm),
        **topics_panel().desk(event),
    }
    return render(request, "site/desk.html", context)


@require_safe
@crew
def live_token(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Give a five-minute ticket for the crew's stream."""
    if actor.person is None:
        raise Forbidden("no-person", _("Dafür müssen Sie angemeldet sein."))
    ticket = tickets.Ticket(event.stream, CREW, actor.mark, actor.person.rights_version)
    return JsonResponse({"token": tickets.issue(ticket)})


@require_http_methods(["GET", "HEAD", "POST"])
@crew
def move(request: HttpRequest, event: Event, actor: Actor, code: str) -> HttpResponseBase:
    """Show the best targets for a session, and move it to the chosen one."""
    session = session_at(event, normal(code))
    if request.method == "POST":
        slot, room = _target(event, request.POST.get("target", ""))
        return back_to_desk(event, actions.move(session, slot, room, revision=_seen(request), actor=actor.mark))
    targets = free_targets(event, session)
    context = {
        "session": session_card(session),
        "revision": as_of(request).revision,
        "best": targets[:3],
        "others": targets[3:],
    }
    return render(request, "site/desk_move.html", context)


@require_POST
@crew
def swap(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Let sessions of one slot change their rooms, as the desk advised."""
    moves = [_room_change(event, text) for text in request.POST.getlist("move")]
    return back_to_desk(event, actions.rearrange(event, moves, revision=_seen(request), actor=actor.mark))


@require_POST
@crew
def pin(request: HttpRequest, event: Event, actor: Actor, code: str) -> HttpResponseBase:
    """Pin a session to its place, or let it loose."""
    pinned, seen = request.POST.get("value") == "on", _seen(request)
    return back_to_desk(
        event, actions.pin(session_at(event, normal(code)), pinned=pinned, revision=seen, actor=actor.mark)
    )


@require_POST
@crew
def cancel(request: HttpRequest, event: Event, actor: Actor, code: str) -> HttpResponseBase:
    """Cancel a session."""
    return back_to_desk(
        event, actions.cancel(session_at(event, normal(code)), revision=_seen(request), actor=actor.mark)
    )


@require_POST
@crew
def restore(request: HttpRequest, event: Event, actor: Actor, code: str) -> HttpResponseBase:
    """Let a cancelled session take place after all."""
    return back_to_desk(
        event, actions.restore(session_at(event, normal(code)), revision=_seen(request), actor=actor.mark)
    )


@require_POST
@crew
def announce(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Tell everybody something."""
    _notice, revision = actions.announce(event, request.POST.get("text", ""), actor=actor.mark)
    return back_to_desk(event, revision)


@require_POST
@crew
def withdraw_announcement(request: HttpRequest, event: Event, actor: Actor, code: str) -> HttpResponseBase:
    """Take a notice back."""
    actions.withdraw_announcement(announcement_at(event, normal(code)), actor=actor.mark)
    return to_desk(request, event)


@require_POST
@crew
def undo(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Take back what the crew did last."""
    undo_change(event, number_or_none(request.POST.get("revision", "")), actor)
    return to_desk(request, event)


def _room_change(event: Event, text: str) -> actions.Move:
    """Read `<session>-<room>` from the form: the session stays in its slot."""
    code, _dash, room = text.partition("-")
    session, number = session_at(event, normal(code)), number_or_none(room)
    if number is None:
        raise no_place()
    reasons = [{"kind": "fits", "value": None, "text": "a room that fits who comes"}]
    return actions.Move(session.code, session.placement.slot_id, number, reasons)


def _seen(request: HttpRequest) -> int | None:
    """Give the revision that somebody saw when they pressed the button."""
    return number_or_none(request.POST.get("revision", ""))


def back_to_desk(event: Event, revision: int) -> HttpResponseBase:
    """Lead back to the desk, which offers to undo what was just done."""
    return redirect(f"{reverse('site:desk', args=[event.slug])}?undo={revision}")


def _target(event: Event, text: str) -> tuple[Slot, Room]:
    numbers = split_target(text)
    slot = Slot.objects.filter(pk=numbers[0], day__event=event).select_related("day").first() if numbers else None
    room = event.rooms.filter(pk=numbers[1]).first() if numbers else None
    if slot is None or room is None:
        raise no_place()
    return slot, room
