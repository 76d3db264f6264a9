"""Public pages that show several rooms at once: the start page, an event's home, a device's own plan."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tagwerk.events.models import Event
from tagwerk.events.pages import page
from tagwerk.events.rules import Phase
from tagwerk.kit.day_words import in_words
from tagwerk.kit.headers import public
from tagwerk.kit.problems import wants_json
from tagwerk.kit.web_push import public_key
from tagwerk.people import actions as people
from tagwerk.people.actors import cookie_name, over_https
from tagwerk.people.handover import forget_phone, phones
from tagwerk.people.taking_part import known, recognised_or_minted, secret_of
from tagwerk.programme.describing import event_described
from tagwerk.site.first_screen import first_screen
from tagwerk.site.handover import is_hybrid
from tagwerk.site.my_calendar import feed_links
from tagwerk.site.news import current_notices
from tagwerk.site.rooms import contributions_panel, topics_panel


@require_safe
def events(request: HttpRequest) -> HttpResponseBase:
    """List the events: live, coming, past."""
    found = list(Event.objects.public().real().select_related("realm").prefetch_related("days"))
    now = [event for event in found if event.phase == Phase.LIVE]
    over = (Phase.FOLLOW_UP, Phase.DOCUMENTED, Phase.ARCHIVED, Phase.CANCELLED)
    past = [event for event in found if event.phase in over]
    coming = [event for event in found if event not in now and event not in past]
    labels = ((_("Jetzt"), now), (_("Demnächst"), coming), (_("Vergangene"), past))
    groups = [{"label": label, "events": [_entry(event) for event in rows]} for label, rows in labels if rows]
    return public(render(request, "events/event_list.html", {"groups": groups}))


@require_safe
@page
def home(request: HttpRequest, event: Event) -> HttpResponseBase:
    """Show what is on now, the first topics, the notices."""
    context = {
        "announcements": current_notices(event),
        "has_presence": event.takes_part and is_hybrid(event),
        "described": event_described(request, event),
        "partners": list(event.partners.select_related("logo").defer("logo__data").order_by("kind", "position", "pk")),
        "call": contributions_panel().open_call(event),
        **first_screen(event),
    }
    return public(render(request, "site/home.html", context))


@require_safe
@page
def my_plan(request: HttpRequest, event: Event) -> HttpResponseBase:
    """Show what this device did, as a page or as JSON; never cached."""
    device = known(request, event.realm)
    panel = topics_panel()
    if wants_json(request):
        presence = device.presence if device else ""
        known_of = {"device": device is not None, "presence": presence, "notices": panel.notices(event, device)}
        return JsonResponse(known_of | panel.mine(event, device))
    context = panel.plan(event, device) | {
        "device": device,
        "notices": panel.notices(event, device),
        "push_key": public_key() if settings.TAGWERK_PUSH_SERVICES else "",
        **(feed_links(request, event, device) if device else {}),
        "phones": phones(device) if device else 0,
        "has_presence": is_hybrid(event),
        "presence": device.presence if device else "",
        "has_gone_on": "here" in request.GET,
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
    """Forget this phone, or the device with all its phones: then what it tapped is taken back, its number void."""
    found = known(request, event.realm)
    only_here = request.POST.get("do") == "phone"
    if found is not None and not (only_here and forget_phone(found, secret_of(request, event.realm))):
        topics_panel().forget(event, found)
        people.revoke_device(found)
    response = redirect("site:home", event.slug)
    response.delete_cookie(cookie_name(event.slug, secure=over_https(request)), samesite="Lax")
    return response


def _entry(event: Event) -> dict[str, Any]:
    days = list(event.days.all())
    return {
        "name": event.name,
        "motto": event.motto,
        "place": event.place,
        "when": " – ".join(dict.fromkeys(in_words(day.date, "d.m.Y") for day in (*days[:1], *days[-1:]))),
        "url": reverse("site:home", args=[event.slug]),
        "is_live": event.phase == Phase.LIVE,
    }
