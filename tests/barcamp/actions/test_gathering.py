"""Topics are gathered for one announcement: a likely place first, the threshold at the end, then the plan for all."""

import pytest

from tagwerk.barcamp import actions
from tagwerk.barcamp.models import Barcamp, Pitch, PitchRound, Topic
from tagwerk.barcamp.rules import PublishMode, RoundOrder, RoundPhase, State
from tagwerk.events.actions import add_room
from tagwerk.events.rules import RoomKind
from tagwerk.kit.refusals import Invalid, Refusal
from tagwerk.live.models import Change
from tagwerk.programme.actions import schedule
from tagwerk.programme.models import Placement, Session
from tests.town import Town, back_by, fresh, mint, someone_proposes, with_barcamp

MARA = "person:1"


@pytest.fixture
def hall(town: Town) -> Town:
    """A town whose crew announces the plan; nothing is kept free."""
    return with_barcamp(town, publish_mode=PublishMode.TOGETHER, reserve_rooms=0)


def proposals(town: Town, number: int) -> list[Topic]:
    """Bring topics of different people, of which the later ones are wanted more."""
    people = list(town.phones)
    topics = []
    for position in range(number):
        by = people[position % len(people)]
        topics.append(someone_proposes(town, f"Thema {position}", by, host_name=f"Wer {position}"))
    return topics


def likely(topic: Topic) -> tuple[int | None, int | None]:
    now = fresh(topic)
    return now.likely_slot_id, now.likely_room_id


def enter(town: Town, phase: RoundPhase) -> None:
    actions.enter_round_phase(town.event, phase, actor=MARA)


def plan_round(town: Town, topics: list[Topic]) -> None:
    """Begin a round, pitch everything, and let the plan be made."""
    actions.begin_round(town.event, actor=MARA)
    enter(town, RoundPhase.PITCHING)
    assert Pitch.objects.filter(round__event=town.event).count() == len(topics)
    enter(town, RoundPhase.PLANNING)


def change(town: Town, kind: str) -> Change:
    return town.told(kind)[-1]


def test_enough_interest_gives_a_likely_place_and_announces_nothing(hall: Town) -> None:
    topic = back_by(hall, someone_proposes(hall), 3)
    assert topic.state == State.QUALIFIED
    assert None not in likely(topic)
    assert not Placement.objects.filter(room__isnull=False).exists()
    assert [told.kind for told in hall.told()][-1] == "topic.qualified"


def test_two_topics_are_never_likely_at_the_same_place_and_the_first_stays(hall: Town) -> None:
    first, second = proposals(hall, 2)
    back_by(hall, first, 3)
    before = likely(first)
    back_by(hall, second, 3)
    assert likely(first) == before != likely(second)


def test_a_host_is_never_likely_in_two_places_at_once(hall: Town) -> None:
    topics = [back_by(hall, someone_proposes(hall, f"Thema {n}", by="Aylin"), 3) for n in range(3)]
    assert len({likely(topic)[0] for topic in topics}) == 3


def test_while_places_are_free_everything_that_was_pitched_comes_in(hall: Town) -> None:
    topics = proposals(hall, 9)  # three slots, three rooms
    plan_round(hall, topics)
    assert all(fresh(topic).state == State.QUALIFIED for topic in topics)
    assert len({likely(topic) for topic in topics}) == 9


def test_the_threshold_bites_only_when_topics_exceed_places(hall: Town) -> None:
    topics = proposals(hall, 11)
    for topic in topics[:4]:
        back_by(hall, topic, 2)
    plan_round(hall, topics)
    assert not any(fresh(topic).state == State.QUALIFIED for topic in topics)
    choice = actions.choose(hall.event, 2, actor=MARA)
    assert (len(choice.candidates), choice.places, len(choice.chosen())) == (11, 9, 4)
    assert [fresh(topic).state == State.QUALIFIED for topic in topics] == [True] * 4 + [False] * 7
    actions.choose(hall.event, 3, actor=MARA)
    assert not any(fresh(topic).state == State.QUALIFIED for topic in topics)
    assert all(likely(topic) == (None, None) for topic in topics)


@pytest.mark.parametrize("threshold", [0, -1, 1000])
def test_a_threshold_is_a_number_from_one(hall: Town, threshold: int) -> None:
    with pytest.raises(Invalid):
        actions.choose(hall.event, threshold)


def test_the_same_threshold_again_tells_nothing_new(hall: Town) -> None:
    actions.choose(hall.event, hall.event.barcamp.threshold)
    assert not hall.told("barcamp.rules")


def test_announcing_lets_everything_likely_stand_where_it_was_likely(hall: Town) -> None:
    topics = proposals(hall, 4)
    plan_round(hall, topics)
    places = [likely(topic) for topic in topics]
    actions.publish(hall.event, actor=MARA)
    sessions = [Session.objects.get(topic=topic) for topic in topics]
    assert [(s.placement.slot_id, s.placement.room_id) for s in sessions] == places
    assert all(fresh(topic).state == State.PLANNED and likely(topic) == (None, None) for topic in topics)
    assert len(hall.told("topic.planned")) == 4
    assert hall.told("plan.published")[-1].before["topics"] == [topic.code for topic in topics]
    assert PitchRound.objects.get(event=hall.event).phase == RoundPhase.RUNNING


def test_without_a_round_the_announcement_works_as_well(hall: Town) -> None:
    topic = back_by(hall, someone_proposes(hall), 3)
    actions.publish(hall.event, actor=MARA)
    assert fresh(topic).state == State.PLANNED
    actions.unpublish(hall.event, change(hall, "plan.published"), actor=MARA)
    assert fresh(topic).state == State.QUALIFIED


def test_nothing_likely_is_nothing_to_announce(hall: Town) -> None:
    with pytest.raises(Refusal) as refusal:
        actions.publish(hall.event)
    assert refusal.value.kind == "nothing-to-announce"


def test_a_place_that_was_taken_meanwhile_is_replaced_before_the_announcement(hall: Town) -> None:
    topic = back_by(hall, someone_proposes(hall), 3)
    before = fresh(topic)
    assert before.likely_slot
    schedule(hall.event, before.likely_slot, before.likely_room, title="Vom Team gesetzt")
    actions.publish(hall.event, actor=MARA)
    placement = Session.objects.get(topic=topic).placement
    assert (placement.slot_id, placement.room_id) != (before.likely_slot_id, before.likely_room_id)


def test_an_announcement_taken_back_leaves_everything_likely_again(hall: Town) -> None:
    topics = proposals(hall, 3)
    plan_round(hall, topics)
    places = [likely(topic) for topic in topics]
    actions.publish(hall.event, actor=MARA)
    actions.unpublish(hall.event, change(hall, "plan.published"), actor=MARA)
    assert [likely(topic) for topic in topics] == places
    assert not Session.objects.filter(topic__in=topics).exists()
    assert PitchRound.objects.get(event=hall.event).phase == RoundPhase.PLANNING
    actions.publish(hall.event, actor=MARA)
    assert all(fresh(topic).state == State.PLANNED for topic in topics)


def test_what_is_offered_twice_is_likely_once_again_after_an_announcement_was_taken_back(hall: Town) -> None:
    topic = back_by(hall, someone_proposes(hall), 3)
    actions.offer_twice(hall.event, topic.code, actor=MARA)
    actions.publish(hall.event, actor=MARA)
    assert len(fresh(topic).sessions) == 2
    actions.unpublish(hall.event, change(hall, "plan.published"), actor=MARA)
    assert fresh(topic).sessions == []
    assert not Session.objects.filter(title=topic.title).exists()
    assert likely(topic) != (None, None)


def test_what_finds_no_room_gets_a_table_and_the_rest_is_told_that_it_moves_up(hall: Town) -> None:
    table = add_room(hall.event, "Tisch 1", 8)
    table.kind = RoomKind.TABLE
    table.save()
    topics = proposals(hall, 14)  # nine places in rooms, three at the table
    for topic in topics:
        back_by(hall, topic, 3)
    plan_round(hall, topics)
    actions.publish(hall.event, actor=MARA)
    now = [fresh(topic) for topic in topics]
    rooms = [topic.session.placement.room_id for topic in now if topic.session]
    assert rooms.count(table.pk) == 3
    assert sum(topic.state == State.PLANNED for topic in now) == 12
    left = [topic for topic in now if topic.state == State.QUALIFIED]
    assert {told.code for told in hall.told("topic.unplaced")} == {topic.code for topic in left}


def test_one_room_of_each_afternoon_slot_is_kept_for_late_topics(hall: Town) -> None:
    hall = with_barcamp(hall, reserve_rooms=1)
    topics = proposals(hall, 9)
    for topic in topics:
        back_by(hall, topic, 3)
    plan_round(hall, topics)
    assert sum(likely(topic) != (None, None) for topic in topics) == 8  # one of three slots begins after noon
    actions.publish(hall.event, actor=MARA)
    hall.phones["Zoe"] = mint(hall.event, "Zoe")  # everybody else may be busy in the afternoon
    late = back_by(hall, someone_proposes(hall, "Spät", by="Zoe", host_name="Zoe"), 3)
    assert late.state == State.PLANNED  # announced at once, into what was kept
    assert late.session is not None
    assert late.session.placement.slot.start.astimezone(hall.event.timezone).hour >= 12


def test_a_room_that_is_rented_until_noon_is_not_used_later(hall: Town) -> None:
    for room in hall.rooms:
        room.available_until = hall.slots[1].end
        room.save()
    topics = [back_by(hall, topic, 3) for topic in proposals(hall, 7)]
    assert {likely(topic)[0] for topic in topics} == {hall.slots[0].pk, hall.slots[1].pk, None}


def test_a_second_round_pitches_only_what_was_not_pitched_before(hall: Town) -> None:
    topics = proposals(hall, 2)
    actions.begin_pitching(hall.event, actor=MARA)
    for topic in topics:
        actions.call_number(hall.event, topic.number, actor=MARA)
    enter(hall, RoundPhase.PLANNING)
    actions.publish(hall.event, actor=MARA)
    enter(hall, RoundPhase.CLOSING)
    late = someone_proposes(hall, "Nachmittag", by="Emil", host_name="Emil")
    assert actions.begin_round(hall.event, order=RoundOrder.LOT, actor=MARA).number == 2
    enter(hall, RoundPhase.PITCHING)
    assert [pitch.topic_id for pitch in Pitch.objects.filter(round__number=2)] == [late.pk]
    enter(hall, RoundPhase.PITCHING)  # pressed twice
    assert Pitch.objects.filter(round__number=2).count() == 1


def test_a_round_that_was_begun_by_mistake_is_taken_back(hall: Town) -> None:
    actions.begin_round(hall.event, actor=MARA)
    actions.drop_round(hall.event, actor=MARA)
    assert not PitchRound.objects.exists()
    with pytest.raises(Refusal):
        actions.drop_round(hall.event, actor=MARA)
    actions.begin_round(hall.event, actor=MARA)
    enter(hall, RoundPhase.CLOSING)
    actions.begin_round(hall.event, actor=MARA)
    actions.drop_round(hall.event, actor=MARA)
    assert change(hall, "round.phase").revision == hall.revision
    assert PitchRound.objects.get().number == 1


def test_a_round_begun_twice_is_one_round_and_another_one_waits_for_its_end(hall: Town) -> None:
    first = actions.begin_round(hall.event, order=RoundOrder.LOT, actor=MARA)
    assert actions.begin_round(hall.event, order=RoundOrder.LOT, actor=MARA) == first
    assert len(hall.told("round.phase")) == 1
    with pytest.raises(Refusal, match="round-collects"):
        actions.begin_round(hall.event, seconds=90, actor=MARA)


def test_the_stage_opens_in_one_step_with_the_round_that_it_needs(hall: Town) -> None:
    actions.begin_pitching(hall.event, order=RoundOrder.LOT, actor=MARA)
    actions.begin_pitching(hall.event, actor=MARA)
    round_ = PitchRound.objects.get()
    assert (round_.order, round_.phase) == (RoundOrder.LOT, RoundPhase.PITCHING)


def test_a_round_with_a_pitch_on_stage_is_not_taken_back(hall: Town) -> None:
    someone_proposes(hall)
    actions.begin_round(hall.event)
    enter(hall, RoundPhase.PITCHING)
    Pitch.objects.update(state="done")
    with pytest.raises(Refusal) as refusal:
        actions.drop_round(hall.event)
    assert refusal.value.kind == "round-runs"


@pytest.mark.parametrize("fields", [{"order": "beliebt"}, {"seconds": 5}, {"seconds": 6000}])
def test_a_round_has_a_known_order_and_a_length_that_can_be_spoken_in(hall: Town, fields: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        actions.begin_round(hall.event, **fields)  # type: ignore[arg-type]


def test_a_phase_needs_a_round_and_a_name(hall: Town) -> None:
    with pytest.raises(Refusal) as refusal:
        enter(hall, RoundPhase.PLANNING)
    assert refusal.value.kind == "no-round"
    actions.begin_round(hall.event)
    with pytest.raises(Invalid):
        actions.enter_round_phase(hall.event, "tanzen")


def test_an_event_without_a_barcamp_has_no_rounds_and_no_rules(town: Town) -> None:
    Barcamp.objects.all().delete()
    for verb in (actions.begin_round, actions.rules_of):
        with pytest.raises(Refusal) as refusal:
            verb(town.event)
        assert refusal.value.kind == "no-barcamp"


def test_rules_are_changed_together_and_told(hall: Town) -> None:
    topics = proposals(hall, 11)
    back_by(hall, topics[0], 2)
    plan_round(hall, topics)
    actions.set_rules(hall.event, {"threshold": 2, "counts": "hidden"}, actor=MARA)
    assert actions.rules_of(hall.event)["counts"] == "hidden"
    assert fresh(topics[0]).state == State.QUALIFIED
    told = change(hall, "barcamp.rules")
    assert (told.before, told.after) == ({"threshold": 3, "counts": "exact"}, {"threshold": 2, "counts": "hidden"})


def test_from_gathered_to_at_once_what_waits_is_planned(hall: Town) -> None:
    topic = back_by(hall, someone_proposes(hall), 3)
    actions.set_rules(hall.event, {"publish_mode": PublishMode.AT_ONCE}, actor=MARA)
    assert fresh(topic).state == State.PLANNED
