"""Whom to wake when something changed: browsers whose people asked for it."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tagwerk.kit.refusals import Invalid, TooMany
from tagwerk.kit.web_push import Subscription, is_push_service
from tagwerk.kit.writer import action
from tagwerk.people.models import DeviceToken, PushSubscription

MOST = 5  # phones of one device


@action
def subscribe(device: DeviceToken, wanted: Subscription, language: str) -> None:
    """Note where a device wants to be told; said twice is once. Refuses addresses that are no push service's."""
    longest = PushSubscription._meta.get_field("endpoint").max_length or 0
    fits = len(wanted.endpoint) <= longest and wanted.is_sound
    if not fits or not is_push_service(wanted.endpoint, settings.TAGWERK_PUSH_SERVICES):
        raise Invalid("no-push-service", _("Diesen Weg für Meldungen kennen wir nicht. Ihr Plan steht weiter hier."))
    others = PushSubscription.objects.filter(device=device).exclude(endpoint=wanted.endpoint)
    if others.count() >= MOST:
        raise TooMany("too-many-phones", _("Mehr als fünf Geräte können sich nicht melden lassen."))
    kept = {"device": device, "key": wanted.key, "secret": wanted.secret, "language": language}
    PushSubscription.objects.update_or_create(endpoint=wanted.endpoint, defaults=kept)


@action
def unsubscribe(device: DeviceToken, endpoint: str) -> None:
    """Tell this browser nothing more."""
    PushSubscription.objects.filter(device=device, endpoint=endpoint).delete()


@action
def drop_subscriptions(numbers: Iterable[int]) -> None:
    """Forget browsers that are not there any more."""
    PushSubscription.objects.filter(pk__in=list(numbers)).delete()
