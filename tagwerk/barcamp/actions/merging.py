"""Two topics become one, or stand on their own again; a topic that many want is offered twice."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tagwerk.barcamp import rules
from tagwerk.barcamp.actions.backing import seen_by_everybody, tell_count, topic_at
from tagwerk.barcamp.actions.planning import cancel_sessions, offer_free_place, plan_second_places, qualify_if_ready
from tagwerk.barcamp.actions.proposing import follow
from tagwerk.barcamp.actions.returning import give_places_back
from tagwerk.barcamp.changes import TopicMerged, TopicSplit, TopicTwice
from tagwerk.barcamp.models import Interest, Topic
from tagwerk.barcamp.rules import OPEN_FOR_INTEREST, State
from tagwerk.barcamp.stage import is_gathering
from tagwerk.events.models import Event
from tagwerk.kit.refusals import Refusal
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold, tell
from tagwerk.live.models import Change
from tagwerk.programme.actions import cancel
from tagwerk.programme.models import Session


@dataclass(frozen=True)
class Price:
    """What merging would cost: so many people together, and the seats of the largest room."""

    together: int
    largest: int

    @property
    def is_too_many(self) -> bool:
        """Tell whether not all of them would find a seat."""
        return self.together > self.largest


def price_of_merging(event: Event, into: Topic, other: Topic) -> Price:
    """Count who is interested in either topic, each device once, and how many one room holds."""
    devices = Interest.objects.filter(topic__in=(into, other)).values("device").distinct().count()
    largest = event.rooms.filter(is_open=True).aggregate(most=Max("capacity"))["most"] or 0
    return Price(devices + into.without_phone + other.without_phone, largest)


@action
def merge(event: Event, into: str, other: str, *, twice: bool = False, actor: str) -> Topic:
    """Let the topic `other` go into `into`: its people and hosts go along, its number leads there.

    Whoever wants both counts once; with `twice` both together are offered twice from now on. Raises `Refusal` when
    one of them is closed or its session has begun, or a host is needed elsewhere. It is told last, so that one undo
    takes all of it back.
    """
    hold(event.stream)
    target, source = topic_at(event, into), topic_at(event, other)
    if source.state == State.MERGED and source.merged_into_id == target.pk:
        return target
    _check_pair(target, source)
    becomes_twice = twice and not target.is_twice
    was = {"state": source.state, "into_state": target.state, "made_twice": becomes_twice}
    seen, sentence = seen_by_everybody(target), _("Zusammengelegt mit Thema %(number)s.") % {"number": target.number}
    was["sessions"] = cancel_sessions(source, note=str(sentence), actor=actor)
    source.state, source.merged_into = State.MERGED, target
    source.save(update_fields=["state", "merged_into"])
    _bring_people(target, source)
    if becomes_twice:
        Topic.objects.filter(pk=target.pk).update(is_twice=True)
    target = _recount(event, into, hands=source.without_phone)
    tell_count(target, seen, actor=actor)
    qualify_if_ready(target, actor=actor)
    if becomes_twice and not is_gathering(event):
        plan_second_places(event, actor=actor)
    offer_free_place(event, actor=actor)
    target = topic_at(event, into)
    _tell_pair(TopicMerged, source, target, was, actor)
    return target


@action
def split(event: Event, code: str, *, actor: str) -> Topic:
    """Let a merged topic stand on its own again, with its people, its host and, if it is free, its place.

    What was offered twice because of the merging is offered once again. Possible until the session of both begins.
    """
    hold(event.stream)
    source = topic_at(event, code)
    if source.state != State.MERGED or source.merged_into is None:
        raise Refusal("not-merged", _("Dieses Thema steht schon für sich."))
    target = topic_at(event, source.merged_into.code)
    _check_still_time(*target.sessions)
    seen = seen_by_everybody(target)
    was = _merged_as(event, source)
    Interest.objects.filter(topic=target, came_from=source).delete()
    source.state, source.merged_into = was["state"], None
    if source.state == State.PLANNED:
        source.state = State.QUALIFIED  # until its place is found again
    source.save(update_fields=["state", "merged_into"])
    target = _recount(event, target.code, hands=-source.without_phone)
    _back_to_open(target, was["into_state"])
    tell_count(target, seen, actor=actor)
    if was["made_twice"]:
        offer_twice(event, target.code, twice=False, actor=actor)
    give_places_back(source, was["sessions"], actor=actor)
    offer_free_place(event, actor=actor)
    source = topic_at(event, code)
    _tell_pair(TopicSplit, source, target, {"state": State.MERGED, "made_twice": was["made_twice"]}, actor)
    return source


@action
def offer_twice(event: Event, code: str, *, twice: bool = True, actor: str) -> Topic:
    """Offer a topic twice, so that it gets a second place and its people are shared; or only once after all."""
    hold(event.stream)
    topic = topic_at(event, code)
    if topic.state not in OPEN_FOR_INTEREST:
        raise Refusal("topic-closed", _("Dieses Thema steht nicht mehr zur Wahl."))
    if topic.is_twice == twice:
        return topic
    topic.is_twice, second = twice, topic.repeat
    if second is not None:
        if not second.is_cancelled:
            _check_still_time(second)
            cancel(second, note=str(_("Findet nur einmal statt.")), actor=actor)
        topic.repeat = None  # if it is offered twice again, a place is looked for anew
    topic.save(update_fields=["is_twice", "repeat"])
    follow(topic)
    fact = TopicTwice(
        code=code,
        number=topic.number,
        twice=twice,
        touches=(_key(topic),),
        before={"twice": not twice},
        after={"twice": twice},
    )
    tell(event.stream, fact, actor=actor)
    if not is_gathering(event):  # else the second place waits for the announcement, as the first one did
        plan_second_places(event, actor=actor)
    offer_free_place(event, actor=actor)
    return topic_at(event, code)


def _check_pair(target: Topic, source: Topic) -> None:
    if target.pk == source.pk or not {target.state, source.state} <= OPEN_FOR_INTEREST:
        raise Refusal("not-mergeable", _("Diese beiden Themen lassen sich nicht zusammenlegen."))
    _check_still_time(*target.sessions, *source.sessions)
    if target.is_wanted and not source.is_wanted:
        sentence = _("Ein Wunsch geht in das Thema auf, das jemand anbietet – nicht umgekehrt.")
        raise Refusal("wish-goes-into-offer", sentence)


def _check_still_time(*sessions: Session) -> None:
    begun = Q(placement__slot__start__lte=timezone.now(), placement__is_active=True)
    if Session.objects.filter(begun, pk__in=[session.pk for session in sessions]).exists():
        sentence = _("Das geht nur, solange die Session noch nicht begonnen hat. Bitte lassen Sie sie zu Ende laufen.")
        raise Refusal("begun", sentence)


def _bring_people(target: Topic, source: Topic) -> None:
    there = Interest.objects.filter(topic=target).values("device")
    new = Interest.objects.filter(topic=source).exclude(device__in=there).values_list("device_id", flat=True)
    Interest.objects.bulk_create(Interest(topic=target, device_id=device, came_from=source) for device in new)


def _recount(event: Event, code: str, *, hands: int) -> Topic:
    """Count a topic's people anew and let its sessions know its hosts; give it fresh."""
    topic = topic_at(event, code)
    rows = Interest.objects.filter(topic=topic)
    topic.interest, topic.counted = rows.count(), rows.filter(device__is_verified=True).count()
    topic.without_phone = max(0, topic.without_phone + hands)
    topic.save(update_fields=["interest", "counted", "without_phone"])
    follow(topic)
    return topic


def _merged_as(event: Event, source: Topic) -> dict[str, Any]:
    """Give what the two topics were when they were merged, from the ledger."""
    told = Change.objects.filter(stream=event.stream, kind=TopicMerged.kind, code=source.code)
    before: dict[str, Any] = told.order_by("-revision")[0].before
    return {"sessions": [], "made_twice": False} | before


def _back_to_open(target: Topic, was: str) -> None:
    barcamp = target.event.barcamp
    if target.state == was or target.state != State.QUALIFIED:
        return
    target.state = State.OPEN
    if not rules.qualifies(barcamp.policy, target.state, target.demand, barcamp.threshold):
        target.save(update_fields=["state"])


def _tell_pair(kind: type[TopicMerged], source: Topic, target: Topic, was: dict[str, Any], actor: str) -> None:
    fact = kind(
        code=source.code,
        number=source.number,
        into=target.code,
        into_number=target.number,
        touches=(_key(source), _key(target)),
        before=was,
        after={"state": source.state},
    )
    tell(target.event.stream, fact, actor=actor)


def _key(topic: Topic) -> str:
    return f"topic:{topic.code}"
