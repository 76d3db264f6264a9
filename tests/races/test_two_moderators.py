"""Two moderators at once: what one was told is stored is never silently undone by the other."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest
from django.conf import LazySettings
from django.db import connections

from tagwerk.kit.refusals import Refusal
from tagwerk.kit.writer import action
from tagwerk.live.models import Change
from tagwerk.programme import actions
from tagwerk.programme.models import Placement, Session
from tests.races.test_barcamp_morning import double_booked
from tests.town import Town, found_town

INTERLEAVINGS, PER_HOUSE = 1000, 50


@dataclass(frozen=True)
class Done:
    """An acknowledged operation: who did what with which session, knowing which revision."""

    revision: int
    session: int
    what: str
    value: object
    knew: int
    by: str


@dataclass
class Moderator:
    """Works with what was seen at the last look at the desk."""

    name: str
    seen: int = 0
    done: list[Done] = field(default_factory=list)

    def does(self, town: Town, session: Session, chance: random.Random) -> None:
        """Try one operation; a refusal means looking again."""
        what = chance.choice(["move", "move", "pin", "cancel", "restore"])
        slot, room = chance.choice(town.slots), chance.choice(town.rooms)
        pinned, knew = chance.random() < 0.5, self.seen
        calls: dict[str, Callable[[], int]] = {
            "move": lambda: actions.move(session, slot, room, revision=knew, actor=self.name),
            "pin": lambda: actions.pin(session, pinned=pinned, revision=knew, actor=self.name),
            "cancel": lambda: actions.cancel(session, revision=knew, actor=self.name),
            "restore": lambda: actions.restore(session, revision=knew, actor=self.name),
        }
        values: dict[str, object] = {"move": (slot.pk, room.pk), "pin": pinned}
        try:
            revision = calls[what]()
        except Refusal:
            self.look(town)
            return
        kind = {"move": "place", "pin": "pinned"}.get(what, "state")
        value = values.get(what, "planned" if what == "restore" else "cancelled")
        self.done.append(Done(revision, session.pk, kind, value, knew, self.name))

    def look(self, town: Town) -> None:
        self.seen = town.revision


def lost_updates(done: list[Done]) -> list[str]:
    """Name each operation that is not visible and was not overwritten by one that knew of it.

    "Knew" means: made by the same moderator, or with a revision at which the other's change was on the desk.
    """
    lost = []
    for mine in done:
        later = [d for d in done if (d.session, d.what) == (mine.session, mine.what) and d.revision > mine.revision]
        after = min(later, key=lambda one: one.revision, default=None)
        if after and after.knew < mine.revision:
            lost.append(f"{after} did not know {mine}")
        if after is None and _stands(mine) != mine.value:
            lost.append(f"{mine} is not visible")
    return lost


def _stands(done: Done) -> object:
    placement = Placement.objects.select_related("session").get(session=done.session)
    values = {
        "place": (placement.slot_id, placement.room_id),
        "pinned": placement.is_pinned,
        "state": placement.session.state,
    }
    return values[done.what]


@action
def sessions_in(town: Town) -> list[Session]:
    """Put five sessions into nine places, two of them by one host."""
    hosts: tuple[list[str], ...] = (["name:aylin"], ["name:aylin"], ["name:bela"], [], [])
    cells = [(slot, room) for slot in town.slots for room in town.rooms]
    places = random.Random(3).sample(cells, len(hosts))
    while places[0][0] == places[1][0]:
        places = random.Random(places[0][0].pk).sample(cells, len(hosts))
    return [
        actions.schedule(town.event, slot, room, title=f"Session {number}", hosts=marks)
        for number, ((slot, room), marks) in enumerate(zip(places, hosts, strict=True))
    ]


def is_sound(town: Town) -> bool:
    """Tell whether nobody is double-booked and exactly what stands holds a place."""
    rows = Placement.objects.filter(session__event=town.event, room__isnull=False).select_related("session")
    return not double_booked(town) and all(row.is_active == (not row.session.is_cancelled) for row in rows)


@pytest.fixture
def _quiet(settings: LazySettings) -> None:
    settings.TAGWERK_WIRING = "tests.races.quiet"


@pytest.mark.django_db
@pytest.mark.usefixtures("_quiet")
@pytest.mark.parametrize("seed", range(INTERLEAVINGS // PER_HOUSE))
def test_a_thousand_random_interleavings_lose_nothing(seed: int) -> None:
    town = found_town("musterstadt", "Barcamp Musterstadt", people=())
    sessions = sessions_in(town)
    acknowledged = 0
    for number in range(PER_HOUSE):
        chance = random.Random(seed * PER_HOUSE + number)
        moderators = [Moderator("person:1"), Moderator("person:2")]
        for moderator in moderators:
            moderator.look(town)
        for _step in range(6):
            who = chance.choice(moderators)
            if chance.random() < 0.2:
                who.look(town)
            who.does(town, chance.choice(sessions[:3]), chance)
        done = sorted((one for moderator in moderators for one in moderator.done), key=lambda one: one.revision)
        acknowledged += len(done)
        assert lost_updates(_of_two(done)) == []
        assert is_sound(town)
    assert acknowledged > PER_HOUSE, "most were refused: that proves little"


def _of_two(done: list[Done]) -> list[Done]:
    """Let a moderator know what they did themselves since their last look."""
    known: dict[str, int] = {}
    aware = []
    for one in done:
        aware.append(Done(one.revision, one.session, one.what, one.value, max(one.knew, known.get(one.by, 0)), one.by))
        known[one.by] = one.revision
    return aware


def test_two_moderators_in_two_threads_lose_nothing(house: str) -> None:
    town = found_town("musterstadt", "Barcamp Musterstadt", people=())
    sessions = sessions_in(town)
    moderators = [Moderator(f"person:{number}") for number in (1, 2)]

    def work(moderator: Moderator) -> None:
        chance = random.Random(moderator.name)
        try:
            for _step in range(60):
                moderator.look(town)
                moderator.does(town, chance.choice(sessions[:3]), chance)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        for _done in pool.map(work, moderators):
            pass
    done = [one for moderator in moderators for one in moderator.done]
    assert len(done) > 20
    assert lost_updates(done) == []
    assert is_sound(town)
    kinds = ("session.moved", "session.pinned", "session.cancelled", "session.restored")
    told = set(Change.objects.filter(kind__in=kinds).values_list("revision", flat=True))
    assert told == {one.revision for one in done}
