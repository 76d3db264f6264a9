"""Untrusted problems are either understood completely or refused in one line."""

import gzip
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagwerk.timetable import files
from tagwerk.timetable.problem import Refused, Topic, parse, read
from tests.timetable.judge import reference_file
from tests.timetable.small import town, unhurried

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def test_a_document_becomes_plain_values() -> None:
    problem = parse(town(pins={"2": [1, 0]}))
    assert problem.topics[1] == Topic("lora", (0, 1), host=1, min_capacity=1)
    assert problem.wishes == ((0, 1), (1,), (0, 2), (0,))
    assert problem.pins == {2: (1, 0)}
    assert problem.room_closed == ((1, 1),)


def test_remote_people_are_read() -> None:
    assert parse(town(remote=[0, 1, 0, 0])).remote == (0, 1, 0, 0)
    for wrong, message in (([1], "remote: 1 entries for 4"), ([0, 2, 0, 0], r"remote\[1\]: .* found 2"), (1, "a list")):
        with pytest.raises(Refused, match=message):
            parse(town(remote=wrong))


def test_optional_keys_may_be_left_out() -> None:
    document = town(present=None)
    for key in ("name", "format", "before", "must_place_all", "room_closed"):
        del document[key]
    problem = parse(document)
    assert problem.must_place_all
    assert (problem.name, problem.present, problem.before, problem.room_closed) == ("", None, (), ())


@pytest.mark.parametrize("key", ["slots", "rooms", "topics", "wishes", "present", "no_overlap", "pins"])
def test_a_missing_key_is_named(key: str) -> None:
    document = town()
    del document[key]
    with pytest.raises(Refused, match=f"the key '{key}' is missing"):
        parse(document)


SLOT, ROOM = {"id": "s", "day": 0}, {"id": "r", "capacity": 1, "features": []}
TOPIC = {"id": "t", "theme": None, "host": None, "needs": [], "slots": [0]}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"colour": 1}, "problem: unknown key 'colour'"),
        ({"name": 3}, "name: expected a text"),
        ({"format": 2}, "format: expected a whole number from 1 to 1, found 2"),
        ({"slots": {}}, "slots: expected a list, found an object"),
        ({"slots": [3]}, r"slots\[0\]: expected an object, found 3"),
        ({"slots": [SLOT, SLOT]}, "slots: the id 's' stands twice"),
        ({"slots": [SLOT | {"day": None}]}, r"slots\[0\].day: .* found null"),
        ({"slots": [SLOT | {"id": f"s{n}"} for n in range(1_001)]}, "1001 entries, at most 1000"),
        ({"rooms": [ROOM | {"capacity": True}]}, r"rooms\[0\].capacity: .* found true"),
        ({"rooms": [ROOM | {"capacity": float("nan")}]}, "found nan"),
        ({"rooms": [ROOM | {"capacity": 3.0}]}, "found 3.0"),
        ({"rooms": [ROOM | {"capacity": 10**400}]}, "found a number that is too large"),
        ({"rooms": [ROOM | {"capacity": -1}]}, "found -1"),
        ({"rooms": [ROOM | {"features": ["x" * 201]}]}, r"features\[0\]: expected a text of 1 to 200 .*\.\.\.$"),
        ({"rooms": [ROOM, ROOM]}, "rooms: the id 'r' stands twice"),
        ({"topics": [TOPIC | {"id": ""}]}, r"topics\[0\].id"),
        ({"topics": [TOPIC | {"id": []}]}, "found a list"),
        ({"topics": [TOPIC | {"slots": [2]}]}, r"topics\[0\].slots: 2 is not a position in a list of 2"),
        ({"topics": [TOPIC | {"slots": [True]}]}, "true is not a position"),
        ({"topics": [TOPIC | {"host": "anna"}]}, r"topics\[0\].host"),
        ({"topics": [TOPIC | {"extra": 1}]}, r"topics\[0\]: unknown key 'extra'"),
        ({"topics": [TOPIC, TOPIC]}, "topics: the id 't' stands twice"),
        ({"wishes": [[3]]}, r"wishes\[0\]: 3 is not a position in a list of 3"),
        ({"wishes": [[-1]]}, "-1 is not a position"),
        ({"present": ["11"]}, "present: 1 entries for 4 participants"),
        ({"present": ["11", "12", "11", "11"]}, r"present\[1\]: expected 2 characters 0 or 1, found '12'"),
        ({"present": ["11", "1", "11", "11"]}, r"present\[1\]"),
        ({"present": ["11", 11, "11", "11"]}, r"present\[1\]"),
        ({"no_overlap": [[0]]}, r"no_overlap\[0\]: expected a pair"),
        ({"no_overlap": [[0, 3]]}, r"no_overlap\[0\]\[1\]: .* found 3"),
        ({"before": [[1, 1]]}, r"before\[0\]: topic 1 is paired with itself"),
        ({"pins": []}, "pins: expected an object, found a list"),
        ({"pins": {"3": [0, 0]}}, "pins: '3' is not a position in a list of 3"),
        ({"pins": {"01": [0, 0]}}, "pins: '01' is not"),
        ({"pins": {"0": [0, 2]}}, r"pins\[0\]\[1\]"),
        ({"must_place_all": 1}, "must_place_all: expected true or false, found 1"),
        ({"room_closed": [[2, 0]]}, r"room_closed\[0\]\[0\]"),
    ],
)
def test_what_is_wrong_is_named(changes: dict[str, object], message: str) -> None:
    with pytest.raises(Refused, match=message):
        parse(town(**changes))


@unhurried
@given(JSON, st.sampled_from(sorted(town())))
def test_any_json_in_any_key_is_understood_or_refused_in_one_line(value: object, key: str) -> None:
    try:
        parse(town(**{key: value}))
    except Refused as refused:
        assert "\n" not in str(refused)  # noqa: PT017 - both outcomes are right


@unhurried
@given(JSON)
def test_any_json_is_understood_or_refused(value: object) -> None:
    with pytest.raises(Refused):
        parse(value)


def test_what_would_fill_the_memory_is_refused() -> None:
    slots = [{"id": f"s{n}", "day": 0} for n in range(1_000)]
    rooms = [{"id": f"r{n}", "capacity": 1, "features": []} for n in range(1_000)]
    topics = [{"id": f"t{n}", "theme": None, "host": None, "needs": [], "slots": [0]} for n in range(11)]
    with pytest.raises(Refused, match="11 topics, 1000 slots and 1000 rooms are too many together"):
        parse(town(slots=slots, rooms=rooms, topics=topics))


def test_a_file_is_read_packed_or_not(tmp_path: Path) -> None:
    plain, packed = tmp_path / "town.json", tmp_path / "town.json.gz"
    plain.write_text(json.dumps(town()))
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert read(plain) == read(str(packed)) == parse(town())


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"[" * 200_000, "nested too deeply"),
        (b"[" + b"[]," * 2_000_000 + b"[]]", "more than 2000000 lists, objects and keys"),
        (b'{"a": NaN}', "NaN is not a number"),
        (b'{"a": 1, "b": 2, "a": 1}', "the key 'a' stands twice in one object"),
        (b"\xff", "not UTF-8"),
        (b'{"a"', r"not JSON \(line 1, column 5"),
        (b"9" * 5_000, "a number has too many digits"),
    ],
)
def test_an_unreadable_file_is_refused_in_one_line(tmp_path: Path, raw: bytes, message: str) -> None:
    path = tmp_path / "bad.json"
    path.write_bytes(raw)
    with pytest.raises(Refused, match=message) as refused:
        read(path)
    assert "\n" not in str(refused.value)


def test_a_packed_file_that_is_none_or_ends_early_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bad.json.gz"
    for raw in (b"{}", gzip.compress(b"{}" * 100)[:-9], gzip.compress(b"{}")[:12] + b"\xff" * 30):
        path.write_bytes(raw)
        with pytest.raises(Refused, match="not a complete gzip file"):
            read(path)


def test_a_file_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.json.gz"
    path.write_bytes(gzip.compress(b" " * 2_000))
    with pytest.raises(Refused, match="more than 1000 bytes"):
        files.load(path, limit=1_000)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="No such file"):
        read(tmp_path / "none.json")
    with pytest.raises(Refused, match="Is a directory"):
        read(tmp_path)
    with pytest.raises(Refused, match="not a file name"):
        read("a\0b")


def test_storing_replaces_in_one_step_and_leaves_nothing_behind(tmp_path: Path) -> None:
    target = tmp_path / "plan.json"
    target.write_text("old")
    files.store({"a": 1}, target)
    assert json.loads(target.read_text()) == {"a": 1}
    with pytest.raises(ValueError, match="Out of range"):
        files.store({"a": float("nan")}, target)
    with pytest.raises(OSError, match="File name too long"):
        files.store({}, tmp_path / ("x" * 300))
    assert [path.name for path in tmp_path.iterdir()] == ["plan.json"]


def test_a_disk_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: int) -> None:
        raise OSError(5, "Input/output error")

    target = tmp_path / "plan.json"
    target.write_text("old")
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="Input/output error"):
        files.store({}, target)
    assert [path.read_text() for path in tmp_path.iterdir()] == ["old"]


def test_a_reference_file_is_read() -> None:
    problem = read(reference_file("pb-zurich-d10"))
    assert (len(problem.topics), len(problem.slots), len(problem.rooms), len(problem.wishes)) == (24, 4, 7, 180)
