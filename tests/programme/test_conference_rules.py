"""What may be said of a prepared session, and what clashes with what."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagwerk.kit.dates import Span
from tagwerk.programme.conference_rules import (
    LONGEST,
    MOST_LINKS,
    Clash,
    ClashKind,
    Fault,
    Named,
    Standing,
    all_clashes,
    clashes,
    faults,
    is_far,
    is_link,
    link_lines,
    links_of,
    matched,
    recording_of,
    slug_of,
)

NINE = datetime(2026, 11, 12, 9, tzinfo=UTC)


def stand(number: int, begin: int = 0, minutes: int = 45, room: int | None = 1, hosts: str = "") -> Standing:
    start = NINE + timedelta(minutes=begin)
    return Standing(number, Span(start, start + timedelta(minutes=minutes)), room, frozenset(hosts.split()))


@pytest.mark.parametrize("address", ["https://a.example/x?y#z", "http://a.example:8080/", "https://münchen.example/ä"])
def test_links_that_may_stand_on_a_page(address: str) -> None:
    assert is_link(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "a.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://",
        "https:///x",
        "https://a.example/\nSet-Cookie: x",
        "https://a.example/ x",
        "https://a.example:99999/",
        "https://[::1",
        "https://a.example/" + 300 * "x",
    ],
)
def test_links_that_may_not(address: str) -> None:
    assert not is_link(address)


def test_a_session_without_a_title_is_a_place_to_be_filled_and_nothing_is_wrong_with_it() -> None:
    assert faults({"title": "", "kind": "keynote", "level": "", "aids": ["captions"], "language": "de"}) == {}
    assert faults({}) == {}


def test_what_is_wrong_is_named_by_field() -> None:
    long = {name: most * "x" + "x" for name, most in LONGEST.items()}
    assert faults(long) == dict.fromkeys(LONGEST, Fault.LONG)
    wrong = {"join_url": "ftp://x", "kind": "barcamp", "level": "guru", "aids": ["tea"], "language": "DE"}
    assert faults(wrong) == {
        "join_url": Fault.LINK,
        "kind": Fault.CHOICE,
        "level": Fault.CHOICE,
        "aids": Fault.CHOICE,
        "language": Fault.CHOICE,
    }
    assert faults({"links": [{"url": "x", "title": ""}]}) == {"links": Fault.LINK}
    many = [{"url": "https://a.example", "title": ""}] * (MOST_LINKS + 1)
    assert faults({"links": many}) == {"links": Fault.MANY}


@given(
    st.lists(
        st.tuples(
            st.from_regex(r"https://[a-z]{1,8}\.example", fullmatch=True),
            st.from_regex(r"([A-Za-zä]{1,9}){0,1}", fullmatch=True),
        ),
        max_size=4,
    )
)
def test_links_are_read_as_they_were_written(pairs: list[tuple[str, str]]) -> None:
    links = [{"url": url, "title": title or url} for url, title in pairs]
    assert links_of(link_lines(links)) == links
    assert links_of(f"\n{link_lines(links)}\n  \n") == links


def test_the_same_room_or_person_at_one_time_is_a_clash() -> None:
    one = stand(1, hosts="a b")
    assert clashes(one, [one, stand(2, 45), stand(3, room=2, hosts="c"), stand(4, room=None)]) == []
    assert clashes(one, [stand(2, 44), stand(3, 44, room=2, hosts="b")]) == [
        Clash(ClashKind.ROOM, 1, 2),
        Clash(ClashKind.SPEAKER, 1, 3),
    ]
    whole_house = stand(1, room=None, hosts="a")
    assert clashes(whole_house, [stand(2, room=None)]) == []


def test_a_room_that_lacks_something_is_a_clash_a_place_without_a_room_is_none() -> None:
    span = Span(NINE, NINE + timedelta(hours=1))
    needs = frozenset({"loop", "hybrid"})
    lacking = Standing(1, span, 1, frozenset(), needs, frozenset({"hybrid"}))
    assert clashes(lacking, []) == [Clash(ClashKind.FEATURE, 1, lacks=("loop",))]
    assert clashes(Standing(1, span, None, frozenset(), needs), []) == []


@given(st.lists(st.tuples(st.integers(0, 90), st.integers(1, 60), st.integers(1, 3)), max_size=7))
def test_every_pair_of_a_plan_is_named_once(rows: list[tuple[int, int, int]]) -> None:
    plan = [stand(number, begin, minutes, room) for number, (begin, minutes, room) in enumerate(rows)]
    found = [(clash.number, clash.other) for clash in all_clashes(plan)]
    pairs = [(a.number, b.number) for a in plan for b in plan if a.number < b.number]
    by_number = {one.number: one for one in plan}
    expected = [
        (a, b)
        for a, b in pairs
        if by_number[a].room == by_number[b].room and by_number[a].span.overlaps(by_number[b].span)
    ]
    assert found == expected


def test_addresses_of_themes_are_plain_and_different() -> None:
    assert slug_of("Lernkultur & Bildung") == "lernkultur-bildung"
    assert slug_of("Größe über alles") == "groesse-ueber-alles"
    assert slug_of("日本") == "thema"
    assert slug_of("A", ["a", "a-2"]) == "a-3"
    assert len(slug_of(90 * "lang ")) <= 34


def test_sessions_are_known_again_by_code_then_by_title_and_time_then_by_title_alone() -> None:
    ten, noon = NINE + timedelta(hours=1), NINE + timedelta(hours=3)
    ours = [
        Named("AAAAAA", "pause", NINE),
        Named("BBBBBB", "pause", noon),
        Named("CCCCCC", "rede", NINE),
        Named("", "", None),
    ]
    read = [
        Named("", "pause", noon),
        Named("", "rede", ten),
        Named("AAAAAA", "anders", ten),
        Named("", "pause", ten),
        Named("", "", None),
    ]
    assert matched(read, ours) == {0: 1, 1: 2, 2: 0}
    assert matched([Named("", "pause", ten)] * 2, ours) == {}


@given(
    st.lists(
        st.tuples(st.sampled_from(["", "A", "B"]), st.sampled_from(["", "x", "y"]), st.sampled_from([None, NINE])),
        max_size=6,
    )
)
def test_no_two_are_the_same_one(rows: list[tuple[str, str, datetime | None]]) -> None:
    sessions = [Named(*row) for row in rows]
    found = matched(sessions, sessions)
    assert len(set(found.values())) == len(found)
    assert all(sessions[a] == sessions[b] for a, b in found.items())


@pytest.mark.parametrize(
    ("said", "barred", "licence"),
    [
        ([], False, ""),
        ([("", "")], False, ""),
        ([("yes", "cc-by-4.0"), ("no", "")], True, ""),
        ([("yes", "cc-by-4.0"), ("", "")], False, ""),
        ([("yes", "here")], False, ""),
        ([("yes", "cc-by-4.0"), ("yes", "here")], False, ""),
        ([("yes", "cc-by-4.0")], False, "CC-BY-4.0"),
        ([("yes", "cc-by-4.0"), ("yes", "cc-by-sa-4.0")], False, "CC-BY-SA-4.0"),
    ],
)
def test_one_no_is_enough_and_a_licence_needs_everybody(
    said: list[tuple[str, str]], *, barred: bool, licence: str
) -> None:
    assert recording_of(said) == (barred, licence)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sets(st.integers(-1000, 1000), min_size=1, max_size=5))
def test_a_day_is_far_when_a_year_lies_between_it_and_every_other(day: date, steps: set[int]) -> None:
    days = [day + timedelta(days=step) for step in steps]
    assert is_far(day, days) == all(abs(step) > 366 for step in steps)
    assert not is_far(day, [])
