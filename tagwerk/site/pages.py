"""Public pages that show several rooms at once: the start page, an event's home, a device's own plan."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tagwerk.barcamp.cards import TopicCard, topic_cards
from tagwerk.barcamp.exposure import in_fair_order
from tagwerk.barcamp.mine import Mine, mine
from tagwerk.barcamp.models import Barcamp, Topic
from tagwerk.events.models import Event
from tagwerk.events.pages import page
from tagwerk.events.rules import Phase
from tagwerk.kit.headers import public
from tagwerk.kit.problems import wants_json
from tagwerk.people import actions as people
from tagwerk.people.actors import cookie_name
from tagwerk.people.taking_part import known, recognised_or_minted
from tagwerk.programme.cards import SessionCard, now_and_next, placed_sessions, session_card, slot_rows
from tagwerk.site.telling import current_notices

FIRST = 3  # cards on the first screen: the vote is tap one


def events(request: HttpRequest) -> HttpResponseBase:
    """List the events: live, coming, past."""
    found = list(Event.objects.public().select_related("realm").prefetch_related("days"))
    now = [event for event in found if event.phase == Phase.LIVE]
    over = (Phase.FOLLOW_UP, Phase.DOCUMENTED, Phase.ARCHIVED, Phase.CANCELLED)
    past = [event for event in found if event.phase in over]
    coming = [event for event in found if event not in now and event not in past]
    labels = ((_("Jetzt"), now), (_("Demnächst"), coming), (_("Vergangene"), past))
    groups = [{"label": label, "events": [_entry(event) for event in rows]} for label, rows in labels if rows]
    return public(render(request, "events/event_list.html", {"groups": groups}))


@page
def home(request: HttpRequest, event: Event) -> HttpResponseBase:
    """Show what is on now, the first topics, the notices."""
    has_barcamp = Barcamp.objects.filter(event=event).exists()
    context = {
        "slots": now_and_next(slot_rows(event)),
        "topics": topic_cards(in_fair_order(event)[:FIRST]) if has_barcamp else [],
        "announcements": current_notices(event),
        "takes_part": event.takes_part and has_barcamp,
    }
    return public(render(request, "site/home.html", context))


@page
def my_plan(request: HttpRequest, event: Event) -> HttpResponseBase:
    """Show what this device did, as a page or as JSON; never cached."""
    device = known(request, event.realm)
    own = mine(event, device)
    if wants_json(request):
        body = {"device": device is not None, "interest": own.interest, "coming": own.coming, "proposals": own.proposals}
        return JsonResponse(body)
    context = _plan(event, own) | {
        "has_device": device is not None,
        "forget_url": reverse("site:forget", args=[event.slug]),
    }
    return render(request, "site/mine.html", context)


@require_POST
@page
def device(request: HttpRequest, event: Event) -> HttpResponseBase:
    """Mint this browser's device at its first action; the page's script asks for it."""
    someone = recognised_or_minted(request, event.realm)
    return someone.remember(request, HttpResponse(status=204))


@require_POST
@page
def forget(request: HttpRequest, event: Event) -> HttpResponseBase:
    """Forget this device: what it tapped is taken back, its number is void."""
    found = known(request, event.realm)
    if found is not None:
        people.revoke_device(found)
    response = redirect("site:home", event.slug)
    response.delete_cookie(cookie_name(event.slug, secure=request.is_secure()), samesite="Lax")
    return response


def _entry(event: Event) -> dict[str, Any]:
    days = list(event.days.all())
    return {
        "name": event.name,
        "motto": event.motto,
        "place": event.place,
        "when": " – ".join(sorted({f"{day.date:%d.%m.%Y}" for day in (days[:1] + days[-1:])})),
        "url": reverse("site:home", args=[event.slug]),
        "is_live": event.phase == Phase.LIVE,
    }


def _plan(event: Event, own: Mine) -> dict[str, Any]:
    topics = {card.code: card for card in topic_cards(Topic.objects.of(event).filter(code__in=own.interest + own.proposals))}
    interest = [topics[code] for code in own.interest if code in topics]
    planned = _my_sessions(event, own, interest)
    clashes = _clashes(planned)
    rows = [{"card": card, "clashes_with": clashes.get(card.code, "")} for card in planned]
    return {
        "planned": rows,
        "interest": interest,
        "proposals": [topics[code] for code in own.proposals if code in topics],
        "coming": own.coming,
        "summary": _summary(len(interest), sum(card.session is not None for card in interest), len(clashes)),
    }


def _my_sessions(event: Event, own: Mine, interest: list[TopicCard]) -> list[SessionCard]:
    wanted = {card.session.code for card in interest if card.session} | set(own.coming)
    found = placed_sessions(event).filter(code__in=wanted, placement__slot__end__gt=timezone.now())
    return [session_card(session) for session in found]


def _clashes(planned: list[SessionCard]) -> dict[str, str]:
    """Name for each session one that runs at the same time."""
    standing = [card for card in planned if not card.is_cancelled]
    return {
        one.code: other.title
        for one in standing
        for other in standing
        if one.code != other.code and one.start < other.end and other.start < one.end
    }


def _summary(wanted: int, placed: int, clashing: int) -> str:
    if not placed:
        return ""
    said = ngettext(
        "%(placed)s von Ihren %(wanted)s Themen steht im Programm.",
        "%(placed)s von Ihren %(wanted)s Themen stehen im Programm.",
        placed,
    ) % {"placed": placed, "wanted": wanted}
    return f"{said} {_('Einige laufen gleichzeitig – bitte wählen Sie.')}" if clashing else said
