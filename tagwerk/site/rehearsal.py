"""A rehearsal: a copy of an event beside it, with a crowd in it, that is deleted as a whole. The event stays as it is."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tagwerk.events.copying import copy_frame, remove
from tagwerk.events.models import Event
from tagwerk.events.rules import rehearsal_slug
from tagwerk.kit.dates import next_quarter
from tagwerk.kit.refusals import Refusal
from tagwerk.kit.writer import action
from tagwerk.live.actions import end_stream, hold
from tagwerk.people.actions import copy_roles, remove_realm
from tagwerk.people.models import Realm
from tagwerk.programme.actions import clear, copy_fixed
from tagwerk.site.rooms import market_panel, topics_panel

LEAD = timedelta(minutes=30)


@action
def begin(event: Event) -> Event:
    """Make the rehearsal of an event and give it; raises `Refusal` for a rehearsal, and while one runs."""
    hold(event.stream)
    if event.is_rehearsal:
        raise Refusal("is-rehearsal", _("Das ist schon eine Probe. Von einer Probe gibt es keine Probe."))
    if running(event) is not None:
        raise Refusal("rehearsal-runs", _("Es läuft schon eine Probe. Bitte beenden Sie sie erst."))
    slug = rehearsal_slug(event.slug, lambda slug: Realm.objects.filter(slug=slug).exists())
    frame = copy_frame(event, slug, next_quarter(timezone.now()) + LEAD)
    copied = copy_fixed(event, frame.event, frame.slots, frame.rooms)
    market_panel().copy_market(event, frame, copied)
    topics_panel().copy_settings(event, frame.event)
    copy_roles(event.realm, frame.event.realm)
    return frame.event


@action
def end(rehearsal: Event) -> None:
    """Delete a rehearsal with all that happened in it; raises `Refusal` for every other event."""
    if not rehearsal.is_rehearsal:
        raise Refusal("no-rehearsal", _("Das ist keine Probe; es wurde nichts gelöscht."))
    hold(rehearsal.stream)
    realm = rehearsal.realm
    clear(rehearsal)
    remove(rehearsal)
    number = realm.pk
    remove_realm(realm)
    end_stream(number)


def running(event: Event) -> Event | None:
    """Give the rehearsal that belongs to an event (or that it is itself); None when there is none."""
    return event if event.is_rehearsal else event.rehearsals.select_related("realm").first()
