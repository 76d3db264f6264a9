"""The crew's print pages: the hub, each kind of sheet or all of them, new cards."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tagwerk.events.actions.framing import part_of
from tagwerk.events.models import Event
from tagwerk.events.pages import desk_page
from tagwerk.kit.refusals import Invalid, Unknown
from tagwerk.people.actors import Actor
from tagwerk.people.cards import card_at, make_cards, stacks
from tagwerk.people.models import Card
from tagwerk.people.rules import RoleKind
from tagwerk.site.paper.facts import GATHERED, common, open_sheets, stack_of
from tagwerk.site.paper.forms import PrintForm

ALL = "all"
TITLES = {
    "crew": _("Ablaufblatt für das Team"),
    "grid": _("Raster A3"),
    "doors": _("Türschilder"),
    "poster": _("Plakat"),
    "topics": _("Themenkarten"),
    "stickers": _("Aufkleber"),
    "cards": _("Teilnahmekarten"),
    ALL: _("Alles drucken"),
}

crew = desk_page(RoleKind.HELPER)


@require_safe
@crew
def hub(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Show what can be printed."""
    return _hub(request, event, PrintForm(initial=_said(event)))


@require_http_methods(["GET", "HEAD", "POST"])
@crew
def sheet(request: HttpRequest, event: Event, actor: Actor, what: str) -> HttpResponseBase:
    """Show one kind of sheet, or all, ready to be printed; what was typed for it arrives by POST and is not kept."""
    names = open_sheets()
    if what not in (*names, ALL):
        raise Unknown("no-such-sheet", _("Dieses Blatt gibt es nicht."))
    usual = {**_said(event), "card_size": request.GET.get("size", "")}
    form = PrintForm(request.POST if request.method == "POST" else usual)
    try:
        chosen = {**form.chosen(), "cards": _cards(request, event)}
    except Invalid:
        return _hub(request, event, form)
    names = names if what == ALL else [what]
    context: dict[str, Any] = {"live": {}, "sheets": names, "title": TITLES[what], **common(request, event)}
    for name in names:
        context |= GATHERED[name](request, event, chosen)
    return render(request, "site/print_sheets.html", context)


@require_POST
@crew
def new_cards(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Make a stack of new cards and show it."""
    form = PrintForm(request.POST)
    try:
        made = make_cards(event.realm, form.chosen()["number"])
    except Invalid:
        return _hub(request, event, form)
    size = form.cleaned_data["card_size"]
    return redirect(f"{_cards_url(event)}?stack={made[0].code}{'&size=a6' if size == 'a6' else ''}")


def _hub(request: HttpRequest, event: Event, form: PrintForm) -> HttpResponseBase:
    firsts = {moment: code for code, moment in _firsts(event)}
    context = {
        "form": form,
        "is_wifi_said": any(_said(event).values()),
        "names": open_sheets(),
        "has_code": bool(event.realm.hall_code),
        "stacks": [
            {"made": moment, "number": number, "url": f"{_cards_url(event)}?stack={firsts[moment]}"}
            for moment, number in stacks(event.realm)
        ],
    }
    return render(request, "site/print.html", context, status=422 if form.is_bound else 200)


def _said(event: Event) -> dict[str, str]:
    """Give the WLAN that the page of the house names."""
    venue = part_of(event, "venue")
    return {name: getattr(venue, name) for name in ("wifi_name", "wifi_password")}


def _firsts(event: Event) -> list[tuple[str, Any]]:
    return list(Card.objects.filter(realm=event.realm).order_by("-pk").values_list("code", "printed_at"))


def _cards(request: HttpRequest, event: Event) -> list[Card] | None:
    """Give the cards that the address asks for: a stack by one of its cards, or one card; None: the newest stack."""
    if "stack" in request.GET:
        return stack_of(card_at(event.realm, request.GET["stack"]))
    return [card_at(event.realm, request.GET["card"])] if "card" in request.GET else None


def _cards_url(event: Event) -> str:
    return reverse("site:print_sheet", args=[event.slug, "cards"])
