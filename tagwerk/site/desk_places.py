"""Where a topic could stand: every place with what it would cost or what stands against it, and a button that does it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tagwerk.barcamp.actions.backing import topic_at
from tagwerk.barcamp.cards import topic_card
from tagwerk.barcamp.models import Topic
from tagwerk.barcamp.planner.places import Ask, asked, exchange
from tagwerk.barcamp.planner.words import obstacle_words, price_words
from tagwerk.events.models import Event, Room, Slot
from tagwerk.events.pages import as_of, desk_page
from tagwerk.kit.codes import normal
from tagwerk.people.actors import Actor
from tagwerk.people.rules import RoleKind
from tagwerk.programme.actions import rearrange
from tagwerk.site.desk_targets import no_place, split_target
from tagwerk.site.finding import number_or_none
from tagwerk.site.undo import done


@dataclass(frozen=True)
class PlaceRow:
    """A place as the desk shows it; `verdict` is here, possible or blocked."""

    target: str
    room: Room
    verdict: str
    words: str
    can_go: bool = False


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(RoleKind.MODERATOR)
def places(request: HttpRequest, event: Event, actor: Actor, code: str) -> HttpResponseBase:
    """Show every place for a topic; a POST moves it there, and what stands there to where it stood."""
    topic = topic_at(event, normal(code))
    if request.method == "POST":
        cell, seen = split_target(request.POST.get("target", "")), number_or_none(request.POST.get("revision", ""))
        if cell is None:
            raise no_place()
        moves = exchange(event, topic, cell)
        return done(event, actor, "site:desk", lambda: rearrange(event, moves, revision=seen, actor=actor.mark))
    asks = asked(event, topic)
    context = {
        "topic": topic_card(topic, exact=True),
        "slots": _by_slot(event, topic, asks),
        "revision": as_of(request).revision,
    }
    return render(request, "site/desk_places.html", context)


def _by_slot(event: Event, topic: Topic, asks: list[Ask]) -> list[dict[str, Any]]:
    slots = {slot.pk: slot for slot in Slot.objects.filter(day__event=event).select_related("day__event")}
    rooms = {room.pk: room for room in event.rooms.all()}
    found: dict[int, list[PlaceRow]] = {}
    stands = any(not session.is_cancelled for session in topic.sessions)
    for ask in asks:
        found.setdefault(ask.cell[0], []).append(_row(ask, rooms[ask.cell[1]], can_go=stands))
    return [
        {"start": slots[number].start, "end": slots[number].end, "number": number, "rows": rows}
        for number, rows in found.items()
    ]


def _row(ask: Ask, room: Room, *, can_go: bool) -> PlaceRow:
    target = f"{ask.cell[0]}-{ask.cell[1]}"
    if ask.is_here:
        return PlaceRow(target, room, "here", _("steht hier"))
    if ask.obstacles:
        return PlaceRow(target, room, "blocked", "; ".join(obstacle_words(reason) for reason in ask.obstacles))
    words = price_words(ask.price.seated, ask.price.clash) if ask.price else ""
    if ask.gives_way:
        words = _("Tausch mit „%(name)s“: %(price)s") % {"name": ask.gives_way, "price": words}
    return PlaceRow(target, room, "possible", words, can_go)
