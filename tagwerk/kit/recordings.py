"""Tells what a recording is by its first bytes, and never by its name; nothing of it is decoded."""

from enum import StrEnum

LARGEST = 200 * 1024 * 1024
HEAD = 4096  # bytes that are looked at
_AUDIO_BRANDS = (b"M4A ", b"M4B ")
_VIDEO_BRANDS = (
    b"isom",
    b"iso2",
    b"iso4",
    b"iso5",
    b"iso6",
    b"mp41",
    b"mp42",
    b"avc1",
    b"M4V ",
    b"M4VH",
    b"MSNV",
    b"dash",
)
_BITRATES = 15  # of the four bits for it, the value that means nothing
_LAYER_3 = 0b01


class Kind(StrEnum):
    """The kinds of recordings that are taken; each is the ending of its files."""

    MP4 = "mp4"
    M4A = "m4a"
    WEBM = "webm"
    OGV = "ogv"
    OGG = "ogg"
    MP3 = "mp3"


TYPES = {
    Kind.MP4: "video/mp4",
    Kind.M4A: "audio/mp4",
    Kind.WEBM: "video/webm",
    Kind.OGV: "video/ogg",
    Kind.OGG: "audio/ogg",
    Kind.MP3: "audio/mpeg",
}


class NoRecording(ValueError):
    """The bytes are no recording that is taken here."""


def kind_of(head: bytes) -> Kind:
    """Give what a file is, by its first `HEAD` bytes; raises `NoRecording`."""
    if head[4:8] == b"ftyp":
        return _mp4(head)
    if head.startswith(b"\x1aE\xdf\xa3") and b"\x42\x82\x84webm" in head[:128]:
        return Kind.WEBM
    if head.startswith(b"OggS\x00"):
        return Kind.OGV if b"\x80theora" in head[:512] else Kind.OGG
    if head.startswith(b"ID3") and len(head) > 10 and head[3] in (2, 3, 4) and max(head[6:10]) < 128:  # noqa: PLR2004
        return Kind.MP3
    if _is_mp3_frame(head):
        return Kind.MP3
    raise NoRecording


def is_video(kind: str) -> bool:
    """Tell whether there is something to see."""
    return TYPES[Kind(kind)].startswith("video/")


def _mp4(head: bytes) -> Kind:
    size = int.from_bytes(head[:4], "big")
    brands = {head[8:12], *(head[at : at + 4] for at in range(16, min(size, len(head)), 4))}
    if head[8:12] in _AUDIO_BRANDS:
        return Kind.M4A
    if 16 <= size <= HEAD and head[8:12] != b"qt  " and brands & {*_VIDEO_BRANDS}:  # noqa: PLR2004 - the box's own head
        return Kind.MP4
    raise NoRecording


def _is_mp3_frame(head: bytes) -> bool:
    """Tell whether a file begins with a frame of MPEG audio, layer 3."""
    if len(head) < 4 or head[0] != 0xFF or head[1] >> 5 != 0b111:  # noqa: PLR2004 - eleven bits that mark a frame
        return False
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    bitrate, rate = head[2] >> 4, head[2] >> 2 & 3
    return version != 1 and layer == _LAYER_3 and 0 < bitrate < _BITRATES and rate != 3  # noqa: PLR2004 - reserved
