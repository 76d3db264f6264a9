"""The desk's verbs around hosts: somebody is there after all, and who fills a free place."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from tagwerk.barcamp import actions
from tagwerk.barcamp.cards import topic_card
from tagwerk.events.models import Event, Slot
from tagwerk.events.pages import desk_page
from tagwerk.kit.codes import normal
from tagwerk.people.actors import Actor
from tagwerk.people.rules import RoleKind
from tagwerk.site.desk_targets import no_place, split_target
from tagwerk.site.finding import number_or_none

crew = desk_page(RoleKind.HELPER)


@require_POST
@crew
def vouch(request: HttpRequest, event: Event, actor: Actor, code: str) -> HttpResponseBase:
    """Say that somebody is there to hold a session."""
    return _back(event, actions.vouch(event, normal(code), actor=actor.mark))


@require_http_methods(["GET", "HEAD", "POST"])
@crew
def successors(request: HttpRequest, event: Event, actor: Actor, slot: int) -> HttpResponseBase:
    """Show the best three topics for the free rooms of a slot (or one of them), and plan the chosen one."""
    found = Slot.objects.filter(pk=slot, day__event=event).select_related("day__event").first()
    if found is None:
        raise no_place()
    if request.method == "POST":
        code, _colon, place = request.POST.get("successor", "").partition(":")
        numbers = split_target(place)
        room = event.rooms.filter(pk=numbers[1]).first() if numbers else None
        if room is None:
            raise no_place()
        return _back(event, actions.fetch_successor(event, normal(code), found, room, actor=actor.mark))
    wanted = number_or_none(request.GET.get("room", ""))
    rooms = list(event.rooms.filter(pk=wanted) if wanted else event.rooms.all())
    best = [
        {"topic": topic_card(topic, exact=True), "room": room}
        for topic, room in actions.successors(event, found, rooms)
    ]
    context = {"slot": found, "room": rooms[0] if wanted and rooms else None, "best": best}
    return render(request, "site/desk_successors.html", context)


def _back(event: Event, revision: int) -> HttpResponseBase:
    return redirect(f"{reverse('site:desk', args=[event.slug])}?undo={revision}")
