"""What stands on stage and who follows, read from the current pitch round."""

from dataclasses import dataclass
from datetime import datetime

from tagwerk.barcamp import rules
from tagwerk.barcamp.models import Pitch, PitchRound, Topic
from tagwerk.barcamp.rules import PitchState, average_seconds
from tagwerk.events.models import Event

FOLLOWING = 2


@dataclass(frozen=True)
class Stage:
    """The stage as Bühne, Regie, phones and walls show it.

    `average` is how long a pitch took so far, in seconds (the planned time before the first has ended);
    `ends_at` is when the current one's time is up.
    """

    round: PitchRound
    current: Topic | None
    called_at: datetime | None
    extra_seconds: int
    following: list[Topic]
    done: int
    total: int
    absent: list[Topic]
    average: int

    @property
    def position(self) -> int:
        """Give which pitch of all this one is."""
        return min(self.done + 1, self.total)

    @property
    def left(self) -> int:
        """Count those still to be called, without the one on stage."""
        return self.total - self.done - (1 if self.current else 0)


def current_round(event: Event) -> PitchRound | None:
    """Give the newest pitch round of an event; None where there was none."""
    return PitchRound.objects.filter(event=event).order_by("-number").first()


def is_gathering(event: Event) -> bool:
    """Tell whether what qualifies now waits for the crew's announcement."""
    round_ = current_round(event)
    return rules.is_gathering(event.barcamp.publish_mode, round_.phase if round_ else None)


def queue_of(round_: PitchRound) -> list[Pitch]:
    """Give the pitches of a round in the order in which they are called: first who waits, then who was absent."""
    found = Pitch.objects.filter(round=round_).select_related("topic__event__realm", "topic__event__barcamp")
    return sorted(found, key=lambda pitch: (pitch.state == PitchState.ABSENT, pitch.position, pitch.pk))


def stage_of(event: Event) -> Stage | None:
    """Give the stage of an event's current round; None where there is no round."""
    round_ = current_round(event)
    if round_ is None:
        return None
    queue = queue_of(round_)
    now = next((pitch for pitch in queue if pitch.state == PitchState.ON_STAGE), None)
    ended = [pitch for pitch in queue if pitch.state == PitchState.DONE]
    waiting = [pitch.topic for pitch in queue if pitch.state in (PitchState.WAITING, PitchState.ABSENT)]
    took = [(pitch.ended_at - pitch.called_at).total_seconds() for pitch in ended if pitch.called_at and pitch.ended_at]
    return Stage(
        round=round_,
        current=now.topic if now else None,
        called_at=now.called_at if now else None,
        extra_seconds=now.extra_seconds if now else 0,
        following=waiting[:FOLLOWING],
        done=len(ended),
        total=len(queue),
        absent=[pitch.topic for pitch in queue if pitch.state == PitchState.ABSENT],
        average=average_seconds(took, round_.seconds),
    )
