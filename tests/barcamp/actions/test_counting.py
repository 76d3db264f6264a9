"""Who counts, and who sees how many: verification later, quiet counts, reasons without numbers."""

import pytest

from tagwerk.barcamp import actions
from tagwerk.barcamp.cards import topic_card
from tagwerk.barcamp.models import Barcamp, Topic
from tagwerk.barcamp.rules import Counts, State
from tagwerk.barcamp.state import topic_state
from tagwerk.kit.refusals import Refusal
from tagwerk.people.actions import mint_device, verify_device
from tagwerk.people.hall import require_hall_code
from tagwerk.people.models import DeviceToken, Realm
from tests.town import THRESHOLD, Town, back_by, fresh, planned, someone_proposes

pytestmark = pytest.mark.django_db
ORIGIN = "an address"


def outsiders(town: Town, number: int) -> list[DeviceToken]:
    require_hall_code(town.event.realm, needed=True)
    realm = Realm.objects.get(pk=town.event.realm_id)
    return [mint_device(realm, ORIGIN)[0] for _person in range(number)]


def test_what_a_device_tapped_before_it_knew_the_code_counts_afterwards_and_can_be_taken_back(town: Town) -> None:
    topic = someone_proposes(town)
    devices = outsiders(town, THRESHOLD)
    for device in devices:
        actions.back(town.event, topic.code, device)
    assert (fresh(topic).interest, fresh(topic).counted, fresh(topic).state) == (THRESHOLD, 0, State.OPEN)
    for device in devices:
        verify_device(device, ORIGIN, town.event.realm.hall_code)
    assert (fresh(topic).counted, fresh(topic).state) == (THRESHOLD, State.PLANNED)
    actions.take_back(town.event, topic.code, DeviceToken.objects.get(pk=devices[0].pk))
    assert (fresh(topic).interest, fresh(topic).counted) == (THRESHOLD - 1, THRESHOLD - 1)


def test_learning_the_code_later_costs_the_budget_like_minting_with_it(town: Town) -> None:
    Realm.objects.filter(pk=town.event.realm_id).update(minting_budget=2)
    devices = outsiders(town, 4)
    for device in devices:
        verify_device(device, ORIGIN, town.event.realm.hall_code)
    assert DeviceToken.objects.filter(pk__in=[device.pk for device in devices], is_verified=True).count() == 2


@pytest.mark.parametrize(("counts", "public"), [(Counts.HIDDEN, 0), (Counts.ENOUGH, 3), (Counts.EXACT, 5)])
def test_everybody_hears_of_a_count_only_what_they_may_see(town: Town, counts: Counts, public: int) -> None:
    Barcamp.objects.filter(event=town.event).update(counts=counts, policy="crew")
    back_by(town, someone_proposes(town), 5)
    told = town.told("topic.count")
    assert len(told) == 5
    audible = [change for change in told if change.audience == "public"]
    # Hidden counts still tell everybody the moment from which it is enough.
    assert len(audible) == (1 if counts == Counts.HIDDEN else public)


@pytest.mark.parametrize("counts", [Counts.HIDDEN, Counts.ENOUGH])
def test_the_reason_of_a_place_tells_nobody_but_the_crew_how_many_want_it(town: Town, counts: Counts) -> None:
    Barcamp.objects.filter(event=town.event).update(counts=counts)
    session = planned(town)
    topic = Topic.objects.of(town.event).get(session=session)
    everybody = [topic_card(topic).reason, topic_state(topic)["reasons"], str(session.reasons)]
    assert not any("interess" in text for text in everybody)
    assert "interess" in topic_card(topic, exact=True).reason


def test_an_event_without_a_barcamp_takes_no_topics(town: Town) -> None:
    Barcamp.objects.filter(event=town.event).delete()
    with pytest.raises(Refusal) as refusal:
        someone_proposes(town)
    assert refusal.value.kind == "no-barcamp"
