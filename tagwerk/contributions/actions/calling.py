"""A call is written, opened and closed."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tagwerk.contributions.changes import CallChanged
from tagwerk.contributions.models import Call
from tagwerk.contributions.rules import CallPhase
from tagwerk.events.models import Event
from tagwerk.kit.refusals import Invalid, Refusal
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold, tell

ENDS_FIRST = _("Das Ende muss nach dem Beginn liegen.")


@action
def write_call(event: Event, words: Mapping[str, Any], *, actor: str = "") -> Call:
    """Say what an event asks for, and from when to when; raises `Invalid` for an end before the beginning."""
    hold(event.stream)
    opens, closes = words.get("opens_at"), words.get("closes_at")
    if opens and closes and closes <= opens:
        raise Invalid("call", ENDS_FIRST, errors={"closes_at": ENDS_FIRST})
    call, _made = Call.objects.update_or_create(event=event, defaults=dict(words))
    tell(event.stream, CallChanged(), actor=actor)
    return call


@action
def close_call(event: Event, *, actor: str = "") -> None:
    """Take no more proposals from now on; raises `Refusal` when none are taken anyway."""
    hold(event.stream)
    now = timezone.now()
    call = Call.objects.filter(event=event).first()
    if call is None or call.phase(now) != CallPhase.OPEN:
        raise Refusal("call-not-open", _("Gerade ist kein Aufruf offen."))
    call.closes_at = now
    call.save(update_fields=["closes_at"])
    tell(event.stream, CallChanged(), actor=actor)


def open_call(event: Event) -> Call:
    """Give the call while proposals are taken; raises `Refusal` with a sentence that says why not."""
    call = Call.objects.filter(event=event).first()
    phase = call.phase(timezone.now()) if call else CallPhase.SOON
    if call is None or phase == CallPhase.SOON:
        raise Refusal("call-not-open", _("Der Aufruf ist noch nicht offen."))
    if phase == CallPhase.CLOSED:
        raise Refusal("call-closed", _("Der Aufruf ist zu Ende. Vorschläge nehmen wir jetzt nicht mehr an."))
    return call
