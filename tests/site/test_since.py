"""Whoever scans an old printout reads what changed since, and of a door sign only what concerns its room."""

import pytest

from tagwerk.barcamp.actions.successors import send_back
from tagwerk.programme import actions
from tests.programme.test_actions import talk
from tests.town import Town, browser, planned

pytestmark = pytest.mark.django_db


def page(town: Town, revision: int, room: int | None = None) -> str:
    address = f"/{town.slug}/since/{revision}/" + (f"{room}/" if room else "")
    return " ".join(browser().get(address).text.split())


def test_an_old_printout_tells_what_moved_fell_out_and_came(town: Town) -> None:
    _stays, moves, falls = talk(town, 0, 0), talk(town, 0, 1), talk(town, 1, 0)
    printed = town.revision
    assert "Ihr Ausdruck stimmt noch." in page(town, printed)
    actions.move(moves, town.slots[1], town.rooms[2])
    actions.cancel(falls)
    planned(town, "Radwege")
    read = page(town, printed)
    assert "um 11:00, Werkstatt (statt 10:00, Raum 2)" in read
    assert f"Fällt aus: „{falls.title}“" in read
    assert "Neu: 1 „Radwege“ um" in read
    assert read.count("<li>") - page(town, town.revision).count("<li>") == 3
    assert "Ihr Ausdruck stimmt noch." in page(town, town.revision)
    actions.move(moves, town.slots[0], town.rooms[1])
    assert "statt 10:00" not in page(town, printed), "it is back where the printout has it"


def test_a_door_sign_tells_of_its_own_room(town: Town) -> None:
    moves, falls = talk(town, 0, 1), talk(town, 1, 0)
    printed = town.revision
    actions.move(moves, town.slots[0], town.rooms[2])
    actions.cancel(falls)
    hall, middle, shop = (page(town, printed, room.pk) for room in town.rooms)
    assert "Fällt aus" in hall
    assert "in Werkstatt statt Raum 2" not in hall
    assert "in Werkstatt statt Raum 2" in middle
    assert "in Werkstatt statt Raum 2" in shop
    assert f"/{town.slug}/board/{town.rooms[1].pk}/" in middle


def test_a_topic_that_was_taken_out_is_named(town: Town) -> None:
    session = planned(town, "Radwege")
    topic = session.topic
    printed = town.revision
    send_back(town.event, topic.code, {"state": "qualified"}, actor="")
    assert "Nicht mehr im Programm: 1 „Radwege“" in page(town, printed)


def test_what_nobody_printed_is_not_known(town: Town) -> None:
    assert "Diesen Ausdruck kennen wir nicht" in page(town, town.revision + 1)
    assert "Diesen Ausdruck kennen wir nicht" in page(town, 0)
    assert "Diesen Ausdruck kennen wir nicht" in page(town, 10**30)
    assert browser().get(f"/{town.slug}/since/1/{10**6}/").status_code == 404
    assert browser().get(f"/{town.slug}/since/1/{10**30}/").status_code == 404
