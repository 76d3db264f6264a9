"""The desk's line: devices beside people in the house, told now and then, raised by a tap and taken back."""

import pytest

from tagwerk.kit.refusals import Invalid, Refusal
from tagwerk.people import actions, minting
from tagwerk.people.actors import Actor
from tagwerk.people.models import Realm
from tagwerk.people.rules import RoleKind
from tagwerk.site.undo import undo_change
from tests.town import Town

pytestmark = pytest.mark.django_db


@pytest.fixture
def realm(town: Town) -> Realm:
    minting._noted.clear()  # noqa: SLF001 - what other tests left there
    minting._shown.clear()  # noqa: SLF001
    return town.event.realm


def moderator(town: Town) -> Actor:
    return Actor(town.event.realm, person=town.mara, roles=(RoleKind.MODERATOR,))


def test_the_crew_counts_people_and_takes_it_back(town: Town, realm: Realm) -> None:
    first = minting.count_people(realm, " 1 20 ", actor=moderator(town).mark)
    assert (Realm.objects.get(pk=realm.pk).people_in_house, town.told()[-1].audience) == (120, "crew")
    second = minting.count_people(realm, "90", actor=moderator(town).mark)
    undo_change(town.event, second, moderator(town))
    assert Realm.objects.get(pk=realm.pk).people_in_house == 120
    minting.count_people(realm, "", actor=moderator(town).mark)
    assert Realm.objects.get(pk=realm.pk).people_in_house is None
    with pytest.raises(Refusal):
        undo_change(town.event, first, moderator(town))


@pytest.mark.parametrize("typed", ["viele", "-3", "1.5", "1000000", "٣"])
def test_what_is_no_number_of_people_is_refused(realm: Realm, typed: str) -> None:
    with pytest.raises(Invalid):
        minting.count_people(realm, typed)


def test_one_tap_raises_the_budget_and_one_takes_it_back(town: Town, realm: Realm) -> None:
    before = Realm.objects.get(pk=realm.pk).minting_budget
    revision = minting.raise_budget(realm, actor=moderator(town).mark)
    assert Realm.objects.get(pk=realm.pk).minting_budget == before * 3 // 2
    undo_change(town.event, revision, moderator(town))
    assert Realm.objects.get(pk=realm.pk).minting_budget == before


def test_minting_tells_nothing_and_the_chore_tells_it_together(town: Town, realm: Realm) -> None:
    revision = town.revision
    for number in range(60):
        actions.mint_device(realm, f"address {number}")
    assert town.revision == revision
    assert minting.tell_noted() == 1
    told = town.told("devices.counted")
    assert [row.audience for row in told] == ["crew"]
    assert '"devices":65' in told[0].words["crew"]["de"]
    assert "65 Geräte" in told[0].words["crew"]["de"]
    assert minting.tell_noted() == 0


def test_a_small_difference_waits_but_is_told_in_the_end(
    town: Town, realm: Realm, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(100):
        actions.mint_device(realm, f"address {number}")
    minting.tell_noted()
    actions.mint_device(realm, "one more")
    assert minting.tell_noted() == 0
    monkeypatch.setattr(minting, "AT_LATEST", -1.0)
    assert minting.tell_noted() == 1
    assert len(town.told("devices.counted")) == 2


def test_what_is_gone_is_told_to_nobody(realm: Realm) -> None:
    minting.note(999_999)
    assert minting.tell_noted() == 0
    assert minting.tell_noted() == 0
