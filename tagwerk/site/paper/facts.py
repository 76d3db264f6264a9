"""Gathers what each kind of sheet shows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from tagwerk.events.models import Event
from tagwerk.events.rules import RoomKind
from tagwerk.live.models import Stream
from tagwerk.live.wiring import is_open
from tagwerk.people.models import Card
from tagwerk.site.paper import sheets
from tagwerk.site.paper.codes import absolute, drawn, drawn_wifi, event_address, shortest, typed
from tagwerk.site.rooms import topics_panel

Facts = dict[str, Any]
BOXES = range(1, 41)
CARDS_PER_PAGE = 4
TOPICS_PER_PAGE = {"a6": 4, "a5": 2}
STICKERS_PER_PAGE = 24
DUTIES = (
    (_("Empfang"), _("Karten und Stifte bereitlegen, das Plakat zeigen, volle Karten annehmen")),
    (_("Bühne"), _("Themen aufrufen, auf „Weiter“ tippen")),
    (_("Regie"), _("Hände zählen, Themen zusammenlegen, den Plan verkünden")),
    (_("Karten"), _("Nummern eingeben, Karten zurückbringen")),
    (_("Räume"), _("Türschilder aufhängen und tauschen, nachsehen, ob alle da sind")),
    (_("Technik"), _("Netz, Bildschirme, Ton, Videokonferenz")),
)


@dataclass(frozen=True)
class PaperCard:
    """A participation card with the QR code that opens it on a helper's phone."""

    code: str
    qr: SafeString


def common(request: HttpRequest, event: Event) -> Facts:
    """Give what every sheet says: whose it is, of when, and where to take part."""
    home = event_address(request, event)
    return {
        "event": event,
        "stand": timezone.now(),
        "revision": Stream.objects.get(pk=event.stream).revision,
        "is_rehearsal": event.is_rehearsal,
        "has_topics": is_open("tagwerk.barcamp"),
        "join_address": typed(home),
        "join_qr": drawn(shortest(home)),
    }


def poster(request: HttpRequest, event: Event, chosen: Facts) -> Facts:
    """Give the way in: the WLAN if one is known, the address, the hall code if the crew wants it there."""
    name, password = chosen.get("wifi_name", ""), chosen.get("wifi_password", "")
    code = event.realm.hall_code if chosen.get("with_code") else ""
    return {
        "poster_size": chosen["poster_size"],
        "wifi_name": name,
        "wifi_password": password,
        "wifi_qr": drawn_wifi(name, password) if name else "",
        "hall_code": f"{code[:3]} {code[3:]}".strip(),
    }


def cards(request: HttpRequest, event: Event, chosen: Facts) -> Facts:
    """Give the chosen cards (the newest stack where none was chosen), page by page."""
    rows = chosen.get("cards")
    rows = newest_stack(event) if rows is None else rows
    printed = [
        PaperCard(row.code, drawn(absolute(request, reverse("site:desk_card", args=[event.slug, row.code]))))
        for row in rows
    ]
    per_page = CARDS_PER_PAGE if chosen["card_size"] == "a4" else 1
    return {"card_size": chosen["card_size"], "card_pages": _pages(printed, per_page), "boxes": BOXES}


def topics(request: HttpRequest, event: Event, chosen: Facts) -> Facts:
    """Give the topic cards with the QR codes of their pages, page by page, and the lists for the folder."""
    found = topics_panel().on_paper(event)
    size = chosen["topic_size"]
    cards = [(topic, _topic_qr(request, event, topic.number)) for topic in found]
    return {"topics": found, "topic_size": size, "topic_pages": _pages(cards, TOPICS_PER_PAGE[size])}


def stickers(request: HttpRequest, event: Event, chosen: Facts) -> Facts:
    """Give a sticker for each place of each topic in the programme, page by page."""
    printed = [
        (topic, place, _topic_qr(request, event, topic.number))
        for topic in topics_panel().on_paper(event)
        for place in topic.places
    ]
    return {"sticker_pages": _pages(printed, STICKERS_PER_PAGE)}


def _topic_qr(request: HttpRequest, event: Event, number: int) -> SafeString:
    return drawn(absolute(request, reverse("barcamp:topic", args=[event.slug, str(number)])))


def doors(request: HttpRequest, event: Event, chosen: Facts) -> Facts:
    """Give the door signs."""
    return {"doors": sheets.doors(request, event)}


def grid(request: HttpRequest, event: Event, chosen: Facts) -> Facts:
    """Give the grid with the QR code that leads to what changed since."""
    revision = Stream.objects.get(pk=event.stream).revision
    address = absolute(request, reverse("site:since", args=[event.slug, revision]))
    return {"grids": sheets.grids(event), "schedule_address": typed(address), "schedule_qr": drawn(address)}


def crew(request: HttpRequest, event: Event, chosen: Facts) -> Facts:
    """Give the crew sheet: addresses, duties, rooms and times."""
    home = event_address(request, event)
    return {
        "duties": DUTIES,
        "people": sheets.crew_of(event),
        "rooms": [(room, room.kind == RoomKind.TABLE) for room in event.rooms.all()],
        "days": sheets.days(event),
        "desk_address": typed(f"{home}desk/"),
        "board_address": typed(f"{home}board/"),
        "needs_hall_code": event.realm.needs_hall_code,
    }


def newest_stack(event: Event) -> list[Card]:
    """Give the cards that were made last."""
    newest = Card.objects.filter(realm=event.realm).order_by("-printed_at").first()
    return stack_of(newest) if newest else []


def stack_of(card: Card) -> list[Card]:
    """Give all cards that were made together with this one."""
    return list(Card.objects.filter(realm=card.realm, printed_at=card.printed_at).order_by("pk"))


def _pages(things: list[Any], per_page: int) -> list[list[Any]]:
    return [things[start : start + per_page] for start in range(0, len(things), per_page)]


GATHERED: dict[str, Callable[[HttpRequest, Event, Facts], Facts]] = {
    "crew": crew,
    "grid": grid,
    "doors": doors,
    "poster": poster,
    "topics": topics,
    "stickers": stickers,
    "cards": cards,
}
OF_TOPICS = frozenset({"topics", "stickers", "cards"})  # sheets that need the barcamp


def open_sheets() -> list[str]:
    """Give the kinds of sheets there are, in the order in which "Alles drucken" prints them."""
    return [name for name in GATHERED if name not in OF_TOPICS or is_open("tagwerk.barcamp")]
