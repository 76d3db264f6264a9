"""The public page of the rooms: seats, what they offer, what happens in each of them."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tagwerk.events.models import Event
from tagwerk.events.pages import page
from tagwerk.kit.headers import public
from tagwerk.programme.cards import placed_sessions, session_card


@require_safe
@page
def room_plan(request: HttpRequest, event: Event) -> HttpResponseBase:
    """Show every room that is open or has a session, with its sessions in order."""
    cards = sorted((session_card(found) for found in placed_sessions(event)), key=lambda card: card.start)
    of_room = {room: [card for card in cards if card.room_id == room.pk] for room in event.rooms.all()}
    rooms = [{"room": room, "sessions": found} for room, found in of_room.items() if found or room.is_open]
    has_days = len({card.start.date() for card in cards}) > 1
    return public(render(request, "programme/room_plan.html", {"rooms": rooms, "has_days": has_days}))
