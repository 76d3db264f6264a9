"""Two versions are compared into sentences, in an order that stays."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from tagwerk.exchange.difference import Difference, Spot, What, differences
from tagwerk.exchange.difference_words import SENTENCES, sentence
from tagwerk.exchange.ready import prepare
from tagwerk.exchange.schedule import Kind, Participation, Role, Schedule, ScheduleTalk, State
from tests.exchange import examples
from tests.exchange.examples import STRENG, TIELICH, WISSKIRCHEN, talk


@pytest.fixture(autouse=True)
def in_german() -> Iterator[None]:
    with translation.override("de"):
        yield


def told(before: ScheduleTalk | None, after: ScheduleTalk | None, **frame: object) -> list[str]:
    old = prepare(examples.schedule(*filter(None, [before]))).schedule
    new = prepare(examples.schedule(*filter(None, [after]), **frame)).schedule
    return [sentence(one, examples.ZONE) for one in differences(old, new)]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"room": "Tisch 1"}, "„Vortrag“: Tisch 1 statt Saal"),
        ({"start": examples.at(11), "end": examples.at(11, 45)}, "„Vortrag“: 11:00–11:45 statt 10:00–10:45"),
        (
            {"start": examples.at(10, day=13), "end": examples.at(10, 45, day=13), "room": None},
            "„Vortrag“: Fr 13. Nov., 10:00–10:45, im ganzen Haus statt Do 12. Nov., 10:00–10:45, Saal",
        ),
        ({"end": examples.at(11)}, "„Vortrag“: 10:00–11:00 statt 10:00–10:45"),
        ({"title": "Neu"}, "„Vortrag“ heißt jetzt „Neu“"),
        ({"state": State.CANCELLED}, "„Vortrag“ fällt aus, bisher Do 12. Nov., 10:00–10:45, Saal"),
        (
            {"participations": (Participation(STRENG.guid),)},
            "„Vortrag“: mit R. Streng statt mit D. Wisskirchen",
        ),
        ({"participations": ()}, "„Vortrag“: mit niemandem statt mit D. Wisskirchen"),
        ({"track": "kommunikation"}, "„Vortrag“: Themenstrang Kommunikation statt nichts"),
        ({"language": "en"}, "„Vortrag“: Sprache en statt de"),
        ({"kind": Kind.PANEL}, "„Vortrag“: Art der Session geändert"),
        ({"abstract": "Anders"}, "„Vortrag“: Text geändert"),
        ({"features": ("captions",)}, "„Vortrag“: Barrierefreiheit geändert"),
        ({"online_url": "https://video.example/"}, "„Vortrag“: Links geändert"),
        ({"do_not_record": True}, "„Vortrag“: Angaben zur Aufzeichnung geändert"),
    ],
)
def test_each_change_has_its_sentence(change: dict[str, object], words: str) -> None:
    before = talk(participations=(Participation(WISSKIRCHEN.guid),))
    assert told(before, replace(before, **change)) == [words]  # type: ignore[arg-type]


def test_what_comes_goes_and_comes_back_is_told_with_its_place() -> None:
    assert told(None, talk()) == ["Neu: „Vortrag“, Do 12. Nov., 10:00–10:45, Saal"]
    assert told(talk(), None) == ["„Vortrag“ steht nicht mehr im Programm, bisher Do 12. Nov., 10:00–10:45, Saal"]
    cancelled = talk(state=State.CANCELLED)
    assert told(cancelled, talk()) == ["„Vortrag“ findet doch statt: Do 12. Nov., 10:00–10:45, Saal"]


def test_the_frame_is_told_first() -> None:
    frame = examples.schedule()
    changed = {"motto": "Neues Motto", "days": frame.days[:1], "rooms": frame.rooms[:1], "tracks": frame.tracks[1:]}
    assert told(None, talk(), **changed) == [
        "Motto: Neues Motto statt Erfahrungen teilen, voneinander lernen",
        "Der 13. November 2020 gehört nicht mehr dazu",
        "Der Raum Online-Bühne & Studio entfällt",
        "Der Raum Tisch 1 entfällt",
        "Der Themenstrang Lernkultur entfällt",
        "Neu: „Vortrag“, Do 12. Nov., 10:00–10:45, Saal",
    ]


def test_the_order_does_not_depend_on_the_order_of_the_programme() -> None:
    before, after = prepare(examples.everything()).schedule, prepare(examples.schedule()).schedule
    turned = replace(before, talks=before.talks[::-1], people=before.people[::-1])
    assert differences(before, after) == differences(turned, after)
    assert differences(before, turned) == ()


def test_nothing_changed_is_nothing_told() -> None:
    assert told(talk(), talk()) == []


def test_long_texts_are_named_and_not_repeated() -> None:
    before, after = talk(abstract="a"), talk(abstract="b", level="neu")
    old, new = (prepare(examples.schedule(one)).schedule for one in (before, after))
    (one,) = differences(old, new)
    assert (one.what, one.before, one.after) == (What.TEXT, ("abstract", "level"), ("abstract", "level"))


def test_a_move_of_many_tells_each_with_both_places() -> None:
    old = prepare(examples.many(20)).schedule
    later = timedelta(minutes=5)
    new: Schedule = replace(old, talks=tuple(replace(t, start=t.start + later, end=t.end + later) for t in old.talks))
    found = differences(old, new)
    assert [one.what for one in found] == [What.MOVED] * 20
    assert all(isinstance(one.before, Spot) and isinstance(one.after, Spot) for one in found)
    assert {one.guid for one in found} == {t.guid for t in old.talks}


def test_whoever_moderates_instead_of_speaking_is_told() -> None:
    before = talk(participations=(Participation(TIELICH.guid),))
    after = talk(participations=(Participation(TIELICH.guid, Role.MODERATOR),))
    assert told(before, after) == ["„Vortrag“: mit A. Tielich (Moderation) statt mit A. Tielich"]


def test_every_kind_of_change_has_words() -> None:
    assert set(SENTENCES) == set(What)
    for what in What:
        title = "2020-11-12" if what in {What.DAY_ADDED, What.DAY_GONE} else "Titel"
        assert sentence(Difference(what, title), ZoneInfo("UTC"))


def test_days_are_written_as_each_language_does() -> None:
    moved = replace(talk(), start=examples.at(10) + timedelta(days=1), end=examples.at(10, 45) + timedelta(days=1))
    with translation.override("en"):
        assert "Fri 13 Nov, 10:00–10:45, Saal" in told(None, moved)[0]
        assert sentence(Difference(What.DAY_GONE, "2020-11-13"), examples.ZONE).startswith("13 November 2020")
