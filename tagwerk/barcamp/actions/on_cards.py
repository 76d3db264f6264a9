"""What a helper types from a participation card: many numbers at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tagwerk.barcamp import rules
from tagwerk.barcamp.actions.backing import back
from tagwerk.barcamp.models import Topic
from tagwerk.barcamp.rules import State
from tagwerk.events.models import Event
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold
from tagwerk.people.models import DeviceToken

MOST_MERGED = 5  # a topic that went into another that went into another


@dataclass
class Entered:
    """What became of the numbers of a card: counted, no longer to be chosen, or nobody's."""

    backed: list[Topic] = field(default_factory=list)
    closed: list[Topic] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)


@action
def back_numbers(event: Event, numbers: Sequence[int], device: DeviceToken) -> Entered:
    """Count a device's interest in the topics of these spoken numbers; the others are named.

    The number of a topic that was merged stands for the one that it went into.
    Raises `Refusal` when the event is not open for its people.
    """
    hold(event.stream)
    found = {topic.number: topic for topic in Topic.objects.filter(event=event, number__in=numbers)}
    entered = Entered()
    for number in numbers:
        topic = found.get(number)
        if topic is None:
            entered.unknown.append(number)
        elif not rules.is_open_for_interest((standing := standing_for(topic)).state):
            entered.closed.append(topic)
        else:
            entered.backed.append(back(event, standing.code, device))
    return entered


def standing_for(topic: Topic) -> Topic:
    """Give the topic that a merged one went into; any other is itself."""
    for _merging in range(MOST_MERGED):
        if topic.state != State.MERGED or topic.merged_into is None:
            break
        topic = topic.merged_into
    return topic
