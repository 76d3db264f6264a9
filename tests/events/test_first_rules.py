"""An event in the making: its address, rooms as they are pasted, a day as a rhythm of slots."""

from datetime import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tagwerk.events.first_rules import (
    MOST_ROOMS,
    MOST_SLOTS,
    RESERVED,
    Pasted,
    Rhythm,
    RoomWish,
    Stretch,
    free_slug,
    is_slug,
    pasted_rooms,
    slug_of,
    stretches,
)
from tagwerk.events.rules import RoomKind


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Open Government Tag 2027", "open-government-tag-2027"),
        ("Bürgerhaus-Straße: Größe & Über", "buergerhaus-strasse-groesse-ueber"),
        ("Ñandú  – Fest!", "nandu-fest"),
        ("日本", ""),
        ("x" * 80, "x" * 60),
    ],
)
def test_a_name_becomes_an_address(name: str, slug: str) -> None:
    assert slug_of(name) == slug


@settings(deadline=None)
@given(st.text())
def test_whatever_the_name_its_address_can_be_used_or_is_empty(name: str) -> None:
    slug = slug_of(name)
    assert slug == "" or slug in RESERVED or is_slug(slug)


@pytest.mark.parametrize("slug", ["", "-a", "a-", "a--b", "A", "ä", "a b", "x" * 61, "api", "accounts", "a\n"])
def test_what_is_no_address(slug: str) -> None:
    assert not is_slug(slug)


def test_a_taken_address_gets_a_number() -> None:
    taken = {"fest", "fest-2"}
    assert free_slug("fest", taken.__contains__) == "fest-3"
    assert free_slug("neu", taken.__contains__) == "neu"
    assert free_slug("api", taken.__contains__) == "api-2"
    assert len(free_slug("x" * 60, {"x" * 60}.__contains__)) <= 60


def test_rooms_are_read_as_people_write_them() -> None:
    text = "Saal 120, Raum 2 30; Werkstatt (25 Plätze)\nTisch 1\t8\nBibliothek: 40\n\n Foyer – 60 Personen ,"
    assert [(room.name, room.seats, room.kind) for room in pasted_rooms(text).rooms] == [
        ("Saal", 120, RoomKind.ROOM),
        ("Raum 2", 30, RoomKind.ROOM),
        ("Werkstatt", 25, RoomKind.ROOM),
        ("Tisch 1", 8, RoomKind.TABLE),
        ("Bibliothek", 40, RoomKind.ROOM),
        ("Foyer", 60, RoomKind.ROOM),
    ]


@pytest.mark.parametrize(
    "piece", ["Saal", "120", "Saal 0", "Raum2", "Saal 1000000000", "Saal -5 x", "(12)", "x" * 300 + " 5"]
)
def test_what_cannot_be_read_is_named(piece: str) -> None:
    found = pasted_rooms(f"Saal A 50, {piece}")
    assert found == Pasted((RoomWish("Saal A", 50, RoomKind.ROOM),), unread=(piece,))


def test_a_name_stands_once_and_too_many_rooms_are_named() -> None:
    assert pasted_rooms("Saal 1, SAAL 2").doubled == ("SAAL",)
    many = pasted_rooms(",".join(f"R{number} 5" for number in range(MOST_ROOMS + 1)))
    assert (len(many.rooms), many.unread) == (MOST_ROOMS, (f"R{MOST_ROOMS} 5",))


@settings(deadline=None)
@given(st.text(alphabet="Saal 0123456789,;\n()-:–\tPlätze"))
def test_no_paste_breaks_the_reading(text: str) -> None:
    for room in pasted_rooms(text).rooms:
        assert room.name.strip() == room.name != ""
        assert room.seats > 0


def whats(rhythm: Rhythm) -> list[tuple[str, str]]:
    return [(f"{part.clock[0]:%H:%M}–{part.clock[1]:%H:%M}", part.what) for part in stretches(rhythm)]


def test_a_usual_day() -> None:
    day = Rhythm(time(10), time(16), lunch=time(12, 30), pitch_minutes=30, closing_minutes=15)
    assert whats(day) == [
        ("10:00–10:30", "pitch"),
        ("10:30–10:45", "planning"),
        ("10:45–11:30", "session"),
        ("11:45–12:30", "session"),
        ("12:30–13:30", "lunch"),
        ("13:30–14:15", "session"),
        ("14:30–15:15", "session"),
        ("15:45–16:00", "closing"),
    ]
    assert [part.what for part in stretches(day) if part.is_anchored] == ["lunch", "closing"]


def test_a_day_of_sessions_alone() -> None:
    assert whats(Rhythm(time(9), time(11))) == [("09:00–09:45", "session"), ("10:00–10:45", "session")]


def test_lunch_outside_of_the_day_is_left_out() -> None:
    assert [what for _clock, what in whats(Rhythm(time(9), time(12), lunch=time(12, 30)))] == ["session"] * 3
    assert [what for _clock, what in whats(Rhythm(time(13), time(15), lunch=time(12)))] == ["session"] * 2


def test_a_day_in_which_nothing_fits_is_empty() -> None:
    assert stretches(Rhythm(time(9), time(9, 30))) == []
    assert stretches(Rhythm(time(15), time(9))) == []


def test_midnight_is_a_time_of_day() -> None:
    assert Stretch(23 * 60, 24 * 60).clock == (time(23), time(0))


clocks = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))


@settings(deadline=None)
@given(
    begin=clocks,
    end=clocks,
    length=st.integers(5, 240),
    pause=st.integers(0, 120),
    lunch=st.none() | clocks,
    rest=st.tuples(st.integers(0, 180), st.integers(0, 120), st.integers(0, 60), st.integers(0, 120)),
)
def test_the_parts_of_a_day_never_overlap(
    *, begin: time, end: time, length: int, pause: int, lunch: time | None, rest: tuple[int, int, int, int]
) -> None:
    parts = stretches(Rhythm(begin, end, length, pause, lunch, *rest))
    assert all(one.end <= other.start for one, other in pairwise(parts))
    assert all(part.start <= part.end for part in parts)
    assert all(part.end - part.start == length for part in parts if part.what == "session")
    assert sum(part.what == "session" for part in parts) <= MOST_SLOTS
