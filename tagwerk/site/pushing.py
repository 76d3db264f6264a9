"""Wakes the phones of those who come when their plan has changed; says no more than that."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from tagwerk.events.models import Event
from tagwerk.kit.web_push import GONE, Subscription, send
from tagwerk.live.models import Stream
from tagwerk.people.models import PushSubscription
from tagwerk.people.subscribing import drop_subscriptions
from tagwerk.programme.models import Notice
from tagwerk.site.rooms import topics_panel

AT_ONCE = 8


def push_notices(event: Event, notices: Sequence[Notice]) -> int:
    """Send a note to each browser whose person comes to one of the sessions; gives how many were reached."""
    devices = topics_panel().who_comes([notice.session_id for notice in notices])
    found = list(PushSubscription.objects.filter(device__in=devices, device__revoked_at__isnull=True))
    languages = Stream.objects.get(number=event.stream).languages if found else {}
    notes = {language: _note(event, catalogue) for language, catalogue in languages.items()}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        statuses = list(pool.map(lambda one: _send(one, notes.get(one.language) or notes["de"]), found))
    gone = [one.pk for one, status in zip(found, statuses, strict=True) if status in GONE]
    if gone:
        drop_subscriptions(gone)
    return sum(200 <= status < 300 for status in statuses)  # noqa: PLR2004 - what a push service took


def _send(to: PushSubscription, note: dict[str, str]) -> int:
    contact = settings.BASE_URL if settings.BASE_URL.startswith("https://") else ""
    return send(Subscription(to.endpoint, to.key, to.secret), note, contact=contact)


def _note(event: Event, catalogue: str) -> dict[str, str]:
    with translation.override(catalogue):
        return {
            "title": event.name,
            "body": _("In Ihrem Plan hat sich etwas geändert."),
            "url": reverse("site:mine", args=[event.slug]),
            "tag": f"plan-{event.slug}",
        }
