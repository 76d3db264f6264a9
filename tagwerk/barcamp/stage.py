"""What stands on stage and who follows, read from the current pitch round."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from tagwerk.barcamp import rules
from tagwerk.barcamp.models import Pitch, PitchRound, Topic
from tagwerk.barcamp.rules import OPEN_FOR_INTEREST, PitchState, average_seconds
from tagwerk.barcamp.stage_rules import WAITS
from tagwerk.events.models import Event
from tagwerk.live.models import Stream

FOLLOWING = 2


@dataclass(frozen=True)
class Stage:
    """The stage as Bühne, Regie, phones and walls show it.

    `average` is how long a pitch took so far, in seconds (the planned time before the first has ended);
    `queue` are the pitches still to be called, in order. `revision` was read before all the rest: what is told
    later may be in here already, but nothing that was told before is missing.
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
    queue: list[Pitch]
    revision: int

    @property
    def position(self) -> int:
        """Give which pitch of all this one is."""
        return min(self.done + 1, self.total)

    @property
    def left(self) -> int:
        """Count those still to be called, without the one on stage."""
        return self.total - self.done - (1 if self.current else 0)

    @property
    def seconds(self) -> int:
        """Give how long the one on stage may speak."""
        return self.round.seconds + self.extra_seconds

    @property
    def ready_at(self) -> datetime:
        """Estimate when the last one has ended."""
        now = timezone.now()
        spent = (now - self.called_at).total_seconds() if self.called_at else 0
        rest = max(0, self.average - spent) if self.current else 0
        return now + timedelta(seconds=rest + self.left * self.average)


def current_round(event: Event) -> PitchRound | None:
    """Give the newest pitch round of an event; None where there was none."""
    return PitchRound.objects.filter(event=event).order_by("-number").first()


def is_gathering(event: Event) -> bool:
    """Tell whether what qualifies now waits for the crew's announcement."""
    round_ = current_round(event)
    return rules.is_gathering(event.barcamp.publish_mode, round_.phase if round_ else None)


def queue_of(round_: PitchRound) -> list[Pitch]:
    """Give the pitches of a round in the order in which they are called: first who waits, then who was absent.

    Who waits with a topic that was withdrawn, merged or put aside is left out until it comes back.
    """
    found = Pitch.objects.filter(round=round_).select_related("topic__event__realm", "topic__event__barcamp")
    found = found.prefetch_related("topic__merged")
    here = [pitch for pitch in found if pitch.state not in WAITS or pitch.topic.state in OPEN_FOR_INTEREST]
    return sorted(here, key=lambda pitch: (pitch.state == PitchState.ABSENT, pitch.position, pitch.pk))


def stage_of(event: Event) -> Stage | None:
    """Give the stage of an event's current round; None where there is no round."""
    revision = Stream.objects.get(pk=event.stream).revision
    round_ = current_round(event)
    if round_ is None:
        return None
    pitches = queue_of(round_)
    now = next((pitch for pitch in pitches if pitch.state == PitchState.ON_STAGE), None)
    ended = [pitch for pitch in pitches if pitch.state == PitchState.DONE]
    queue = [pitch for pitch in pitches if pitch.state in WAITS]
    took = [(pitch.ended_at - pitch.called_at).total_seconds() for pitch in ended if pitch.called_at and pitch.ended_at]
    return Stage(
        round=round_,
        current=now.topic if now else None,
        called_at=now.called_at if now else None,
        extra_seconds=now.extra_seconds if now else 0,
        following=[pitch.topic for pitch in queue[:FOLLOWING]],
        done=len(ended),
        total=len(pitches),
        absent=[pitch.topic for pitch in queue if pitch.state == PitchState.ABSENT],
        average=average_seconds(took, round_.seconds),
        queue=queue,
        revision=revision,
    )
