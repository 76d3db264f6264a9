"""Who comes: told to the crew, read as an honest range, and the rooms that fit it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tagwerk.barcamp import actions as barcamp
from tagwerk.barcamp.expecting import better_swaps, crowds, expectations, ranges
from tagwerk.barcamp.expecting_rules import Expected
from tagwerk.barcamp.models import Topic
from tagwerk.barcamp.rules import Counts
from tagwerk.people.models import DeviceToken
from tagwerk.people.rules import Presence
from tagwerk.programme import actions
from tagwerk.programme.actions import Move
from tagwerk.programme.models import Session
from tests.programme.test_actions import talk
from tests.town import Town, back_by, fresh, mint, planned, someone_proposes, with_barcamp


def loaded(town: Town, *sessions: Session) -> list[Session]:
    found = Session.objects.of(town.event).select_related("topic", "repeated_topic")
    return [found.get(pk=session.pk) for session in sessions]


def people(town: Town, session: Session) -> Expected:
    return crowds(loaded(town, session))[session.pk].people


def beside(town: Town, *titles: str) -> list[Session]:
    """Plan topics side by side in the last slot: the first in the hall, the others in the smaller rooms."""
    sessions = [planned(town, title, by=by) for title, by in zip(titles, ("Aylin", "Bela", "Cem"), strict=False)]
    moves = [Move(s.code, town.slots[2].pk, town.rooms[room].pk) for room, s in enumerate(sessions)]
    wanted = [
        move
        for move, s in zip(moves, sessions, strict=True)
        if (s.placement.slot_id, s.placement.room_id) != (move.slot, move.room)
    ]
    actions.rearrange(town.event, wanted)
    return loaded(town, *sessions)


def come(town: Town, session: Session, people: int) -> list[DeviceToken]:
    devices = [mint(town.event, f"guest {session.code} {number}").device for number in range(people)]
    for device in devices:
        barcamp.come(town.event, session.code, device)
    return devices


def test_coming_is_told_to_the_crew_once(town: Town) -> None:
    session = planned(town)
    device = town.device("Aylin")
    assert [barcamp.come(town.event, session.code, device) for _twice in range(2)] == [1, 1]
    assert [barcamp.stay_away(town.event, session.code, device) for _twice in range(2)] == [0, 0]
    told = town.told("session.coming")
    assert ['"coming":1' in told[0].words["crew"]["de"], '"coming":0' in told[1].words["crew"]["de"]] == [True, True]
    assert (len(told), list(told[0].words)) == (2, ["crew"])


def test_who_says_so_is_counted_on_and_who_goes_elsewhere_is_not(town: Town) -> None:
    one, two = beside(town, "Radwege", "Open Data")
    assert people(town, one) == Expected(0, 3)
    barcamp.come(town.event, one.code, town.device("Aylin"))
    barcamp.come(town.event, one.code, town.device("Bela"))
    assert people(town, one) == Expected(1, 3), "two said so, the third may still come"
    assert people(town, two) == Expected(0, 1), "two of the three go elsewhere"
    barcamp.come(town.event, two.code, town.device("Aylin"))
    assert (people(town, one), people(town, two)) == (Expected(0, 3), Expected(0, 2)), "nobody is in two rooms"
    barcamp.come(town.event, two.code, town.device("Emil"))
    assert people(town, two).high == 3, "who never showed interest comes as well"


def test_what_is_said_of_another_time_says_nothing_of_this_one(town: Town) -> None:
    one, two = planned(town, "Radwege"), planned(town, "Open Data", by="Bela")
    assert one.placement.slot != two.placement.slot
    barcamp.come(town.event, one.code, town.device("Cem"))
    assert people(town, two) == Expected(0, 3)


def test_hands_and_a_guess_by_eye_are_people_and_who_is_online_needs_no_seat(town: Town) -> None:
    session = planned(town)
    topic = Topic.objects.get(session=session)
    barcamp.count_hands(town.event, topic.code, 9, actor="")
    assert people(town, session) == Expected(3, 12)
    DeviceToken.objects.filter(pk=town.device("Aylin").pk).update(presence=Presence.REMOTE)
    assert people(town, session) == Expected(2, 11, online=1)
    barcamp.come(town.event, session.code, town.device("Aylin"))
    assert people(town, session) == Expected(2, 11, online=1)


def test_a_device_that_does_not_count_says_nothing(town: Town) -> None:
    session = planned(town)
    barcamp.come(town.event, session.code, town.device("Aylin"))
    DeviceToken.objects.filter(pk=town.device("Aylin").pk).update(revoked_at=timezone.now())
    assert people(town, session) == Expected(0, 2)


def test_of_a_topic_offered_twice_each_session_gets_half(town: Town) -> None:
    topic = back_by(town, someone_proposes(town), 5)
    barcamp.offer_twice(town.event, topic.code, actor="")
    barcamp.plan(town.event)
    first, second = fresh(topic).sessions
    assert people(town, first).high == people(town, second).high == 3
    barcamp.come(town.event, first.code, town.device("Aylin"))
    assert people(town, second).high == 2, "who goes to the other one does not come here"
    assert people(town, first).high == 3


def test_everybody_knows_as_much_as_the_event_shows(town: Town) -> None:
    session, spoken = planned(town), talk(town, 2, 2)
    (known,) = expectations(town.event)
    assert (known[0], known[2].people) == (session, Expected(0, 3))
    assert crowds([]) == {}
    assert crowds(loaded(town, spoken)) == {}, "of a talk nobody knows who is interested"
    assert ranges(loaded(town, session)) == {session.pk: (0, 3)}
    hushed = with_barcamp(town, counts=Counts.ENOUGH)
    assert expectations(hushed.event) == []
    assert len(expectations(hushed.event, exact=True)) == 1


def test_rooms_are_exchanged_once_people_said_that_they_come(town: Town) -> None:
    hall, small = beside(town, "Radwege", "Open Data")
    come(town, small, 60)
    (swap,) = better_swaps(town.event)
    assert {(session.pk, room) for session, _crowd, room in swap.moves} == {
        (hall.pk, town.rooms[1]),
        (small.pk, town.rooms[0]),
    }
    assert swap.gain >= 5
    actions.rearrange(town.event, [Move(s.code, s.placement.slot_id, room.pk) for s, _crowd, room in swap.moves])
    assert better_swaps(town.event) == []


@pytest.mark.parametrize("case", ["pinned", "soon", "needs", "taken", "hybrid"])
def test_what_may_not_move_is_left_alone(town: Town, case: str) -> None:
    hall, small = beside(town, "Radwege", "Open Data")
    come(town, small, 60)
    if case == "pinned":
        actions.pin(hall, pinned=True)
    elif case == "soon":
        town.slots[2].start = timezone.now() + timedelta(minutes=20)
        town.slots[2].save()
    elif case == "needs":
        Session.objects.filter(pk=hall.pk).update(needs=["hybrid"])
    elif case == "hybrid":
        DeviceToken.objects.filter(pk=town.device("Cem").pk).update(presence=Presence.REMOTE)
    else:
        actions.cancel(hall)
        talk(town, 2, 0)
    assert better_swaps(town.event) == []
