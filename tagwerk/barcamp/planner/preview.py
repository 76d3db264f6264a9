"""What the desk shows of a search: how far it is, and its plan as the difference to the one that stands."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from tagwerk.barcamp.models import Barcamp, PlanRun, Topic
from tagwerk.barcamp.plan_rules import (
    Cell,
    Change,
    Prices,
    RunState,
    as_cell,
    as_cells,
    better_at_most,
    changes,
    is_lost,
    pays,
    prices_of,
)
from tagwerk.barcamp.planner.words import demand_words, price_words
from tagwerk.events.models import Event, Room, Slot
from tagwerk.live.models import Change as Told
from tagwerk.programme.sentences import sentence

UNCONCERNED = ("announcement", "plan.", "walls", "device", "stage.", "session.insight", "session.full", "event.")
"""Beginnings of the kinds of changes after which a found plan is as good as before."""
VOTES = ("topic.count", "topic.hands")


@dataclass(frozen=True)
class Spot:
    """A place as the desk names it."""

    slot: int
    room: int
    start: datetime
    room_name: str


@dataclass(frozen=True)
class Row:
    """What a plan does with one topic; `people` want it, `why` says it in a sentence.

    `other` is the best other place for what moves or finds none, with what it would cost (empty: there is none).
    """

    number: int
    title: str
    code: str
    session: str
    is_second: bool
    before: Spot | None
    after: Spot | None
    people: int
    is_lost: bool
    why: str
    other: str


RowMaker = Callable[[int], Row | None]


@dataclass(frozen=True)
class Figures:
    """What two plans are worth, in people with a seat and in people with something wished."""

    seated: int
    seated_before: int
    served: int
    served_before: int

    @property
    def gained(self) -> int:
        """Give how many more people find a seat."""
        return self.seated - self.seated_before


@dataclass(frozen=True)
class Preview:
    """A found plan beside the one that stands. `affected` people want something that moves or is dropped.

    `missing` says why topics find no place: which demands contradict each other, or that there are too many.
    `least_moves` is how many sessions have to change their time in any plan, where that is proven.
    """

    run: PlanRun
    rows: Mapping[Change, Sequence[Row]]
    unplaced: Sequence[Row]
    missing: Sequence[str]
    least_moves: int | None
    staying: int
    figures: Figures
    affected: int
    has_new_votes: bool
    is_outdated: bool
    is_worth_it: bool

    @property
    def changes_something(self) -> bool:
        """Tell whether there is anything to apply."""
        return any(self.rows.values())

    @property
    def is_forced(self) -> bool:
        """Tell whether something cannot stay where it stands."""
        return any(row.is_lost for rows in self.rows.values() for row in rows)


def is_searching(run: PlanRun) -> bool:
    """Tell whether a search goes on; one that was not heard of for long has died with its server."""
    return run.state == RunState.SEARCHING and not is_lost(run.heard_at, timezone.now())


def news_since(run: PlanRun) -> set[str]:
    """Give the kinds of what happened since the search began and may make another plan better."""
    newer = Told.objects.filter(stream=run.event.stream, revision__gt=run.revision).values_list("kind", flat=True)
    return {kind for kind in newer.distinct() if not kind.startswith(UNCONCERNED)}


def preview_of(run: PlanRun) -> Preview:
    """Give a found plan as the difference to what stood when the search began."""
    given, figures, news = run.given, figures_of(run.found), news_since(run)
    before, after = as_cells(given["cells"]), as_cells(run.found["cells"])
    row = _row_maker(run, before, after)
    by_kind = {kind: _rows(row, positions) for kind, positions in changes(before, after).items()}
    moved = by_kind[Change.MOVED] + by_kind[Change.OTHER_ROOM] + by_kind[Change.DROPPED]
    pairs = list(zip(before, after, strict=True))
    return Preview(
        run=run,
        rows=by_kind,
        unplaced=_rows(row, [position for position, pair in enumerate(pairs) if pair == (None, None)]),
        missing=missing_words(run),
        least_moves=(run.found.get("least_moves") or {}).get("slot"),
        staying=sum(old is not None and old == new for old, new in pairs) + given["first"],
        figures=figures,
        affected=sum(changed.people for changed in moved),
        has_new_votes=bool(news.intersection(VOTES)),
        is_outdated=bool(news.difference(VOTES)),
        is_worth_it=_is_worth_it(by_kind, figures, prices_of(Barcamp.objects.get(event=run.event).prices)),
    )


def missing_words(run: PlanRun) -> list[str]:
    """Say why topics find no place, or why there is no plan at all; empty when all have one."""
    found = run.found.get("missing") or run.found
    overfull, demands = found.get("overfull"), found.get("contradiction", [])
    spots = _spots(run.event) if demands else {}
    said = [demand_words(demand, _where(demand, spots)) for demand in demands]
    if not said and overfull:
        said = [_("%(topics)s Themen, aber nur %(places)s Plätze") % overfull]
    return said


def _where(demand: Mapping[str, Any], spots: Mapping[Cell | None, Spot]) -> str:
    if demand["slot"] is None:
        return ""
    spot = spots.get((int(demand["slot"]), int(demand["room"])))
    return f"{spot.start:%H:%M} {spot.room_name}" if spot else ""


def _row_maker(run: PlanRun, before: Sequence[Cell | None], after: Sequence[Cell | None]) -> RowMaker:
    """Give what makes the row of a position; None where the topic is gone."""
    spots, topics = _spots(run.event), {topic.code: topic for topic in Topic.objects.of(run.event)}

    def row(position: int) -> Row | None:
        subject = run.given["subjects"][position]
        topic = topics.get(subject["topic"])
        if topic is None:
            return None
        return Row(
            number=topic.number,
            title=topic.title,
            code=topic.code,
            session=subject["session"],
            is_second=subject["is_second"],
            before=spots.get(before[position]),
            after=spots.get(after[position]),
            people=topic.demand,
            is_lost=subject["is_lost"],
            why=sentence(run.found["reasons"][position]),
            other=_other(run.found["alternatives"][position], spots),
        )

    return row


def figures_of(found: Mapping[str, Any]) -> Figures:
    """Give what a found plan is worth beside the one that stood."""
    before = found["before"]
    return Figures(found["seated"], before["seated"], found["served"], before["served"])


def proof_of(event: Event, seated: int) -> float | None:
    """Give by how much per cent any plan can be better than one that seats so many; None without a valid proof."""
    proofs = PlanRun.objects.filter(event=event, task="bound", state=RunState.FOUND).select_related("event__realm")
    newest = proofs.first()
    bound = newest.found.get("bound") if newest else None
    if newest is None or bound is None or not seated or news_since(newest):
        return None
    return better_at_most(seated, bound)


def _other(found: Mapping[str, Any] | None, spots: Mapping[Cell | None, Spot]) -> str:
    spot = spots.get(as_cell(found["cell"])) if found else None
    if found is None or spot is None:
        return ""
    values = {
        "time": f"{spot.start:%H:%M}",
        "room": spot.room_name,
        "name": found["instead"],
        "price": price_words(found["seated"], found["clash"]),
    }
    if found["instead"]:
        return _("Sonst: %(time)s %(room)s statt „%(name)s“, %(price)s.") % values
    return _("Sonst: %(time)s %(room)s, %(price)s.") % values


def _is_worth_it(rows: Mapping[Change, Sequence[Row]], figures: Figures, prices: Prices) -> bool:
    """Tell whether to advise a plan: nothing moves that need not, or enough people gain by it."""
    free = [row for kind in (Change.MOVED, Change.OTHER_ROOM) for row in rows[kind] if not row.is_lost]
    if not free:
        return any(rows.values())
    moved = [row for row in rows[Change.MOVED] if not row.is_lost]
    return pays(figures.gained, len(moved), len(free) - len(moved), prices)


def _rows(row: RowMaker, positions: Sequence[int]) -> list[Row]:
    found: list[Row | None] = [row(position) for position in positions]
    return sorted(
        (one for one in found if one), key=lambda one: (one.after.start if one.after else timezone.now(), one.number)
    )


def _spots(event: Event) -> dict[Cell | None, Spot]:
    """Give every place of an event as the desk names it."""
    slots = Slot.objects.filter(day__event=event).select_related("day__event")
    rooms: list[Room] = list(event.rooms.all())
    return {
        (slot.pk, room.pk): Spot(slot.pk, room.pk, slot.start.astimezone(event.timezone), room.name)
        for slot in slots
        for room in rooms
    }
