"""With equal interest the last pitches of a morning are planned as often as the first: simulated with real plans."""

import random
from collections import Counter

from tagwerk.barcamp import actions
from tagwerk.barcamp.models import Interest, Topic
from tagwerk.barcamp.rules import PublishMode, State
from tagwerk.events.actions import add_room
from tagwerk.people.models import DeviceToken
from tests.town import Town, at, found_town, with_barcamp

MORNINGS, TOPICS, PEOPLE, LIKES = 8, 30, 60, 0.15
PLACES = 18  # three slots, six rooms


def a_morning(number: int) -> Town:
    """Found an event in which everybody likes every pitch with the same chance, whenever it came."""
    town = with_barcamp(
        found_town(f"morgen-{number}", f"Morgen {number}", ()), publish_mode=PublishMode.TOGETHER, reserve_rooms=0
    )
    for room in range(3):
        add_room(town.event, f"Weiterer Raum {room}", 30)
    topics = Topic.objects.bulk_create(
        Topic(event=town.event, number=n, code=f"T{n:05}", title=f"Thema {n}", host_name=f"Wer {n}")
        for n in range(1, TOPICS + 1)
    )
    devices = DeviceToken.objects.bulk_create(
        DeviceToken(realm=town.event.realm, digest=f"{number}-{person}", minted_at=at(9)) for person in range(PEOPLE)
    )
    chance = random.Random(number)
    taps = [Interest(topic=t, device=d) for t in topics for d in devices if chance.random() < LIKES]
    Interest.objects.bulk_create(taps)
    for topic, interest in Counter(tap.topic_id for tap in taps).items():
        Topic.objects.filter(pk=topic).update(interest=interest, counted=interest)
    return town


def test_the_last_pitches_are_planned_as_often_as_the_first(db: None) -> None:
    planned: Counter[int] = Counter()
    for number in range(MORNINGS):
        town = a_morning(number)
        actions.begin_round(town.event)
        actions.choose(town.event, 1)  # what entering the planning does, for a threshold that lets all in
        likely = Topic.objects.filter(event=town.event, state=State.QUALIFIED, likely_slot__isnull=False)
        numbers = list(likely.values_list("number", flat=True))
        assert len(numbers) == PLACES
        planned.update(numbers)
    first = sum(planned[n] for n in range(1, 6)) / 5 / MORNINGS
    last = sum(planned[n] for n in range(25, 31)) / 6 / MORNINGS
    assert abs(first - last) < 0.2, (first, last)  # the spread of 88 draws is about 0.08
    assert min(first, last) > PLACES / TOPICS - 0.2
