"""A place became free: who could fill it, one tap that does, and the way back."""

from collections.abc import Collection, Mapping

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tagwerk.barcamp.actions.backing import topic_at
from tagwerk.barcamp.actions.settling import settle_at
from tagwerk.barcamp.changes import TopicPlanned, TopicUnplanned
from tagwerk.barcamp.host_rules import Place, Waiting, best_successors, suits
from tagwerk.barcamp.models import Pitch, Topic
from tagwerk.barcamp.pairs import bonds_of, broken_at
from tagwerk.barcamp.problem import standing_in
from tagwerk.barcamp.rules import State
from tagwerk.barcamp.together import marks_of, needs_of
from tagwerk.events.models import Event, Room, Slot
from tagwerk.kit.refusals import Refusal, Unknown
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold, tell
from tagwerk.live.models import Change
from tagwerk.programme.actions import cancel, take_out
from tagwerk.programme.market_hours import kept_for_market, market_hours
from tagwerk.programme.models import Absence, Session
from tagwerk.programme.rules import Kind

WAITING = (State.OPEN, State.QUALIFIED)


def successors(event: Event, slot: Slot, rooms: Collection[Room]) -> list[tuple[Topic, Room]]:
    """Give the best three waiting topics for the free ones of these rooms in a slot, each with its room."""
    standing = _at_the_time_of(event, slot)
    taken = {session.placement.room_id for session in standing if session.placement.slot_id == slot.pk}
    is_kept = kept_for_market(slot, market_hours(event))
    free = {room.pk: room for room in rooms if not is_kept and room.is_usable(slot) and room.pk not in taken}
    places = [_place(event, slot, room, standing) for room in free.values()]
    topics = {topic.number: topic for topic in Topic.objects.of(event).filter(state__in=WAITING)}
    pitched = set(Pitch.objects.held().filter(topic__event=event).values_list("topic_id", flat=True))
    bonds, times = bonds_of(event), [(other.topic, other.slot.span) for other in standing_in(event)]
    waiting = [
        _waiting(topic, was_pitched=topic.pk in pitched)
        for topic in topics.values()
        if not broken_at(bonds, topic.pk, slot.span, times)
    ]
    return [(topics[topic.number], free[place.room]) for topic, place in best_successors(waiting, places)]


@action
def fetch_successor(event: Event, code: str, slot: Slot, room: Room, *, actor: str) -> int:
    """Plan a waiting topic in a free place; gives the revision.

    Raises `Refusal` when the topic waits no longer or does not suit the place, when the slot is over or the place
    taken.
    """
    hold(event.stream)
    topic = topic_at(event, code)
    if topic.state not in WAITING:
        raise Refusal("not-waiting", _("Dieses Thema wartet nicht mehr auf einen Platz."))
    if slot.day.event_id != event.pk or room.event_id != event.pk:
        raise Unknown("no-such-place", _("Diesen Platz gibt es nicht."))
    if slot.end <= timezone.now() or not slot.is_open or not room.is_usable(slot):
        raise Refusal("place-closed", _("Dort findet keine Session mehr statt. Bitte wählen Sie einen anderen Platz."))
    place = _place(event, slot, room, _at_the_time_of(event, slot))
    if not suits(_waiting(topic, was_pitched=True), place):
        raise Refusal(
            "does-not-suit", _("Das Thema passt dort nicht: wegen der Zeit, des Raums oder der Themengebenden.")
        )
    settle_at(topic, slot, room, [{"kind": "interested", "value": topic.interest, "text": "interested"}], actor=actor)
    told = Change.objects.filter(stream=event.stream, kind=TopicPlanned.kind, code=topic.code)
    return told.latest("revision").revision


@action
def send_back(event: Event, code: str, before: Mapping[str, object], *, actor: str) -> int:
    """Take a fetched topic out of its place again; gives the revision. It waits as it did `before`."""
    hold(event.stream)
    topic = topic_at(event, code)
    field = "repeat" if before["state"] == State.PLANNED else "session"  # of two places the second one came last
    session: Session | None = getattr(topic, field)
    if topic.state != State.PLANNED or session is None:
        raise Refusal("nothing-to-undo", _("Das lässt sich nicht mehr zurücknehmen."))
    slot, room = session.placement.slot_id, session.placement.room_id
    topic.state, topic.reasons = State(str(before["state"])), []
    if before.get("session"):
        cancel(session, actor=actor)  # it had been cancelled before, so that is what everybody knows of it
    else:
        setattr(topic, field, None)
    topic.save(update_fields=["state", "reasons", field])
    if not before.get("session"):
        take_out(session)
    fact = TopicUnplanned(code=topic.code, number=topic.number, slot=slot, room=room, touches=(f"cell:{slot}:{room}",))
    return tell(event.stream, fact, actor=actor)


def _at_the_time_of(event: Event, slot: Slot) -> list[Session]:
    """Give what stands anywhere while the slot runs, breaks aside."""
    standing = Session.objects.of(event).filter(
        placement__is_active=True, placement__slot__start__lt=slot.end, placement__slot__end__gt=slot.start
    )
    return list(standing.exclude(kind=Kind.BREAK))


def _place(event: Event, slot: Slot, room: Room, standing: Collection[Session]) -> Place:
    return Place(
        slot=slot.pk,
        room=room.pk,
        hour=slot.start.astimezone(event.timezone).hour,
        capacity=room.capacity,
        features=frozenset(room.features),
        busy=(*(mark for session in standing for mark in session.hosts), *_away(event, slot)),
    )


def _away(event: Event, slot: Slot) -> list[str]:
    """Give the marks of all hosts who are not free at the time of a slot."""
    absences = (absence.plain for absence in Absence.objects.of(event))
    return [mark for absent in absences if absent.bars(absent.hosts, slot.day_id, slot.span) for mark in absent.hosts]


def _waiting(topic: Topic, *, was_pitched: bool) -> Waiting:
    return Waiting(
        number=topic.number,
        demand=topic.demand,
        needs=needs_of(topic),
        marks=tuple(marks_of(topic)),
        when=topic.when,
        was_pitched=was_pitched,
    )
