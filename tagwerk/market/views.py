"""Public pages of the market: all stands, and each of them."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tagwerk.events.models import Event
from tagwerk.events.pages import page
from tagwerk.kit.codes import normal
from tagwerk.kit.headers import public
from tagwerk.kit.refusals import Unknown
from tagwerk.live.wiring import address
from tagwerk.market.cards import booth_card, grouped, sessions_at
from tagwerk.market.filtering import Wanted, chips, found
from tagwerk.market.models import Booth, BoothLogo
from tagwerk.programme.market_hours import market_hours

FOREVER = 60 * 60 * 24 * 365


@require_safe
@page
def market(request: HttpRequest, event: Event) -> HttpResponseBase:
    """Show who has a stand, or those that are wanted, by theme."""
    everything = [booth_card(row) for row in Booth.objects.of(event).select_related("event__realm").shown()]
    wanted, base = Wanted.read(request.GET), reverse("market:market", args=[event.slug])
    shown = found(everything, wanted)
    zone = event.timezone
    context = {
        "groups": grouped(shown),
        "count": len(shown),
        "has_booths": bool(everything),
        "wanted": wanted,
        "base": base,
        "filters": chips(everything, wanted, base),
        "hours": [(span.start.astimezone(zone), span.end.astimezone(zone)) for span in market_hours(event)],
    }
    return public(render(request, "market/market.html", context))


@require_safe
@page
def booth(request: HttpRequest, event: Event, code: str) -> HttpResponseBase:
    """Show one stand: what there is to see, where, what happens there, whom to write to."""
    row = Booth.objects.of(event).select_related("event__realm").shown().filter(code=normal(code)).first()
    if row is None:
        raise Unknown("no-such-booth", _("Diesen Stand gibt es nicht (mehr)."))
    if row.code != code:
        return redirect("market:booth", event.slug, row.code)
    sessions = [
        {"card": card, "calendar_url": address("session_calendar", event.slug, card.code)}
        for card in sessions_at(event, row)
    ]
    context = {
        "booth": row,
        "card": booth_card(row),
        "sessions": sessions,
        "can_come": event.takes_part,
    }
    return public(render(request, "market/booth.html", context))


@require_safe
@page
def logo(request: HttpRequest, event: Event, digest: str) -> HttpResponseBase:
    """Give a stand's picture; its address changes with it, so it may be kept for ever."""
    response = logo_of(event, digest, shown_only=True)
    response.headers["Cache-Control"] = f"public, max-age={FOREVER}, immutable"
    return response


def logo_of(event: Event, digest: str, *, shown_only: bool) -> HttpResponse:
    """Give a picture of a stand of an event; raises `Unknown`."""
    pictures = BoothLogo.objects.filter(booth__event=event, digest=digest)
    found = (pictures.filter(booth__is_shown=True) if shown_only else pictures).first()
    if found is None:
        raise Unknown("no-such-picture", _("Dieses Bild gibt es nicht (mehr)."))
    return HttpResponse(bytes(found.data), content_type="image/png", headers={"Content-Disposition": "inline"})
