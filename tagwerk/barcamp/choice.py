"""Who would come into the plan at which threshold: what the crew sees before it decides."""

from dataclasses import dataclass

from tagwerk.barcamp import rules
from tagwerk.barcamp.models import Barcamp, Pitch, Topic
from tagwerk.barcamp.problem import frame_of, standing_in
from tagwerk.barcamp.rules import Candidate, Policy, State
from tagwerk.barcamp.stage import current_round
from tagwerk.events.models import Event

MAY_COME = (State.OPEN, State.QUALIFIED)


@dataclass(frozen=True)
class Choice:
    """The topics that may come, the places there are, and the threshold between them."""

    candidates: dict[int, Candidate]
    topics: dict[int, Topic]
    places: int
    threshold: int
    policy: str

    def chosen(self, threshold: int | None = None) -> list[int]:
        """Give the numbers of the topics that come in at a threshold (the event's own unless another is asked for)."""
        asked = self.threshold if threshold is None else threshold
        return rules.chosen(list(self.candidates.values()), self.places, asked, self.policy)

    @property
    def is_by_threshold(self) -> bool:
        """Tell whether the threshold decides: there are more topics than places, and no other policy."""
        return self.policy == Policy.THRESHOLD and len(self.candidates) > self.places

    @property
    def suggestion(self) -> int:
        """Give the lowest threshold at which everything that comes in finds a place."""
        return rules.suggested_threshold((c.demand for c in self.candidates.values()), self.places)


def choice_of(event: Event) -> Choice:
    """Give the choice of an event as it stands.

    Who stood in the queue may come, who has enough interest, who was left over and whom the crew let in; in a round
    without a stage, every topic.
    """
    barcamp = event.barcamp
    round_ = current_round(event)
    queued = set(Pitch.objects.filter(round=round_).values_list("topic_id", flat=True)) if round_ else set()
    open_topics = Topic.objects.of(event).filter(state__in=MAY_COME)
    topics = {
        topic.number: topic
        for topic in open_topics
        if (round_ and not queued) or topic.pk in queued or _may_come(topic, barcamp)
    }
    candidates = {
        number: Candidate(number, topic.demand, rules.lot_of(event.pk, number), topic.is_admitted)
        for number, topic in topics.items()
    }
    places = frame_of(event, reserve=barcamp.reserve_rooms).free(standing_in(event))
    return Choice(candidates, topics, places, barcamp.threshold, barcamp.policy)


def _may_come(topic: Topic, barcamp: Barcamp) -> bool:
    enough = topic.demand >= barcamp.threshold or barcamp.policy == Policy.EVERY
    return enough or topic.is_admitted or topic.state == State.QUALIFIED
