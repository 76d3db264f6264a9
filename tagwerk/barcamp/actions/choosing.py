"""Who comes into the plan: the threshold is chosen at the end, with its effect shown."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from tagwerk.barcamp.actions.sketching import sketch, sketch_quietly, tell_likely
from tagwerk.barcamp.changes import RulesChanged, TopicQualified
from tagwerk.barcamp.choice import MAY_COME, Choice, choice_of
from tagwerk.barcamp.lost import has_lost_places
from tagwerk.barcamp.models import Barcamp, Topic
from tagwerk.barcamp.rules import RoundPhase, State
from tagwerk.barcamp.stage import current_round, is_gathering
from tagwerk.events.models import Event
from tagwerk.kit.refusals import Invalid
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold, tell
from tagwerk.live.changes import Fact

HIGHEST = 999
Hopes = dict[str, list[Any]]  # code -> state, likely slot, likely room


@action
def choose(event: Event, threshold: int | None = None, *, actor: str = "") -> Choice:
    """Let those topics into the plan that the threshold lets in (or all, while places are free), and sketch it anew.

    Gives what was chosen. Raises `Invalid` for a threshold below 1.
    """
    hold(event.stream)
    if threshold is not None:
        _set_threshold(event, threshold, actor)
    choice = choice_of(event)
    inside = set(choice.chosen())
    new = [t for number, t in choice.topics.items() if number in inside and t.state == State.OPEN]
    out = [t for number, t in choice.topics.items() if number not in inside and t.state == State.QUALIFIED]
    for topic in out:
        topic.state, topic.likely_slot, topic.likely_room, topic.reasons = State.OPEN, None, None, []
        topic.save(update_fields=["state", "likely_slot", "likely_room", "reasons"])
    for topic in new:
        topic.state = State.QUALIFIED
        topic.save(update_fields=["state"])
    known = {topic.pk for topic in new}
    moved = [topic for topic in sketch_quietly(event) if topic.pk not in known]
    for topic in new:
        tell(event.stream, TopicQualified(code=topic.code, number=topic.number), actor=actor)
    tell_likely([*moved, *out], actor=actor)
    return choice


@action
def follow_frame(stream: int, _fact: Fact, actor: str) -> None:
    """Look for likely places anew where the frame changed: a room opened or closed, a host's times, pairs.

    While the plan is made, the number of places also decides who comes in. What is announced stays.
    """
    event = Event.objects.select_related("realm").get(realm_id=stream)
    if not Barcamp.objects.filter(event=event).exists() or not is_gathering(event):
        return
    round_ = current_round(event)
    if round_ and round_.phase == RoundPhase.PLANNING:
        choose(event, actor=actor)
    elif has_lost_places(event):
        sketch(event, actor=actor)


def hopes_of(event: Event) -> Hopes:
    """Give how the topics stand that may come into the plan, before it is made."""
    topics = Topic.objects.filter(event=event, state__in=MAY_COME)
    return {topic.code: [topic.state, topic.likely_slot_id, topic.likely_room_id] for topic in topics}


def put_hopes_back(event: Event, hopes: Hopes, *, actor: str) -> int | None:
    """Let topics that still wait stand as they did; gives the revision, None where nothing had changed."""
    revision = None
    for topic in Topic.objects.of(event).filter(code__in=hopes, state__in=MAY_COME):
        before = [topic.state, topic.likely_slot_id, topic.likely_room_id]
        if before == hopes[topic.code]:
            continue
        topic.state, topic.likely_slot_id, topic.likely_room_id = hopes[topic.code]
        topic.reasons = topic.reasons if topic.likely_slot_id else []
        topic.save(update_fields=["state", "likely_slot", "likely_room", "reasons"])
        revision = tell_likely([topic], actor=actor)
    return revision


def _set_threshold(event: Event, threshold: int, actor: str) -> None:
    if not 1 <= threshold <= HIGHEST:
        raise Invalid("threshold", _("Bitte wählen Sie eine Zahl ab 1."), errors={"threshold": _("Eine Zahl ab 1.")})
    barcamp = event.barcamp
    before, barcamp.threshold = barcamp.threshold, threshold
    if before == threshold:
        return
    barcamp.save(update_fields=["threshold"])
    fact = RulesChanged(
        threshold=threshold,
        counts=barcamp.counts,
        touches=("rules",),
        before={"threshold": before},
        after={"threshold": threshold},
    )
    tell(event.stream, fact, actor=actor)
