"""Going on elsewhere: a code for ten minutes and once, two phones with one wish list, one of them shut out."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tagwerk.barcamp import actions as barcamp
from tagwerk.barcamp.models import Coming, Interest, Topic
from tagwerk.kit.codes import ALPHABET
from tagwerk.kit.refusals import Invalid, TooMany, Unauthenticated
from tagwerk.people import actions, handover
from tagwerk.people.actors import by_bearer
from tagwerk.people.models import DeviceToken, Realm, ReturnCode, WrongTry
from tagwerk.people.rules import TRIES, Presence
from tagwerk.programme.models import Session
from tests.town import Town, back_by, fresh, mint, planned, someone_proposes, with_barcamp

pytestmark = pytest.mark.django_db
ORIGIN = "an address"


@pytest.fixture
def realm(town: Town) -> Realm:
    return town.event.realm


def known_as(realm: Realm, secret: str) -> int | None:
    try:
        device = by_bearer(secret, realm).device
    except Unauthenticated:
        return None
    return device.pk if device else None


def test_another_phone_goes_on_as_the_same_device(town: Town, realm: Realm) -> None:
    aylin = town.device("Aylin")
    code = handover.draw(aylin)
    assert len(code) == 5
    assert set(code) <= set(ALPHABET)
    assert code not in str(ReturnCode.objects.values())
    device, secret = handover.redeem(realm, ORIGIN, code, None)
    assert device == aylin
    assert known_as(realm, secret) == aylin.pk == known_as(realm, town.phones["Aylin"].secret)
    assert handover.phones(aylin) == 2


def test_a_code_holds_once_and_the_next_one_ends_it(town: Town, realm: Realm) -> None:
    first = handover.draw(town.device("Aylin"))
    second = handover.draw(town.device("Aylin"))
    with pytest.raises(Invalid):
        handover.redeem(realm, ORIGIN, first, None)
    handover.redeem(realm, ORIGIN, second, None)
    with pytest.raises(Invalid) as refusal:
        handover.redeem(realm, ORIGIN, second, None)
    assert refusal.value.kind == "wrong-return-code"


def test_a_code_holds_ten_minutes_and_at_its_own_event(town: Town, neighbours: Town, realm: Realm) -> None:
    code = handover.draw(town.device("Aylin"))
    for where in (neighbours.event.realm, realm):
        with (
            time_machine.travel(timezone.now() + timedelta(minutes=11 if where == realm else 0)),
            pytest.raises(Invalid),
        ):
            handover.redeem(where, ORIGIN, code, None)
    assert handover.forget_old_codes() == 0
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert handover.forget_old_codes() == 1


@pytest.mark.parametrize("typed", ["", "AB", "ABCDEF", "AB0DE", "ÄBCDE"])
def test_what_cannot_be_a_code_opens_nothing(town: Town, realm: Realm, typed: str) -> None:
    handover.draw(town.device("Aylin"))
    assert handover.normal_return_code(typed) == ""
    with pytest.raises(Invalid):
        handover.redeem(realm, ORIGIN, handover.normal_return_code(typed), None)


def test_a_code_may_be_typed_as_people_type() -> None:
    assert handover.normal_return_code(" k7-q x4 ") == "K7QX4"


def test_after_thirty_wrong_codes_even_the_right_one_has_to_wait(town: Town, realm: Realm) -> None:
    code = handover.draw(town.device("Aylin"))
    realm.minting_budget = 100
    WrongTry.objects.bulk_create(WrongTry(realm=realm, origin=ORIGIN, tried_at=timezone.now()) for _ in range(TRIES))
    with pytest.raises(TooMany):
        handover.redeem(realm, ORIGIN, code, None)
    assert handover.redeem(realm, "another address", code, None)


def test_the_code_of_a_device_that_was_shut_out_opens_nothing(town: Town, realm: Realm) -> None:
    code = handover.draw(town.device("Aylin"))
    DeviceToken.objects.filter(pk=town.device("Aylin").pk).update(revoked_at=timezone.now())
    with pytest.raises(Invalid):
        handover.redeem(realm, ORIGIN, code, None)


def test_two_devices_become_one_and_every_wish_counts_once(town: Town, realm: Realm) -> None:
    with_barcamp(town, threshold=10)
    aylin, bela = town.device("Aylin"), town.device("Bela")
    both, only = someone_proposes(town, "Beide"), someone_proposes(town, "Nur Bela", by="Bela")
    for topic, device in ((both, aylin), (both, bela), (only, bela)):
        barcamp.back(town.event, topic.code, device)
    device, secret = handover.redeem(realm, ORIGIN, handover.draw(aylin), bela)
    assert device == aylin
    assert [(fresh(topic).interest, fresh(topic).counted) for topic in (both, only)] == [(1, 1), (1, 1)]
    assert set(Interest.objects.values_list("device", flat=True)) == {aylin.pk}
    assert fresh(only).host_id == aylin.pk
    assert [known_as(realm, used) for used in (secret, town.phones["Bela"].secret)] == [aylin.pk, aylin.pk]
    assert DeviceToken.objects.get(pk=bela.pk).revoked_at


def test_the_third_phone_comes_along(town: Town, realm: Realm) -> None:
    _bela, third = handover.redeem(realm, ORIGIN, handover.draw(town.device("Bela")), None)
    handover.redeem(realm, ORIGIN, handover.draw(town.device("Aylin")), town.device("Bela"))
    assert known_as(realm, third) == town.device("Aylin").pk


def test_coming_is_joined_and_a_host_stays_one_person(town: Town, realm: Realm) -> None:
    aylin, bela = town.device("Aylin"), town.device("Bela")
    session = planned(town, by="Bela")
    other = planned(town, "Noch eins", by="Cem")
    for code, device in ((session.code, aylin), (session.code, bela), (other.code, bela)):
        barcamp.come(town.event, code, device)
    handover.redeem(realm, ORIGIN, handover.draw(aylin), bela)
    assert sorted(Coming.objects.values_list("session__code", flat=True)) == sorted([session.code, other.code])
    assert f"device:{aylin.pk}" in Session.objects.get(pk=session.pk).hosts


def test_one_that_counts_makes_the_joined_one_count(town: Town, realm: Realm) -> None:
    DeviceToken.objects.filter(pk=town.device("Aylin").pk).update(is_verified=False)
    aylin = DeviceToken.objects.get(pk=town.device("Aylin").pk)
    topic = back_by(town, someone_proposes(town, by="Emil"), 0)
    barcamp.back(town.event, topic.code, aylin)
    assert (fresh(topic).interest, fresh(topic).counted) == (1, 0)
    device, _secret = handover.redeem(realm, ORIGIN, handover.draw(aylin), town.device("Bela"))
    assert device.is_verified
    assert (fresh(topic).interest, fresh(topic).counted) == (1, 1)


def test_the_same_phone_twice_joins_nothing(town: Town, realm: Realm) -> None:
    aylin = town.device("Aylin")
    handover.redeem(realm, ORIGIN, handover.draw(aylin), aylin)
    assert DeviceToken.objects.get(pk=aylin.pk).revoked_at is None
    assert not town.told("device.joined")


def test_one_phone_of_two_can_be_forgotten(town: Town, realm: Realm) -> None:
    aylin, first = town.device("Aylin"), town.phones["Aylin"].secret
    assert not handover.forget_phone(aylin, first), "the only one: that would leave wishes nobody can take back"
    _device, second = handover.redeem(realm, ORIGIN, handover.draw(aylin), None)
    assert handover.forget_phone(aylin, first)
    assert [known_as(realm, secret) for secret in (first, second)] == [None, aylin.pk]
    _device, third = handover.redeem(realm, ORIGIN, handover.draw(aylin), None)
    assert handover.forget_phone(DeviceToken.objects.get(pk=aylin.pk), third)
    assert [known_as(realm, secret) for secret in (second, third)] == [aylin.pk, None]


def test_a_device_that_is_revoked_takes_all_its_phones_along(town: Town, realm: Realm) -> None:
    aylin = town.device("Aylin")
    _device, second = handover.redeem(realm, ORIGIN, handover.draw(aylin), None)
    handover.draw(aylin)
    actions.revoke_device(aylin)
    assert [known_as(realm, secret) for secret in (town.phones["Aylin"].secret, second)] == [None, None]
    assert not ReturnCode.objects.exists()


def test_remote_interest_counts_like_any_other_and_the_desk_sees_the_split(town: Town) -> None:
    topic = someone_proposes(town, by="Emil")
    for name in ("Aylin", "Bela"):
        actions.say_presence(town.device(name), Presence.REMOTE)
    back_by(town, topic, 2)
    assert fresh(topic).state == "open"
    actions.say_presence(town.device("Cem"), Presence.ON_SITE)
    back_by(town, topic, 3)
    assert (fresh(topic).counted, fresh(topic).remote_interest(), fresh(topic).state) == (3, 2, "planned")
    assert [row.words["crew"]["de"].count('"remote":') for row in town.told("topic.count")] == [1, 1, 0]
    assert '"remote":2' in town.told("topic.count")[1].words["crew"]["de"]
    assert "remote" not in str(town.told("topic.count")[1].words.get("public", ""))


def test_who_goes_home_is_counted_as_remote_from_then_on(town: Town) -> None:
    topic = back_by(town, someone_proposes(town, by="Emil"), 2)
    actions.say_presence(town.device("Aylin"), Presence.REMOTE)
    actions.say_presence(town.device("Aylin"), Presence.REMOTE)
    told = town.told("topic.count")[-1]
    assert (told.audience, '"remote":1' in told.words["crew"]["de"]) == ("crew", True)
    assert Topic.objects.of(town.event).with_remote().get(pk=topic.pk).remote_interest() == 1
    assert len(town.told("device.presence")) == 1
    actions.say_presence(town.device("Aylin"), "")
    assert fresh(topic).remote_interest() == 0


def test_where_somebody_is_has_two_answers(town: Town) -> None:
    with pytest.raises(Invalid):
        actions.say_presence(mint(town.event, "Fremde").device, "somewhere")
