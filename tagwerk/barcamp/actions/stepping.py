"""One step on stage: the queue before and after, stored and told, once; and the last one taken back."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from tagwerk.barcamp.actions.planning import cancel_sessions, offer_free_place
from tagwerk.barcamp.changes import StageStepped, TopicClosed
from tagwerk.barcamp.models import Pitch, PitchRound, Topic
from tagwerk.barcamp.rules import State
from tagwerk.barcamp.stage import FOLLOWING, Stage, current_round, queue_of, stage_of
from tagwerk.barcamp.stage_rules import Queue, Turn, clamped, on_stage
from tagwerk.events.models import Event
from tagwerk.kit.refusals import Refusal
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold, tell
from tagwerk.live.models import Change

Move = Callable[[Queue, datetime], Queue]
STEP = "stage.step"


def step(event: Event, move: Move, *, actor: str, at: datetime | None = None, brought: str = "") -> Stage:
    """Let a move change the queue; what changes nothing is no step.

    `at` is when a device did it, if earlier; `brought` is the code of a topic that came with this step.
    """
    hold(event.stream)
    round_ = round_of(event)
    pitches = queue_of(round_)
    before = tuple(_turn(pitch) for pitch in pitches)
    current = on_stage(before)
    after = move(before, clamped(at, timezone.now(), current.called_at if current else None))
    return _store(round_, pitches, after, actor=actor, brought=brought)


def _store(round_: PitchRound, pitches: list[Pitch], after: Queue, *, actor: str, brought: str = "") -> Stage:
    """Store what changed in a queue, count the step and tell it."""
    changed = [(pitch, turn) for pitch, turn in zip(pitches, after, strict=True) if _turn(pitch) != turn]
    before = {"turns": {pitch.topic.code: _plain(_turn(pitch)) for pitch, _after in changed}, "brought": brought}
    for pitch, turn in changed:
        pitch.state, pitch.position, pitch.extra_seconds = turn.state, turn.position, turn.extra
        pitch.called_at, pitch.ended_at = turn.called_at, turn.ended_at
        pitch.save(update_fields=["state", "position", "extra_seconds", "called_at", "ended_at"])
    if changed or brought:
        round_.step += 1
        round_.save(update_fields=["step"])
        tell_stage(round_.event, before=before, actor=actor)
    return staged(round_.event)


@action
def undo_step(event: Event, number: int, *, actor: str) -> Stage:
    """Take the step `number` back, if it is the last one; else somebody went on and nothing happens.

    A topic that came with the step goes with it.
    """
    hold(event.stream)
    round_ = round_of(event)
    last = Change.objects.filter(stream=event.stream, kind=STEP).exclude(touches=[]).order_by("-revision").first()
    if round_.step != number or last is None or last.after.get("step") != number:
        return staged(event)
    known = last.before["turns"]
    pitches = queue_of(round_)
    after = tuple(
        _read(pitch.topic.code, known[pitch.topic.code]) if pitch.topic.code in known else _turn(pitch)
        for pitch in pitches
    )
    _store(round_, pitches, after, actor=actor)
    if last.before["brought"]:
        _take_out(event, last.before["brought"], actor=actor)
    return staged(event)


def _take_out(event: Event, code: str, *, actor: str) -> None:
    topic = Topic.objects.of(event).get(code=code)
    cancel_sessions(topic, note=str(_("Das Thema wurde zurückgezogen.")), actor=actor)
    topic.state = State.WITHDRAWN
    topic.save(update_fields=["state"])
    fact = TopicClosed(code=code, number=topic.number, state=State.WITHDRAWN, touches=(f"topic:{code}",))
    tell(event.stream, fact, actor=actor)
    offer_free_place(event, actor=actor)


def tell_stage(event: Event, *, before: dict[str, Any] | None = None, actor: str) -> None:
    """Tell what is on stage now; with `before` this was a step that can be taken back."""
    stage = staged(event)
    number = stage.current.number if stage.current else None
    fact = StageStepped(
        code=stage.current.code if stage.current else "",
        step=stage.round.step,
        number=number,
        coming=tuple(topic.number for topic in stage.following[:FOLLOWING]),
        touches=() if before is None else ("stage",),
        before=before or {},
        after={"step": stage.round.step},
    )
    tell(event.stream, fact, actor=actor)


def round_of(event: Event) -> PitchRound:
    """Give the current round; raises `Refusal` where there is none."""
    round_ = current_round(event)
    if round_ is None:
        raise Refusal("no-round", _("Es läuft noch keine Runde. Bitte beginnen Sie erst eine."))
    return round_


def staged(event: Event) -> Stage:
    """Give the stage of an event that has a round."""
    round_of(event)
    found = stage_of(event)
    assert found  # noqa: S101 - there is a round
    return found


def _turn(pitch: Pitch) -> Turn:
    return Turn(pitch.topic.code, pitch.position, pitch.state, pitch.called_at, pitch.ended_at, pitch.extra_seconds)


def _plain(turn: Turn) -> list[Any]:
    times = [time and time.isoformat() for time in (turn.called_at, turn.ended_at)]
    return [turn.position, turn.state, *times, turn.extra]


def _read(code: str, plain: list[Any]) -> Turn:
    position, state, called, ended, extra = plain
    return Turn(code, position, state, called and parse_datetime(called), ended and parse_datetime(ended), extra)
