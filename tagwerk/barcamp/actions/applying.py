"""A plan that was found takes effect: what moves, what is new, what finds no place any more; all at once or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.utils.translation import gettext_lazy as _

from tagwerk.barcamp.actions.choosing import hopes_of, put_hopes_back
from tagwerk.barcamp.actions.searching import run_at
from tagwerk.barcamp.actions.settling import settle_at
from tagwerk.barcamp.actions.sketching import put_likely, tell_likely
from tagwerk.barcamp.actions.successors import send_back
from tagwerk.barcamp.changes import PlanApplied, TopicPlanned, TopicUnplaced
from tagwerk.barcamp.models import PlanRun, Topic
from tagwerk.barcamp.placing import Place, Reasons
from tagwerk.barcamp.plan_rules import Cell, RunState, Task, as_cells, changes
from tagwerk.barcamp.plan_rules import Change as What
from tagwerk.barcamp.rules import State
from tagwerk.barcamp.stage import is_gathering
from tagwerk.events.models import Event, Room, Slot
from tagwerk.kit.refusals import Refusal
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold, tell
from tagwerk.live.models import Change, Stream
from tagwerk.programme.actions import cancel, restore
from tagwerk.programme.actions.rearranging import Move, rearrange
from tagwerk.programme.models import Session


@dataclass(frozen=True)
class _Item:
    """A change of the plan: a topic, its session (None: it has none yet), and where it goes (None: out)."""

    topic: Topic
    session: Session | None
    to: Cell | None
    reasons: Reasons
    is_second: bool


@action
def apply_plan(event: Event, number: int | None, *, actor: str = "") -> int:
    """Let a found plan stand; gives the revision.

    While topics are gathered, what is new is only likely; else it is told at once. Raises `Refusal` when the plan was
    applied or dropped, changes nothing, or when something it moves stands elsewhere by now.
    """
    hold(event.stream)
    run = run_at(event, number)
    if run.task != Task.PLAN or run.state not in (RunState.FOUND, RunState.DROPPED):
        raise Refusal("plan-not-ready", _("Dieser Plan ist schon übernommen oder noch nicht fertig."))
    items = _items(event, run)
    if not any(items.values()):
        raise Refusal("nothing-changes", _("Dieser Plan ist der, der schon steht."))
    before_it = Stream.objects.get(pk=event.stream).revision
    before = {"run": run.number, "hopes": hopes_of(event) if is_gathering(event) else {}}
    moved = items[What.MOVED] + items[What.OTHER_ROOM]
    before |= {
        "moves": [_stood(item) for item in moved],
        "dropped": [_set_aside(item, actor) for item in items[What.DROPPED]],
    }
    if moved:
        rearrange(event, [_move(item) for item in moved], actor=actor)
    _add(event, items[What.ADDED], actor)
    run.state = RunState.APPLIED
    run.save(update_fields=["state"])
    parts = [before_it + 1, Stream.objects.get(pk=event.stream).revision]
    fact = PlanApplied(
        code=str(run.number),
        touches=_touched(event, parts),
        before=before,
        after={"parts": parts},
    )
    return tell(event.stream, fact, actor=actor)


@action
def take_plan_back(event: Event, change: Change, *, actor: str = "") -> int:
    """Undo an applied plan: what was new waits again, what moved stands where it stood; gives the revision."""
    hold(event.stream)
    before, (first, last) = change.before, change.after["parts"]
    told = Change.objects.filter(stream=event.stream, kind=TopicPlanned.kind, revision__range=(first, last))
    for planned in told.order_by("-revision"):
        send_back(event, planned.code, planned.before, actor=actor)
    moves = [Move(code, slot, room) for code, slot, room in before["moves"]]
    if moves:
        rearrange(event, moves, freely=True, actor=actor)
    for code in before["dropped"]:
        restore(Session.objects.of(event).get(code=code), actor=actor)
    put_hopes_back(event, before["hopes"], actor=actor)
    PlanRun.objects.filter(event=event, number=before["run"]).update(state=RunState.FOUND)
    fact = PlanApplied(code=change.code, touches=tuple(change.touches))
    return tell(event.stream, fact, actor=actor)


def _items(event: Event, run: PlanRun) -> dict[What, list[_Item]]:
    """Give what the plan changes, by kind; raises `Refusal` when something does not stand where the plan began."""
    given, found = run.given, run.found
    before, after = as_cells(given["cells"]), as_cells(found["cells"])
    topics = {topic.code: topic for topic in Topic.objects.of(event)}
    items: dict[What, list[_Item]] = {}
    for kind, positions in changes(before, after).items():
        items[kind] = [
            _item(topics.get(subject["topic"]), subject, before[position], after[position], found["reasons"][position])
            for position in positions
            for subject in [given["subjects"][position]]
        ]
    return items


def _item(
    topic: Topic | None, subject: Mapping[str, Any], before: Cell | None, after: Cell | None, reasons: Reasons
) -> _Item:
    session = next((s for s in topic.sessions if s.code == subject["session"]), None) if topic else None
    if topic is None or not _stands_there(topic, session, before, is_second=subject["is_second"]):
        raise Refusal("plan-outdated", _("Seit der Suche hat sich etwas geändert. Bitte suchen Sie noch einmal."))
    return _Item(topic, session, after, reasons, subject["is_second"])


def _stands_there(topic: Topic, session: Session | None, before: Cell | None, *, is_second: bool) -> bool:
    if before is None:
        return topic.repeat is None if is_second else topic.state == State.QUALIFIED
    if session is None or session.is_cancelled:
        return False
    return (session.placement.slot_id, session.placement.room_id) == before


def _standing(item: _Item) -> Session:
    """Give the session of what stood somewhere before: `_stands_there` has looked that there is one."""
    return cast("Session", item.session)


def _goal(item: _Item) -> Cell:
    """Give where something goes that finds a place."""
    return cast("Cell", item.to)


def _stood(item: _Item) -> list[Any]:
    session = _standing(item)
    return [session.code, session.placement.slot_id, session.placement.room_id]


def _move(item: _Item) -> Move:
    return Move(_standing(item).code, *_goal(item), item.reasons)


def _set_aside(item: _Item, actor: str) -> str:
    """Cancel what finds no place any more; its topic waits for the next free one. Gives the session's code."""
    topic, session = item.topic, _standing(item)
    cancel(session, note=str(_("Dafür ist kein Platz mehr frei.")), actor=actor)
    if session.pk == topic.session_id:
        topic.state, topic.reasons = State.QUALIFIED, item.reasons
        topic.save(update_fields=["state", "reasons"])
        tell(topic.event.stream, TopicUnplaced(code=topic.code, number=topic.number), actor=actor)
    return session.code


def _add(event: Event, items: Sequence[_Item], actor: str) -> None:
    slots = {slot.pk: slot for slot in Slot.objects.filter(day__event=event).select_related("day__event")}
    rooms: dict[int, Room] = {room.pk: room for room in event.rooms.all()}
    gathers, sketched = is_gathering(event), []
    for item in items:
        slot, room = slots[_goal(item)[0]], rooms[_goal(item)[1]]
        if not gathers:
            settle_at(item.topic, slot, room, item.reasons, actor=actor)
        elif not item.is_second:  # the second place is found when the plan is announced
            put_likely(item.topic, Place(item.topic, slot, room, item.reasons))
            sketched.append(item.topic)
    tell_likely(sketched, actor=actor)


def _touched(event: Event, parts: Sequence[int]) -> tuple[str, ...]:
    told = Change.objects.filter(stream=event.stream, revision__range=parts)
    return tuple(dict.fromkeys(key for touches in told.values_list("touches", flat=True) for key in touches))
