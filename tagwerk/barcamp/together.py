"""Who is needed in a topic's sessions and what they need: its host, and those of the topics merged into it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from tagwerk.barcamp import rules
from tagwerk.barcamp.models import Topic
from tagwerk.events.rules import Feature, Mode
from tagwerk.kit.text import folded

LONGEST_HOSTS = 80  # what a session's line of names holds


def alive(topic: Topic) -> Topic:
    """Give the topic itself, or the one that it went into."""
    while topic.merged_into is not None:
        topic = topic.merged_into
    return topic


def together(topic: Topic) -> Iterator[Topic]:
    """Give a topic and all that were merged into it."""
    yield topic
    for other in topic.merged.all():
        yield from together(other)


def marks_of(topic: Topic) -> list[str]:
    """Give the marks of who must not be in two places; offered twice, the topic is never parallel with itself."""
    marks = [mark for one in together(topic) for mark in rules.host_marks(one.host_id, folded(one.host_name))]
    return list(dict.fromkeys(marks)) + ([f"topic:{topic.pk}"] if topic.is_twice else [])


def people_of(topic: Topic) -> list[tuple[str, list[str]]]:
    """Give each who holds the topic, by name and marks; who is known by neither is left out."""
    each = [(one.host_name, rules.host_marks(one.host_id, folded(one.host_name))) for one in together(topic)]
    return [(name, marks) for name, marks in each if marks]


def hosts_of(topic: Topic) -> list[str]:
    """Give the name of each who holds the topic."""
    return list(dict.fromkeys(one.host_name for one in together(topic) if one.host_name))


def names_of(topic: Topic) -> str:
    """Give the names of all who hold the topic together, as one says them."""
    first, *others = hosts_of(topic) or [""]
    for other in others:
        first = _("%(one)s und %(other)s") % {"one": first, "other": other}
    return first


def needs_of(topic: Topic) -> frozenset[str]:
    """Give what a topic's room must have; who takes part remotely needs a hybrid room."""
    remote = {Feature.HYBRID.value} if any(one.mode != Mode.ON_SITE for one in together(topic)) else set()
    return frozenset(need for one in together(topic) for need in one.needs) | remote
