"""Mode counts: the wish of somebody at home is as good as one in the hall, and brings a topic into a hybrid room."""

from hypothesis import given
from hypothesis import strategies as st

from tagwerk.barcamp import actions as barcamp
from tagwerk.barcamp import rules
from tagwerk.barcamp.models import Topic
from tagwerk.barcamp.rules import State
from tagwerk.events.models import Room
from tagwerk.people.models import DeviceToken
from tagwerk.people.rules import Presence
from tests.town import Town, back_by, fresh, mint, someone_proposes, with_barcamp

ROOMS = st.lists(st.sets(st.sampled_from(["hybrid", "projector", "step_free"])), max_size=4)


@given(st.lists(st.booleans(), max_size=8), ROOMS)
def test_who_is_not_there_matters_where_a_room_can_be_followed(remote: list[bool], rooms: list[set[str]]) -> None:
    flags = rules.from_afar(remote, rooms)
    if any(remote) and any("hybrid" in room for room in rooms):
        assert flags == [int(one) for one in remote]
    else:
        assert flags is None


def two_topics(town: Town, *, afar: int) -> tuple[Topic, Topic]:
    """Let ten in the hall want one topic, and some at home another; then plan both in one slot, with two rooms."""
    crew = with_barcamp(town, policy=rules.Policy.CREW)
    crew.rooms[2].delete()
    for slot in crew.slots[1:]:
        slot.is_open = False
        slot.save()
    hall = back_by(crew, someone_proposes(crew, "Radwege"), 10)
    home = someone_proposes(crew, "Open Data", by="Bela")
    for number in range(afar):
        device = mint(crew.event, f"at home {number}").device
        DeviceToken.objects.filter(pk=device.pk).update(presence=Presence.REMOTE)
        barcamp.back(crew.event, home.code, device)
    Topic.objects.filter(pk__in=[hall.pk, home.pk]).update(state=State.QUALIFIED)
    barcamp.plan(crew.event)
    return fresh(hall), fresh(home)


def room_of(topic: Topic) -> Room | None:
    assert topic.session is not None
    return topic.session.placement.room


def test_wishes_from_home_bring_a_topic_into_the_hybrid_room(town: Town) -> None:
    hall, home = two_topics(town, afar=6)
    assert room_of(home) == town.rooms[0]
    assert room_of(hall) == town.rooms[1], "forty seats are enough for ten"


def test_no_topic_is_left_without_a_place_for_want_of_a_hybrid_room(town: Town) -> None:
    Room.objects.filter(pk=town.rooms[0].pk).update(features=[])
    hall, home = two_topics(town, afar=6)
    assert {room_of(hall), room_of(home)} == set(town.rooms[:2])
