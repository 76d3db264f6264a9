"""What the barcamp tells the crew beside sessions; `no_crew` stands in for it where that room is closed."""

from collections.abc import Callable, Collection, Iterable, Mapping

from django.utils.translation import gettext as _

from tagwerk.barcamp.expecting import Crowd, Swap, better_swaps, crowds
from tagwerk.barcamp.models import Topic
from tagwerk.barcamp.pairs import bonds_of, broken_at
from tagwerk.barcamp.problem import standing_in, topic_of
from tagwerk.barcamp.rules import is_taken_over
from tagwerk.barcamp.together import marks_of, people_of
from tagwerk.events.models import Event, Slot
from tagwerk.programme.models import Session, SessionQuerySet
from tagwerk.site.telling_topics import card_html

Holder = tuple[str, list[str]]


def beside(event: Event, sessions: Collection[Session]) -> tuple[dict[int, list[str]], Mapping[int, Crowd]]:
    """Give by session which pairs it breaks, and how many will come."""
    return _broken(event, sessions), crowds(sessions)


def with_topics(sessions: SessionQuerySet) -> SessionQuerySet:
    """Load sessions with their topics."""
    return sessions.select_related("topic", "repeated_topic")


def rooms(event: Event) -> list[Swap]:
    """Give the exchanges of rooms that what people said makes clearly worth it."""
    return better_swaps(event)


def barred(event: Event, session: Session, slots: Iterable[Slot]) -> set[int]:
    """Give the slots in which a session would break a pair."""
    topic = topic_of(session)
    bonds = bonds_of(event) if topic else []
    if topic is None or not bonds:
        return set()
    others = [(other.topic, other.slot.span) for other in standing_in(event) if other.session != session.code]
    return {slot.pk for slot in slots if broken_at(bonds, topic.pk, slot.span, others)}


def holders(session: Session) -> list[Holder]:
    """Give by name and marks each who brought the topic of a session; nobody where somebody else took it over."""
    topic = topic_of(session)
    if topic is None or is_taken_over(session.hosts, marks_of(topic)):
        return []
    return people_of(topic)


def holders_of(event: Event, code: str) -> tuple[str, list[Holder]] | None:
    """Give a topic's title and each who brings it; None when there is no such topic."""
    topic = Topic.objects.of(event).filter(code=code).first()
    return (str(topic), people_of(topic)) if topic else None


def cards_of_hosts(event: Event, hosts: Collection[str]) -> Callable[[str], str]:
    """Give what renders the topics that one of these hosts brings."""
    wanted = set(hosts)
    found = [topic for topic in Topic.objects.of(event).on_the_desk() if wanted & set(marks_of(topic))]
    return lambda audience: "".join(card_html(topic, audience) for topic in found)


def _broken(event: Event, sessions: Collection[Session]) -> dict[int, list[str]]:
    bonds = bonds_of(event)
    if not bonds:
        return {}
    standing = standing_in(event)
    said: dict[int, list[str]] = {}
    for session in sessions:
        topic = topic_of(session)
        others = [(other.topic, other.slot.span) for other in standing if other.session != session.code]
        bond = broken_at(bonds, topic.pk, session.placement.slot.span, others) if topic else None
        if bond and topic:
            said[session.pk] = [_("soll %(words)s stehen") % {"words": bond.words(topic.pk)}]
    return said
