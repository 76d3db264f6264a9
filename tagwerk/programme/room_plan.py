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
    rooms = [
        {"room": room, "sessions": [card for card in cards if card.room_id == room.pk]} for room in event.rooms.all()
    ]
    shown = [entry for entry in rooms if entry["sessions"] or entry["room"].is_open]
    days = {card.start.date() for card in cards}
    return public(render(request, "programme/room_plan.html", {"rooms": shown, "has_days": len(days) > 1}))
