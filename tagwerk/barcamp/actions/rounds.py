"""The rhythm of the day: a pitch round begins, goes from phase to phase, and may be repeated after lunch."""

import random
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from tagwerk.barcamp.actions.choosing import Hopes, choose, hopes_of, put_hopes_back
from tagwerk.barcamp.actions.planning import no_barcamp
from tagwerk.barcamp.changes import RoundPhaseChanged
from tagwerk.barcamp.models import Barcamp, Pitch, PitchRound, Topic
from tagwerk.barcamp.rules import PitchState, RoundOrder, RoundPhase, State
from tagwerk.barcamp.stage import current_round
from tagwerk.barcamp.stage_rules import by_lot, is_remote
from tagwerk.events.models import Event
from tagwerk.kit.refusals import Invalid, Refusal
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold, tell

SHORTEST, LONGEST = 15, 600
PITCHABLE = (State.OPEN, State.QUALIFIED)


@action
def begin_round(
    event: Event,
    *,
    order: str = RoundOrder.MICROPHONE,
    seconds: int = 60,
    pitch_at: datetime | None = None,
    announce_at: datetime | None = None,
    actor: str = "",
) -> PitchRound:
    """Begin a pitch round with collecting topics; a round that runs is left behind as it is.

    While a round collects, the same beginning again is this round. Raises `Refusal` for another one then, `Invalid`
    for an unknown order, or a pitch that is shorter than 15 seconds or longer than 10 minutes.
    """
    _check(order, seconds)
    hold(event.stream)
    if not Barcamp.objects.filter(event=event).exists():
        raise no_barcamp()
    last = current_round(event)
    fields = {"order": order, "seconds": seconds, "pitch_at": pitch_at, "announce_at": announce_at}
    if last and last.phase == RoundPhase.COLLECTING:
        if all(getattr(last, name) == value for name, value in fields.items()):
            return last
        raise Refusal(
            "round-collects", _("Es läuft schon eine Runde, die Themen sammelt. Bitte führen Sie diese fort.")
        )
    round_ = PitchRound.objects.create(event=event, number=last.number + 1 if last else 1, **fields)
    _tell(round_, before="", actor=actor)
    return round_


@action
def drop_round(event: Event, *, actor: str = "") -> int:
    """Take back the beginning of a round on whose stage nothing has happened yet; gives the revision."""
    hold(event.stream)
    round_ = current_round(event)
    if round_ is None or Pitch.objects.filter(round=round_).exclude(state=PitchState.WAITING).exists():
        raise Refusal("round-runs", _("Die Runde läuft schon und lässt sich nicht mehr zurücknehmen."))
    round_.delete()
    earlier = current_round(event)
    fact = RoundPhaseChanged(
        round=earlier.number if earlier else 0, phase=earlier.phase if earlier else "", touches=("round",)
    )
    return tell(event.stream, fact, actor=actor)


@action
def enter_round_phase(event: Event, phase: str, *, actor: str = "") -> int:
    """Lead the current round into a phase, forward or back; gives the revision.

    Entering the pitches puts every topic that was not pitched yet into the queue; entering the planning finds
    likely places for what has enough interest. Raises `Refusal` without a round, `Invalid` for an unknown phase.
    """
    hold(event.stream)
    round_ = current_round(event)
    if round_ is None:
        raise Refusal("no-round", _("Es läuft noch keine Runde. Bitte beginnen Sie erst eine."))
    if phase not in list(RoundPhase):
        raise Invalid("no-such-phase", _("Diese Phase gibt es nicht."))
    before, round_.phase = round_.phase, RoundPhase(phase)
    round_.save(update_fields=["phase"])
    topics = {}
    if round_.phase == RoundPhase.PITCHING:
        fill_queue(round_)
    elif round_.phase == RoundPhase.PLANNING:
        topics = hopes_of(event)
        choose(event, actor=actor)
    return _tell(round_, before=before, topics=topics, actor=actor)


@action
def begin_pitching(event: Event, *, order: str = RoundOrder.MICROPHONE, actor: str = "") -> int:
    """Lead the current round to the stage, and begin one where there is none; gives the revision."""
    hold(event.stream)
    if current_round(event) is None:
        begin_round(event, order=order, actor=actor)
    return enter_round_phase(event, RoundPhase.PITCHING, actor=actor)


@action
def take_phase_back(event: Event, before: Mapping[str, Any], *, actor: str = "") -> int:
    """Lead the current round back to where it was `before`; gives the revision.

    Who came into the plan by this stands again as before: what was planned or put aside since stays so.
    """
    hold(event.stream)
    revision = enter_round_phase(event, before["phase"], actor=actor)
    if before["phase"] == RoundPhase.PLANNING:
        return revision
    return put_hopes_back(event, before.get("topics", {}), actor=actor) or revision


def _check(order: str, seconds: int) -> None:
    if order not in list(RoundOrder):
        raise Invalid("no-such-order", _("Bitte wählen Sie, in welcher Reihenfolge vorgestellt wird."))
    if not SHORTEST <= seconds <= LONGEST:
        raise Invalid("pitch-length", _("Eine Vorstellung dauert 15 Sekunden bis 10 Minuten."))


def fill_queue(round_: PitchRound) -> list[Pitch]:
    """Put the topics that were on stage in no round yet behind the others: by number, or by lot.

    Who was absent, or not called any more, is among them again. The lot leaves those who pitch from afar together, so that they can be announced as one block.
    """
    pitched = Pitch.objects.held().filter(round__event=round_.event).values("topic")
    topics = list(Topic.objects.filter(event=round_.event, state__in=PITCHABLE).exclude(pk__in=pitched))
    if round_.order == RoundOrder.LOT:
        topics = by_lot(topics, lambda topic: is_remote(topic.pitch, topic.mode), random.SystemRandom().shuffle)
    return [enqueue(round_, topic) for topic in topics]


def enqueue(round_: PitchRound, topic: Topic) -> Pitch:
    """Put a topic at the end of a round's queue, once."""
    last = Pitch.objects.filter(round=round_).aggregate(last=Max("position"))["last"] or 0
    pitch, _new = Pitch.objects.get_or_create(round=round_, topic=topic, defaults={"position": last + 1})
    return pitch


def _tell(round_: PitchRound, *, before: str, topics: Hopes | None = None, actor: str) -> int:
    fact = RoundPhaseChanged(
        round=round_.number,
        phase=round_.phase,
        touches=("round",),
        before={"phase": before} | ({"topics": topics} if topics else {}),
        after={"phase": round_.phase},
    )
    return tell(round_.event.stream, fact, actor=actor)
