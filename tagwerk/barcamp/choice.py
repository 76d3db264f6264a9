"""Who would come into the plan at which threshold: what the crew sees before it decides."""

from dataclasses import dataclass

from tagwerk.barcamp import rules
from tagwerk.barcamp.models import Pitch, Topic
from tagwerk.barcamp.problem import frame_of, standing_in
from tagwerk.barcamp.rules import Candidate, State
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

    def chosen(self, threshold: int | None = None) -> list[int]:
        """Give the numbers of the topics that come in at a threshold (the event's own unless another is asked for)."""
        asked = self.threshold if threshold is None else threshold
        return rules.chosen(list(self.candidates.values()), self.places, asked)

    @property
    def suggestion(self) -> int:
        """Give the lowest threshold at which everything that comes in finds a place."""
        return rules.suggested_threshold((c.demand for c in self.candidates.values()), self.places)


def choice_of(event: Event) -> Choice:
    """Give the choice of an event as it stands.

    Who was pitched may come, who has enough interest, and whom the crew let in; in a round without a stage, every
    topic.
    """
    barcamp = event.barcamp
    round_ = current_round(event)
    pitched = set(Pitch.objects.filter(round=round_).values_list("topic_id", flat=True)) if round_ else set()
    open_topics = Topic.objects.of(event).filter(state__in=MAY_COME)
    topics = {
        topic.number: topic
        for topic in open_topics
        if (round_ and not pitched) or topic.pk in pitched or topic.is_admitted or topic.demand >= barcamp.threshold
    }
    candidates = {
        number: Candidate(number, topic.demand, rules.lot_of(event.pk, number), topic.is_admitted)
        for number, topic in topics.items()
    }
    places = frame_of(event, reserve=barcamp.reserve_rooms).free(standing_in(event))
    return Choice(candidates, topics, places, barcamp.threshold)
