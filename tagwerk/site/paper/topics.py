"""Topics on paper: number, title, name and where it stands."""

from dataclasses import dataclass
from datetime import datetime

from tagwerk.barcamp.models import Topic
from tagwerk.barcamp.together import hosts_of, names_of
from tagwerk.events.models import Event

LONGEST_WORD = 22  # letters that fit side by side on a card


@dataclass(frozen=True)
class PaperPlace:
    """When and where a session stands."""

    start: datetime
    room_name: str


@dataclass(frozen=True)
class PaperTopic:
    """A topic as its card and the lists show it; `places` is empty where it has none, two where it is offered twice."""

    number: int
    title: str
    host_name: str
    hosts: list[str]
    is_wanted: bool
    places: list[PaperPlace]

    @property
    def has_long_word(self) -> bool:
        """Tell whether the title needs smaller letters, so that no word is broken."""
        return any(len(word) > LONGEST_WORD for word in self.title.split())


def topics_of(event: Event) -> list[PaperTopic]:
    """Give the listed topics by number."""
    return [_on_paper(topic) for topic in Topic.objects.of(event).listed().order_by("number")]


def _on_paper(topic: Topic) -> PaperTopic:
    placements = [session.placement for session in topic.sessions if hasattr(session, "placement")]
    zone = topic.event.timezone
    return PaperTopic(
        number=topic.number,
        title=topic.title,
        host_name=names_of(topic),
        hosts=hosts_of(topic),
        is_wanted=topic.is_wanted,
        places=[
            PaperPlace(standing.slot.start.astimezone(zone), standing.room.name if standing.room else "")
            for standing in placements
            if standing.is_active
        ],
    )
