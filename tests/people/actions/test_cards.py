"""Participation cards: codes are drawn in stacks, and a card becomes one device, once, for its own event's crew."""

import pytest

from tagwerk.kit.codes import ALPHABET
from tagwerk.kit.refusals import Invalid, Refusal, Unknown
from tagwerk.people import cards
from tagwerk.people.models import Card, DeviceToken, Realm
from tagwerk.people.rules import DeviceKind
from tests.town import Town


@pytest.fixture
def realm(town: Town) -> Realm:
    return town.event.realm


def test_a_stack_has_as_many_codes_as_asked_for_and_none_twice(realm: Realm) -> None:
    first, second = cards.make_cards(realm, 40), cards.make_cards(realm, 3)
    codes = [card.code for card in (*first, *second)]
    assert len(set(codes)) == 43
    assert all(len(code) == 6 and code[0].isalpha() and set(code) <= set(ALPHABET) for code in codes)
    assert [number for _moment, number in cards.stacks(realm)] == [3, 40], "the newest stack first"


@pytest.mark.parametrize("number", [0, -1, cards.MOST_AT_ONCE + 1])
def test_a_stack_is_neither_empty_nor_endless(realm: Realm, number: int) -> None:
    with pytest.raises(Invalid):
        cards.make_cards(realm, number)
    assert not Card.objects.exists()


def test_nobody_fills_the_table_with_cards(realm: Realm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cards, "MOST_OF_ALL", 5)
    cards.make_cards(realm, 4)
    with pytest.raises(Refusal, match="too-many-cards"):
        cards.make_cards(realm, 2)
    assert Card.objects.count() == 4


def test_a_card_becomes_one_device_however_often_it_is_entered(realm: Realm) -> None:
    code = cards.make_cards(realm, 1)[0].code
    before = DeviceToken.objects.count()
    assert cards.entered(realm) == 0
    first, again = cards.card_device(realm, code), cards.card_device(realm, code.lower())
    assert (first, first.kind, first.is_verified) == (again, DeviceKind.CARD, True)
    assert DeviceToken.objects.count() == before + 1
    assert cards.entered(realm) == 1


@pytest.mark.parametrize("code", ["", "ABC", "ABCDEFG", "K7QX4\u0660", "\0", "../../", "x" * 10_000])
def test_a_code_that_is_none_opens_nothing(realm: Realm, code: str) -> None:
    cards.make_cards(realm, 1)
    with pytest.raises(Unknown):
        cards.card_at(realm, code)


def test_a_card_is_known_at_its_own_event_only(realm: Realm, neighbours: Town) -> None:
    code = cards.make_cards(realm, 1)[0].code
    with pytest.raises(Unknown):
        cards.card_device(neighbours.event.realm, code)
    assert cards.card_at(realm, code).device is None
