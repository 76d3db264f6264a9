"""Public pages around the programme: what the event is, the house, and what the law wants to be said of it."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tagwerk.events.actions.framing import part_of
from tagwerk.events.models import Event, Logo
from tagwerk.events.pages import page
from tagwerk.events.rules import Phase
from tagwerk.kit.headers import public
from tagwerk.kit.refusals import Unknown

FOREVER = 60 * 60 * 24 * 365
COMING = (Phase.ANNOUNCED, Phase.REGISTRATION_OPEN, Phase.REGISTRATION_CLOSED)


@require_safe
@page
def about(request: HttpRequest, event: Event) -> HttpResponseBase:
    """Say what the event is about, who answers for it, who helps, what comes next."""
    partners = event.partners.select_related("logo").defer("logo__data").order_by("kind", "position", "pk")
    context = {
        "event": event,
        "days": list(event.days.all()),
        "bodies": list(event.bodies.all()),
        "partner_groups": [
            {"label": group[0].get_kind_display(), "partners": group}
            for group in (list(rows) for _kind, rows in groupby(partners, key=lambda partner: partner.kind))
        ],
        "dates": list(event.next_dates.all()),
        "others": [_other(one) for one in _coming(event)],
    }
    return public(render(request, "site/about.html", context))


@require_safe
@page
def venue(request: HttpRequest, event: Event) -> HttpResponseBase:
    """Say where the house is, how one gets there and in."""
    return public(render(request, "site/venue.html", {"venue": part_of(event, "venue"), "event": event}))


@require_safe
@page
def imprint(request: HttpRequest, event: Event) -> HttpResponseBase:
    """Say who answers for the event."""
    return public(render(request, "site/imprint.html", _duties(event)))


@require_safe
@page
def privacy(request: HttpRequest, event: Event) -> HttpResponseBase:
    """Say what is stored of a visitor of the event, why, for how long, and whom one asks."""
    return public(render(request, "site/privacy.html", _duties(event)))


@require_safe
@page
def accessibility(request: HttpRequest, event: Event) -> HttpResponseBase:
    """Declare how accessible the pages of the event are, and where to report a barrier."""
    return public(render(request, "site/accessibility.html", _duties(event)))


@require_safe
@page
def logo(request: HttpRequest, event: Event, digest: str) -> HttpResponseBase:
    """Give a logo; its address changes with it, so it may be kept for ever."""
    response = logo_of(event, digest)
    response.headers["Cache-Control"] = f"public, max-age={FOREVER}, immutable"
    return response


def logo_of(event: Event, digest: str) -> HttpResponse:
    """Give a logo of an event; raises `Unknown`."""
    found = Logo.objects.filter(partner__event=event, digest=digest).first()
    if found is None:
        raise Unknown("no-such-picture", _("Dieses Bild gibt es nicht (mehr)."))
    return HttpResponse(bytes(found.data), content_type="image/png", headers={"Content-Disposition": "inline"})


def _duties(event: Event) -> dict[str, Any]:
    return {"event": event, "duties": part_of(event, "duties"), "bodies": list(event.bodies.all())}


def _coming(event: Event) -> list[Event]:
    others = Event.objects.public().real().filter(phase__in=COMING).exclude(pk=event.pk)
    return list(others.select_related("realm").prefetch_related("days")[:5])


def _other(event: Event) -> dict[str, Any]:
    days = list(event.days.all())
    return {"name": event.name, "slug": event.slug, "date": days[0].date if days else None, "place": event.place}
