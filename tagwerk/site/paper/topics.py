"""Topics on paper: number, title, name and where it stands."""

from dataclasses import dataclass
from datetime import datetime

from tagwerk.barcamp.models import Topic
from tagwerk.events.models import Event

LONGEST_WORD = 22  # letters that fit side by side on a card


@dataclass(frozen=True)
class PaperTopic:
    """A topic as its card and the lists show it; `start` is None where it has no place."""

    number: int
    title: str
    host_name: str
    is_wanted: bool
    start: datetime | None
    room_name: str

    @property
    def has_long_word(self) -> bool:
        """Tell whether the title needs smaller letters, so that no word is broken."""
        return any(len(word) > LONGEST_WORD for word in self.title.split())


def topics_of(event: Event) -> list[PaperTopic]:
    """Give the listed topics by number."""
    return [_on_paper(topic) for topic in Topic.objects.of(event).listed().order_by("number")]


def _on_paper(topic: Topic) -> PaperTopic:
    placement = getattr(topic.session, "placement", None) if topic.session else None
    standing = placement if placement and placement.is_active else None
    return PaperTopic(
        number=topic.number,
        title=topic.title,
        host_name=topic.host_name,
        is_wanted=topic.is_wanted,
        start=standing.slot.start.astimezone(topic.event.timezone) if standing else None,
        room_name=standing.room.name if standing and standing.room else "",
    )
