"""The rush of a barcamp morning: 60 proposals and 120 phones at once, and nobody is double-booked."""

import random
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

from django.db import connections

from tagwerk.barcamp import actions
from tagwerk.barcamp.models import Interest, Topic
from tagwerk.barcamp.rules import State
from tagwerk.kit.refusals import Refusal
from tagwerk.live.models import Change
from tagwerk.programme.models import Placement
from tests.town import NAMES, Town, found_town, mint

PROPOSALS, PHONES, THREADS = 60, 120, 12
NEEDS: tuple[list[str], ...] = ([], [], [], ["projector"], ["hybrid"], ["sign_language"])


def at_once(jobs: Iterable[Callable[[], object]]) -> None:
    """Do everything in many threads; a refusal is an answer, anything else is a fault."""

    def work(job: Callable[[], object]) -> None:
        try:
            job()
        except Refusal:
            pass
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        for _done in pool.map(work, jobs):
            pass


def double_booked(town: Town) -> list[object]:
    """Name every room and every host that is needed twice at a time."""
    standing = Placement.objects.filter(is_active=True, room__isnull=False, session__event=town.event)
    seats = Counter((row.slot_id, row.room_id) for row in standing)
    hosts = Counter((row.slot_id, mark) for row in standing.select_related("session") for mark in row.session.hosts)
    return [key for key, number in [*seats.items(), *hosts.items()] if number > 1]


def test_a_rush_of_proposals_and_interest_double_books_nobody(house: str) -> None:
    chance = random.Random(7)
    town = found_town("musterstadt", "Barcamp Musterstadt", threshold=8)
    phones = [mint(town.event, f"phone {number}").device for number in range(PHONES)]

    def words(number: int) -> dict[str, object]:
        host = chance.choice([*NAMES, f"Person {number}", f"Person {number}"])  # some offer several topics
        when = chance.choice(["any", "any", "morning", "afternoon"])
        return {"title": f"Thema {number}", "host_name": host, "when": when, "needs": chance.choice(NEEDS)}

    proposals = [(words(number), chance.choice(phones)) for number in range(PROPOSALS)]
    at_once([lambda said=said, by=by: actions.propose(town.event, said, by) for said, by in proposals])  # type: ignore[misc]
    codes = list(Topic.objects.values_list("code", flat=True))
    assert len(codes) == PROPOSALS
    taps = [(code, phone) for phone in phones for code in chance.sample(codes, 6)]
    chance.shuffle(taps)
    at_once([lambda code=code, by=by: actions.back(town.event, code, by) for code, by in taps])  # type: ignore[misc]

    topics = list(Topic.objects.all())
    assert sorted(topic.number for topic in topics) == list(range(1, PROPOSALS + 1))
    assert double_booked(town) == []
    assert Counter(Interest.objects.values_list("topic__code", flat=True)) == {
        t.code: t.interest for t in topics if t.interest
    }
    for topic in topics:
        if topic.counted >= town.event.barcamp.threshold:
            assert topic.state in (State.PLANNED, State.QUALIFIED)
            assert topic.state == State.PLANNED or topic.reasons, f"{topic} waits and nobody says why"
            assert (topic.state == State.PLANNED) == (topic.session_id is not None)
    told = Change.objects.filter(kind="topic.planned").values_list("code", flat=True)
    assert Counter(told) == Counter(topic.code for topic in topics if topic.state == State.PLANNED)
    revisions = list(Change.objects.order_by("revision").values_list("revision", flat=True))
    assert revisions == list(range(1, len(revisions) + 1))
