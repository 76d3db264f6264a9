"""A ring of messages: within it a resume is exact, counts have one place, beyond the floor everything is fetched."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagwerk.live.changes import CREW, PUBLIC
from tagwerk.live.ledger import Told, hears, newest
from tagwerk.live.ring import SIZE, Entry, Ring, encode, parse_cursor

PLACES = st.sampled_from(["", "", "count:A", "count:B", "count:C"])
STEPS = st.lists(st.tuples(st.integers(1, 3), PLACES), max_size=60)


def filled(steps: list[tuple[int, str]], floor: int = 0) -> tuple[Ring, list[Entry]]:
    """Push messages whose revisions rise by these steps; gives the ring and what was pushed."""
    ring, pushed, revision = Ring(floor=floor), [], floor
    for step, place in steps:
        revision += step
        pushed.append(Entry(revision, place, encode(1, revision, f"{place}!")))
        ring.push(pushed[-1])
    return ring, pushed


def revisions(data: bytes) -> list[int]:
    return [int(number) for number in re.findall(rb"^id: 1-(\d+)$", data, re.MULTILINE)]


@given(STEPS, st.integers(0, 200))
def test_a_resume_gives_all_later_messages_once_and_of_a_count_the_last(
    steps: list[tuple[int, str]], seen: int
) -> None:
    ring, pushed = filled(steps)
    last = {entry.replaces: entry.revision for entry in pushed if entry.replaces}
    expected = [e.revision for e in pushed if e.revision > seen and (not e.replaces or last[e.replaces] == e.revision)]
    assert revisions(b"".join(ring.after(seen))) == expected


@given(STEPS, st.integers(0, 200), st.integers(0, 5))
def test_a_ring_reaches_from_its_floor_to_its_head(steps: list[tuple[int, str]], seen: int, floor: int) -> None:
    ring, pushed = filled(steps, floor)
    assert ring.head == (pushed[-1].revision if pushed else floor)
    assert ring.reaches(seen) == (floor <= seen <= ring.head)


@given(st.integers(1, 40))
def test_what_has_fallen_out_raises_the_floor(more: int) -> None:
    ring, pushed = filled([(1, "")] * (SIZE + more))
    assert ring.floor == more
    assert not ring.reaches(more - 1)
    assert len(revisions(b"".join(ring.after(more)))) == SIZE
    assert ring.after(more)[0] == pushed[more].data


def test_counts_without_end_push_nothing_else_out() -> None:
    ring, _pushed = filled([(1, "")] * 10 + [(1, "count:A"), (1, "count:B")] * SIZE)
    assert ring.floor == 0
    assert len(revisions(b"".join(ring.after(0)))) == 12


def test_a_count_that_fell_out_takes_a_new_place() -> None:
    ring, _pushed = filled([(1, "count:A"), *[(1, "")] * SIZE, (1, "count:A")])
    assert revisions(b"".join(ring.after(SIZE)))[-1] == SIZE + 2
    assert ring.floor == 2


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n")))
def test_a_message_is_one_id_and_one_line(message: str) -> None:
    data = encode(7, 12, message).decode()
    assert data == f"id: 7-12\ndata: {message}\n\n"


@given(st.integers(0, 2**63), st.integers(0, 2**50))
def test_a_cursor_is_read_as_it_was_written(epoch: int, revision: int) -> None:
    assert parse_cursor(f" {epoch}-{revision}\n") == (epoch, revision)


@pytest.mark.parametrize(
    "text", ["", "-", "7", "7-", "-7", "a-b", "7-1-2", "٣-٤", "²-1", "1-" + "9" * 40, "1e3-4", "null"]
)
def test_what_is_no_cursor_is_none(text: str) -> None:
    assert parse_cursor(text) is None


@given(st.lists(st.tuples(PLACES, st.sampled_from([PUBLIC, CREW])), max_size=30))
def test_what_is_left_out_of_a_reading_changes_no_ring(told: list[tuple[str, str]]) -> None:
    rows = [Told(number, place, audience, {}) for number, (place, audience) in enumerate(told, 1)]
    for audience in (PUBLIC, CREW):
        rings = []
        for some in (rows, newest(rows)):
            ring = Ring()
            for row in some:
                if hears(audience, row):
                    ring.push(Entry(row.revision, row.replaces, encode(1, row.revision, "")))
            rings.append(b"".join(ring.after(0)))
        assert rings[0] == rings[1]
