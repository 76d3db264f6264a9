"""The hall code and the screens that show it."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tagwerk.kit.refusals import Invalid, TooMany
from tagwerk.people import actions, hall, minting
from tagwerk.people.models import Realm, Screen
from tests.town import Town

pytestmark = pytest.mark.django_db
ORIGIN = "an address"


@pytest.fixture
def realm(town: Town) -> Realm:
    return town.event.realm


def test_a_changed_hall_code_shuts_the_old_one_out(realm: Realm) -> None:
    realm.hall_code = "111111"
    realm.save()
    new = hall.change_hall_code(realm)
    realm.refresh_from_db()
    assert realm.hall_code == new
    with pytest.raises(Invalid):
        actions.mint_device(realm, ORIGIN, "000000")
    assert actions.mint_device(realm, ORIGIN, new)[0].is_verified


def test_where_the_code_is_needed_a_device_without_it_does_not_count(realm: Realm) -> None:
    hall.require_hall_code(realm, needed=True)
    realm.refresh_from_db()
    assert not actions.mint_device(realm, ORIGIN)[0].is_verified
    assert minting.figures(realm).unverified == 1
    hall.require_hall_code(realm, needed=False)
    realm.refresh_from_db()
    assert actions.mint_device(realm, ORIGIN)[0].is_verified


def test_a_screen_shows_nothing_until_the_crew_paired_it_and_after_it_was_taken_away(realm: Realm) -> None:
    screen, secret = hall.ask_pairing(realm)
    assert hall.screen_of(realm, secret) == screen
    paired = hall.pair_screen(realm, screen.pairing_code, " Saal\u202e links ")
    assert (paired.label, paired.pairing_code, paired.paired_at is not None) == ("Saal links", "", True)
    hall.revoke_screen(realm, paired.pk)
    assert hall.screen_of(realm, secret) is None
    assert hall.screen_of(realm, "") is None


@pytest.mark.parametrize("code", ["", "000000", "not digits"])
def test_a_code_that_no_screen_shows_pairs_nothing(realm: Realm, code: str) -> None:
    hall.ask_pairing(realm)
    with pytest.raises(Invalid):
        hall.pair_screen(realm, code, "")


def test_a_pairing_code_is_used_once_and_grows_old(realm: Realm) -> None:
    first, _secret = hall.ask_pairing(realm)
    code = first.pairing_code
    hall.pair_screen(realm, code, "")
    with pytest.raises(Invalid):
        hall.pair_screen(realm, code, "")
    second, _secret = hall.ask_pairing(realm)
    with time_machine.travel(timezone.now() + hall.ASKING + timedelta(seconds=1)), pytest.raises(Invalid):
        hall.pair_screen(realm, second.pairing_code, "")


def test_a_flood_from_one_address_pushes_no_waiting_screen_out(realm: Realm) -> None:
    screen, secret = hall.ask_pairing(realm, "the hall")
    for _question in range(hall.MOST_OF_ONE):
        hall.ask_pairing(realm, "a flood")
    with pytest.raises(TooMany):
        hall.ask_pairing(realm, "a flood")
    assert hall.screen_of(realm, secret) == screen
    assert hall.pair_screen(realm, screen.pairing_code, "Saal") == screen


def test_a_flood_from_everywhere_pushes_the_most_curious_out(realm: Realm) -> None:
    screen, secret = hall.ask_pairing(realm, "the hall")
    for question in range(hall.MOST_ASKING + 5):
        hall.ask_pairing(realm, f"flood {question // hall.MOST_OF_ONE}")
    assert Screen.objects.filter(realm=realm).count() == hall.MOST_ASKING
    assert hall.screen_of(realm, secret) == screen


def test_a_screen_that_asks_again_waits_once(realm: Realm) -> None:
    _screen, secret = hall.ask_pairing(realm, ORIGIN)
    again, other = hall.ask_pairing(realm, ORIGIN, secret)
    assert list(Screen.objects.filter(realm=realm)) == [again]
    assert (hall.screen_of(realm, secret), hall.screen_of(realm, other)) == (None, again)


def test_asking_again_takes_nothing_from_a_paired_screen(realm: Realm) -> None:
    screen, secret = hall.ask_pairing(realm, ORIGIN)
    hall.pair_screen(realm, screen.pairing_code, "")
    hall.ask_pairing(realm, ORIGIN, secret)
    assert hall.screen_of(realm, secret) == screen


def test_a_screen_that_waited_too_long_shows_no_code_that_is_void(realm: Realm) -> None:
    _waiting, secret = hall.ask_pairing(realm, ORIGIN)
    paired, kept = hall.ask_pairing(realm, ORIGIN)
    hall.pair_screen(realm, paired.pairing_code, "")
    with time_machine.travel(timezone.now() + hall.ASKING + timedelta(seconds=1)):
        assert hall.screen_of(realm, secret) is None
        assert hall.screen_of(realm, kept) == paired


def test_two_waiting_screens_never_show_the_same_code(realm: Realm, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["111111", "111111", "222222"])
    monkeypatch.setattr(hall, "draw_code", lambda: next(drawn))
    assert [hall.ask_pairing(realm, ORIGIN)[0].pairing_code for _ in range(2)] == ["111111", "222222"]


def test_a_screen_of_one_town_opens_nothing_in_the_next(town: Town, neighbours: Town) -> None:
    _screen, secret = hall.ask_pairing(town.event.realm)
    assert hall.screen_of(neighbours.event.realm, secret) is None


def test_wrong_tries_are_forgotten_once_they_no_longer_count(realm: Realm) -> None:
    actions.note_wrong_try(realm, ORIGIN)
    assert actions.forget_old_tries() == 0
    with time_machine.travel(timezone.now() + actions.TRY_MEMORY + timedelta(seconds=1)):
        assert actions.forget_old_tries() == 1
