"""With equal interest the last pitches of a morning are planned as often as the first: the day is played through."""

import random
from collections import Counter, defaultdict

import pytest

from tagwerk.barcamp import actions
from tagwerk.barcamp.choice import choice_of
from tagwerk.barcamp.models import Topic
from tagwerk.barcamp.rules import PublishMode, RoundPhase, State
from tagwerk.events.actions import add_room
from tagwerk.live import wiring
from tagwerk.people.models import DeviceToken
from tests.town import Town, at, found_town, with_barcamp

MORNINGS, TOPICS, PEOPLE, LIKES = 4, 30, 40, 0.2
PLACES = 18  # three slots, six rooms
LATEST = 3  # pitches later somebody still taps
TOLERANCE = 0.3  # the spread of the difference between 20 draws and 24 is about 0.15; first come, first placed is 1


def a_hall(number: int) -> tuple[Town, list[Topic], list[DeviceToken]]:
    """Found an event with its topics, and people who have not tapped anything yet."""
    town = with_barcamp(
        found_town(f"morgen-{number}", f"Morgen {number}", ()), publish_mode=PublishMode.TOGETHER, reserve_rooms=0
    )
    with_barcamp(town, threshold=9)  # some are likely to stand somewhere long before the last one is pitched
    for room in range(3):
        add_room(town.event, f"Weiterer Raum {room}", 30)
    topics = Topic.objects.bulk_create(
        Topic(event=town.event, number=n, code=f"T{n:05}", title=f"Thema {n}", host_name=f"Wer {n}")
        for n in range(1, TOPICS + 1)
    )
    devices = DeviceToken.objects.bulk_create(
        DeviceToken(realm=town.event.realm, digest=f"{number}-{person}", minted_at=at(9)) for person in range(PEOPLE)
    )
    return town, topics, devices


def pitch_all(town: Town, topics: list[Topic], devices: list[DeviceToken], chance: random.Random) -> None:
    """Pitch every topic in order; everybody likes each with the same chance, and taps then or a little later."""
    tapping: dict[int, list[tuple[str, DeviceToken]]] = defaultdict(list)
    actions.begin_pitching(town.event)
    ended = ""
    for turn, topic in enumerate(topics):
        actions.call_next(town.event, ended, actor="")
        ended = topic.code
        for device in devices:
            if chance.random() < LIKES:
                tapping[turn + chance.randint(0, LATEST)].append((topic.code, device))
        for code, who in tapping.pop(turn, ()):
            actions.back(town.event, code, who)
    for later in sorted(tapping):  # in the break before the plan
        for code, who in tapping[later]:
            actions.back(town.event, code, who)


def test_the_last_pitches_are_planned_as_often_as_the_first(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wiring, "renderer", lambda _fact: None)  # nobody looks: words and cards cost most of the time
    planned: Counter[int] = Counter()
    for number in range(MORNINGS):
        town, topics, devices = a_hall(number)
        pitch_all(town, topics, devices, random.Random(number))
        actions.enter_round_phase(town.event, RoundPhase.PLANNING)
        actions.choose(town.event, choice_of(town.event).suggestion)
        actions.publish(town.event)
        numbers = list(Topic.objects.filter(event=town.event, state=State.PLANNED).values_list("number", flat=True))
        assert PLACES / 2 < len(numbers) <= PLACES
        planned.update(numbers)
    first = sum(planned[n] for n in range(1, 6)) / 5 / MORNINGS
    last = sum(planned[n] for n in range(25, 31)) / 6 / MORNINGS
    assert abs(first - last) < TOLERANCE, (first, last)
