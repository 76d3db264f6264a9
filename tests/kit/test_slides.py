"""What a file is stands in it, not in its name."""

import io
import struct
import tracemalloc
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagwerk.kit.slides import LARGEST, MOST_PARTS, NoSlides, SlideKind, file_name, kind_of


def packed(*names: str, first: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        if first:
            archive.writestr("mimetype", first)
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


PPTX = ("[Content_Types].xml", "ppt/presentation.xml")
ODP = "application/vnd.oasis.opendocument.presentation"


def test_slides_are_known_by_what_is_in_them() -> None:
    assert [kind_of(raw) for raw in (b"%PDF-1.4", packed(*PPTX), packed("content.xml", first=ODP))] == [
        "pdf",
        "pptx",
        "odp",
    ]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"<html>%PDF-",
        b"PK\x03\x04 broken",
        packed(*PPTX, "ppt/vbaProject.bin"),
        packed("word/document.xml", first="application/vnd.oasis.opendocument.text"),
        b"<script>" + packed(*PPTX),
        packed(*PPTX, *(f"{number}" for number in range(MOST_PARTS))),
    ],
    ids=range(7),
)
def test_everything_else_is_refused(raw: bytes) -> None:
    with pytest.raises(NoSlides):
        kind_of(raw)


def entry(name: bytes, further: int = 0) -> bytes:
    """Give one line of a directory."""
    return struct.pack("<4s24x3H12x", b"PK\x01\x02", len(name), further, 0) + name + bytes(further)


def ended(directory: bytes, number: int, *, size: int | None = None, at: int = 4) -> bytes:
    """Give an archive that is nothing but its directory, with what its end says of it."""
    said = len(directory) if size is None else size
    return b"PK\x03\x04" + directory + struct.pack("<4s4x2H2IH", b"PK\x05\x06", number, number, said, at, 0)


NAMED = b"".join(entry(name.encode()) for name in PPTX)


@pytest.mark.parametrize(
    "raw",
    [
        ended(NAMED, 3),
        ended(NAMED, 1),
        ended(NAMED, 2, size=len(NAMED) + 1),
        ended(NAMED, 2, size=len(NAMED) - 1),
        ended(NAMED, 2, at=5),
        ended(NAMED.replace(b"PK\x01\x02", b"PK\x01\x03"), 2),
        ended(NAMED + entry(b"a")[:-1], 3),
        ended(NAMED, 2)[:-1],
        ended(NAMED, 0xFFFF, size=0xFFFFFFFF),
    ],
    ids=range(9),
)
def test_a_directory_that_does_not_say_what_is_there_is_refused(raw: bytes) -> None:
    assert kind_of(ended(NAMED, 2)) == "pptx"
    with pytest.raises(NoSlides):
        kind_of(raw)


@pytest.mark.parametrize("number", [MOST_PARTS, 0xFFFF])
@pytest.mark.parametrize("line", [entry(b""), entry(b"n", 0xFFFF)], ids=["many", "long"])
def test_a_crafted_directory_is_refused_before_it_is_built(line: bytes, number: int) -> None:
    raw = ended(line * (LARGEST // len(line)), number)
    tracemalloc.start()
    with pytest.raises(NoSlides):
        kind_of(raw)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2 * 1024 * 1024


@given(st.binary(max_size=200), st.integers(0, 150), st.integers(0, 150))
def test_no_bytes_at_all_do_more_than_be_refused(noise: bytes, start: int, length: int) -> None:
    raw = packed(*PPTX)
    broken = raw[:start] + noise + raw[start + length :]
    try:
        assert kind_of(broken) in SlideKind
    except NoSlides:
        assert broken != raw


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("C:\\Folien\\Mein Vortrag.pptx", "Mein Vortrag.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("", "folien.pdf"),
        ('a"\r\nSet-Cookie: x.pdf', "a-Set-Cookie- x.pdf"),
        (200 * "ä" + ".pdf", 80 * "ä" + ".pdf"),
    ],
)
def test_names_are_such_that_any_system_can_store_them(sent: str, name: str) -> None:
    assert file_name(sent, kind_of(b"%PDF-")) == name
