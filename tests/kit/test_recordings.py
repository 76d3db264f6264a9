"""A recording is known by its first bytes: what a browser could take for a page is never one."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagwerk.kit.recordings import HEAD, Kind, NoRecording, is_video, kind_of


def mp4(brand: bytes, *others: bytes) -> bytes:
    rest = brand + b"\0\0\2\0" + b"".join(others)
    return (len(rest) + 8).to_bytes(4, "big") + b"ftyp" + rest + b"\0\0\0\10free"


RECORDINGS = {
    "a phone's video": (mp4(b"isom", b"isom", b"iso2", b"avc1", b"mp41"), Kind.MP4),
    "an unknown brand that fits a known one": (mp4(b"XXXX", b"mp42"), Kind.MP4),
    "a phone's voice": (mp4(b"M4A ", b"M4A ", b"mp42"), Kind.M4A),
    "a browser's video": (
        b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webmB",
        Kind.WEBM,
    ),
    "free video": (b"OggS\0\2" + bytes(22) + b"\x80theora", Kind.OGV),
    "free sound": (b"OggS\0\2" + bytes(22) + b"OpusHead", Kind.OGG),
    "music with a title": (b"ID3\4\0\0\0\0\2\1TIT2", Kind.MP3),
    "music": (b"\xff\xfb\x90\x64\0\0", Kind.MP3),
}
OTHERS = {
    "nothing": b"",
    "a page": b"<!doctype html><script>alert(1)</script>",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(20),
    "an iPhone's own": mp4(b"qt  ", b"qt  "),
    "a still picture in the box of a video": mp4(b"heic", b"mif1", b"heic"),
    "a box that ends before it begins": b"\0\0\0\1ftypisom",
    "a film in another box": b"\x1aE\xdf\xa3\x9fB\x82\x88matroska",
    "an Ogg of another version": b"OggS\1",
    "a title of no known version": b"ID3\xff\0\0\0\0\2\1TIT2",
    "a title without a length": b"ID3\4\0\0",
    "sound of layer 2": b"\xff\xfd\x90\x64",
    "sound without a rate": b"\xff\xfb\xf0\x64",
    "a mark of UTF-16": b"\xff\xfe<\0h\0t\0m\0l\0",
    "a name alone": b"video.mp4",
}


@pytest.mark.parametrize("name", RECORDINGS)
def test_recordings_are_known(name: str) -> None:
    head, kind = RECORDINGS[name]
    assert kind_of(head[:HEAD]) == kind


@pytest.mark.parametrize("name", OTHERS)
def test_everything_else_is_refused(name: str) -> None:
    with pytest.raises(NoRecording):
        kind_of(OTHERS[name])


def test_what_can_be_seen_is_told_from_what_can_be_heard() -> None:
    assert [kind for kind in Kind if is_video(kind)] == [Kind.MP4, Kind.WEBM, Kind.OGV]


@given(st.binary(max_size=HEAD))
def test_no_file_breaks_the_look_at_it(head: bytes) -> None:
    with contextlib.suppress(NoRecording):
        assert kind_of(head) in Kind


@given(st.text(st.characters(max_codepoint=127), max_size=300))
def test_text_is_no_recording_unless_it_says_so_itself(text: str) -> None:
    with contextlib.suppress(NoRecording):
        kind_of(text.encode())
        assert text[4:8] == "ftyp" or text.startswith(("ID3", "OggS"))
