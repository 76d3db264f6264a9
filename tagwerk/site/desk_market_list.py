"""The desk for a list of exhibitors: pasted or sent as a table, shown beside what is there, taken over at once."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tagwerk.events.models import Event
from tagwerk.events.pages import desk_page
from tagwerk.exchange.reading.tables import decoded
from tagwerk.market import actions
from tagwerk.market.actions.booths import sentence_of
from tagwerk.market.forms import BoothForm
from tagwerk.market.listing import LARGEST, Listing, read_list
from tagwerk.market.rules import Line, Lot
from tagwerk.people.actors import Actor
from tagwerk.people.rules import RoleKind

SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(RoleKind.MODERATOR)
def listed(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Take a list, show what it would change, and take it over."""
    context: dict[str, Any] = {"text": ""}
    if request.method == "POST":
        data = _sent(request)
        listing = read_list(event, data)
        if "apply" in request.POST and not listing.fault:
            actions.take_over(event, listing.lines, actor=actor.mark)
            return redirect("site:desk_market", event.slug)
        context = {"text": decoded(data[:LARGEST]), "fault": _fault(listing), **_preview(listing)}
    status = 422 if context.get("fault") else 200
    return render(request, "site/desk_market_list.html", context, status=status)


def _sent(request: HttpRequest) -> bytes:
    chosen = request.FILES.get("file")
    if chosen is not None and chosen.size:
        data: bytes = chosen.read(LARGEST + 1)
        return data
    return request.POST.get("text", "").encode("utf-8", "replace")


def _preview(listing: Listing) -> dict[str, Any]:
    lots = [line.lot for line in listing.lines]
    return {
        "lines": [_shown(line) for line in listing.lines[:SHOWN]],
        "more": max(0, len(lots) - SHOWN),
        "new": lots.count(Lot.NEW),
        "changed": lots.count(Lot.CHANGED),
        "same": lots.count(Lot.SAME),
        "left": lots.count(Lot.WRONG) + lots.count(Lot.DOUBLED),
        "strangers": listing.strangers,
    }


def _shown(line: Line) -> dict[str, Any]:
    tags = {
        Lot.NEW: (_("neu"), "accent"),
        Lot.CHANGED: (_("geändert"), "warn"),
        Lot.SAME: (_("unverändert"), ""),
        Lot.WRONG: (_("bleibt draußen"), "bad"),
        Lot.DOUBLED: (_("doppelt in der Liste"), "bad"),
    }
    label, tone = tags[line.lot]
    words = line.words
    place = ", ".join(str(words[name]) for name in ("number", "room", "place", "shows") if words.get(name))
    return {
        "name": words.get("name") or "–",
        "said": place,
        "label": label,
        "tone": tone,
        "changed": [_called(name) for name in line.changed],
        "wrong": [f"{_called(name)}: {sentence_of(name, fault)}" for name, fault in (line.wrong or {}).items()],
    }


def _called(name: str) -> str:
    """Give what a field is called on the form."""
    return str(BoothForm.base_fields[name].label)


def _fault(listing: Listing) -> str:
    """Say why a list cannot be read; "" where it can."""
    sentences = {
        "": "",
        "too_large": _("Diese Liste ist zu lang."),
        "too_deep": _("Das sind zu viele Zeilen auf einmal: höchstens 500."),
        "empty": _("Bitte fügen Sie eine Liste ein, oder wählen Sie eine Datei."),
    }
    return sentences.get(listing.fault, _("Diese Liste ließ sich nicht lesen."))
