"""What the frame of every page needs: the event, the navigation, the live connection, the footer."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tagwerk.events.models import Event
from tagwerk.events.pages import as_of
from tagwerk.events.rules import Phase
from tagwerk.kit.language import other_address, short
from tagwerk.live.wiring import is_open
from tagwerk.site import app
from tagwerk.site.rooms import contributions_panel, market_panel, topics_panel
from tagwerk.site.wiring import NAVIGATION


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give the frame's context; pages outside an event have no live connection."""
    event = getattr(request, "frame_event", None)
    values: dict[str, Any] = {
        "footer_links": _footer(request),
        "other_language": _other_language(request),
        "privacy_url": reverse("site:privacy"),
    }
    if "/accounts/" in request.path:
        # Nowhere else: public pages are the same for everybody and never look into a session.
        values["messages"] = get_messages(request)
    if isinstance(event, Event):
        # A draft has no public pages yet: its crew is led to the desk instead.
        home = reverse("site:home" if event.is_public else "site:desk", args=[event.slug])
        values |= {
            "frame_event": {
                "name": event.name,
                "summary": " – ".join(part for part in (event.motto or event.name, event.place) if part),
                "slug": event.slug,
                "accent": event.accent,
                "url": home,
                "is_rehearsal": event.is_rehearsal,
                "hashtag": event.hashtag,
                "mail": event.contact_mail,
                "phone": event.contact_phone,
                "called_off": _called_off(event),
            },
            "navigation": _navigation(request, event) if event.is_public else [],
            "crew": getattr(request, "crew", ""),
            "has_barcamp": bool(getattr(request, "crew", "")) and _has(event, "barcamp"),
            "is_organiser": getattr(request, "is_organiser", False),
        }
        if event.is_public:
            values["privacy_url"] = reverse("site:event_privacy", args=[event.slug])
            values["live"] = _live(request, event)
            values["app"] = app.links(event)
    return values


def _called_off(event: Event) -> Any:
    """Give what every page says of an event that does not take place when it was announced."""
    return {
        Phase.CANCELLED: _("Abgesagt: Diese Veranstaltung findet nicht statt."),
        Phase.POSTPONED: _("Verschoben: Der neue Termin steht hier, sobald er feststeht."),
    }.get(Phase(event.phase), "")


def _navigation(request: HttpRequest, event: Event) -> list[dict[str, Any]]:
    entries = []
    for name, label, icon in NAVIGATION:
        room = name.partition(":")[0]
        if is_open(f"tagwerk.{room}") and _has(event, room):
            url = reverse(name, args=[event.slug])
            is_home = name == "site:home"
            current = request.path == url if is_home else request.path.startswith(url)
            entries.append({"url": url, "label": label, "icon": icon, "current": current})
    return entries


def _has(event: Event, room: str) -> bool:
    """Tell whether an event has something in a room: without topics or stands there is nothing to show there."""
    if room == "barcamp":
        return bool(topics_panel().has_topics(event))
    return room != "market" or bool(market_panel().has_market(event))


def _live(request: HttpRequest, event: Event) -> dict[str, str]:
    is_desk = getattr(request, "is_desk", False)
    base = f"/{event.slug}/desk/live" if is_desk else f"/{event.slug}/live"
    values = {
        "event": event.slug,
        "live": f"{base}?{urlencode({'lang': short()})}",
        "since": as_of(request).cursor,
        "snapshot": reverse("site:snapshot", args=[event.slug]),
        "mine": reverse("site:mine", args=[event.slug]),
        "device": reverse("site:device", args=[event.slug]),
        "api": f"/api/v1/events/{event.slug}",
        "now": timezone.now().isoformat(timespec="milliseconds"),
        "zone": event.zone,
    }
    if is_desk:
        values["live-token"] = reverse("site:live-token", args=[event.slug])
    else:
        values["worker"] = reverse("site:worker", args=[event.slug])
    return values


def _other_language(request: HttpRequest) -> dict[str, str]:
    code, name = ("en", "English") if short() == "de" else ("de", "Deutsch")
    return {"url": other_address(request.path), "code": code, "name": name}


def _footer(request: HttpRequest) -> list[dict[str, Any]]:
    """Give the duties, of the event where there is one that everybody may see, and what belongs to the house."""
    event = getattr(request, "frame_event", None)
    pages = [("imprint", _("Impressum")), ("privacy", _("Datenschutz")), ("accessibility", _("Barrierefreiheit"))]
    if isinstance(event, Event) and event.is_public:
        pages = [("about", _("Über die Veranstaltung")), *((f"event_{name}", label) for name, label in pages)]
        links = [{"url": reverse(f"site:{name}", args=[event.slug]), "label": label} for name, label in pages]
        call = contributions_panel().open_call(event)
        links += [{"url": call["url"], "label": _("Beiträge vorschlagen")}] if call else []
    else:
        links = [{"url": reverse(f"site:{name}"), "label": label} for name, label in pages]
    if getattr(request, "is_desk", False):
        links += [
            {"url": reverse("site:own_events"), "label": _("Meine Veranstaltungen")},
            {"url": reverse("mfa_index"), "label": _("Mein Konto")},
        ]
    return links
