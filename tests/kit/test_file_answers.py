"""A large file is handed out whole or in part, as a file and nothing else."""

from pathlib import Path

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from tagwerk.kit import file_answers
from tagwerk.kit.file_answers import FileAnswer, NotThere, Part, asked_part


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ("", None),
        ("bytes=0-", (0, 100)),
        ("bytes=0-0", (0, 1)),
        ("bytes=10-19", (10, 10)),
        ("bytes=90-400", (90, 10)),
        ("bytes=-5", (95, 5)),
        ("bytes=-500", (0, 100)),
        ("bytes=20-10", None),
        ("bytes=0-1,5-6", None),
        ("bytes=a-b", None),
        ("lines=0-1", None),
        ("bytes=-", None),
        (f"bytes={'9' * 400}-", None),
    ],
)
def test_one_part_is_given_and_what_is_no_part_is_the_whole(said: str, part: tuple[int, int] | None) -> None:
    assert asked_part(said, 100) == part


@pytest.mark.parametrize("said", ["bytes=100-", "bytes=400-500", "bytes=-0"])
def test_behind_the_end_there_is_nothing(said: str) -> None:
    with pytest.raises(NotThere):
        asked_part(said, 100)


@given(st.integers(0, 300), st.integers(0, 300), st.integers(1, 200))
def test_a_part_lies_within_the_file(first: int, last: int, size: int) -> None:
    try:
        part = asked_part(f"bytes={first}-{last}", size)
    except NotThere:
        assert first >= size
        return
    assert part is None or (part[0] == first and 0 < part[1] <= last - first + 1 and sum(part) <= size)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(file_answers, "PIECE", 7)
    place = tmp_path / "abc"
    place.write_bytes(bytes(range(100)))
    return place


def answered(file: Path, **headers: str) -> FileAnswer:
    request = RequestFactory().get("/", headers=headers)
    return FileAnswer(request, file, size=100, content_type="video/mp4", name="a.mp4")


def test_parts_are_read_piece_by_piece(file: Path) -> None:
    assert list(Part(file, 3, 10).pieces()) == [bytes(range(3, 10)), bytes(range(10, 13))]
    assert list(Part(file, 98, 10).pieces()) == [bytes([98, 99])], "a file that grew shorter ends"


def test_the_answer_says_what_it_is_and_gives_no_rights(file: Path) -> None:
    whole = answered(file)
    assert (whole.status_code, whole.getvalue()) == (200, bytes(range(100)))
    assert whole.headers["Content-Disposition"] == 'attachment; filename="a.mp4"'
    assert whole.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    part = answered(file, Range="bytes=10-19")
    assert (part.status_code, part.getvalue()) == (206, bytes(range(10, 20)))
    assert (part.headers["Content-Range"], part.headers["Content-Length"]) == ("bytes 10-19/100", "10")
    none = answered(file, Range="bytes=100-")
    assert (none.status_code, none.getvalue(), none.headers["Content-Range"]) == (416, b"", "bytes */100")


def test_a_part_of_another_file_is_the_whole_of_this_one(file: Path) -> None:
    tag = answered(file).headers["ETag"]
    assert answered(file, Range="bytes=1-2", **{"If-Range": tag}).status_code == 206
    assert answered(file, Range="bytes=1-2", **{"If-Range": '"another"'}).status_code == 200
