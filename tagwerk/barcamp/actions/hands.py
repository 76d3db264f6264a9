"""Raised hands of people who have not tapped: counted apart from devices, they qualify; a guess by eye never does."""

from django.utils.translation import gettext_lazy as _

from tagwerk.barcamp.actions.backing import seen_by_everybody, tell_count, topic_at
from tagwerk.barcamp.actions.planning import qualify_if_ready
from tagwerk.barcamp.changes import HandsCounted
from tagwerk.barcamp.models import HandCount, Topic
from tagwerk.barcamp.together import alive
from tagwerk.events.models import Event
from tagwerk.kit.refusals import Invalid
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold, tell

MOST = 2000  # hands at once; more is a slip of the finger


@action
def count_hands(event: Event, code: str, count: int, *, estimate: bool = False, actor: str) -> Topic:
    """Add counted hands to a topic (or take some back), or note a guess by eye in place of the last one.

    Hands count also for topics that were put aside or merged meanwhile: none is lost. Raises `Invalid` for a
    number that cannot be meant.
    """
    hold(event.stream)
    topic = alive(topic_at(event, code))
    if not -MOST <= count <= MOST or (estimate and count < 0):
        sentence = _("Bitte geben Sie eine Zahl bis 2000 ein.")
        raise Invalid("no-count", sentence, errors={"count": sentence})
    before, was = seen_by_everybody(topic), {"hands": topic.without_phone, "estimate": topic.estimate}
    HandCount.objects.create(topic=topic, hands=count, is_estimate=estimate, actor=actor)
    if estimate:
        topic.estimate = count
    else:
        topic.without_phone = max(0, topic.without_phone + count)
    topic.save(update_fields=["without_phone", "estimate"])
    _tell(topic, was, actor)
    if not estimate:
        tell_count(topic, before, actor=actor)
        qualify_if_ready(topic, actor=actor)
    return topic


def _tell(topic: Topic, was: dict[str, int], actor: str) -> None:
    fact = HandsCounted(
        code=topic.code,
        number=topic.number,
        hands=topic.without_phone,
        estimate=topic.estimate,
        touches=(f"hands:{topic.code}",),
        before=was,
        after={"hands": topic.without_phone, "estimate": topic.estimate},
    )
    tell(topic.event.stream, fact, actor=actor)
