"""Tells what a file of slides is, by what is in it and never by its name; nothing of it is unpacked."""

import re
from collections.abc import Iterator
from enum import StrEnum
from struct import Struct

LARGEST = 15 * 1024 * 1024
MOST_PARTS = 5_000
_ODP = b"application/vnd.oasis.opendocument.presentation"
_END = Struct("<4s4x2H2IH")  # mark, entries here and in all, size and place of the directory, length of a comment
_ENTRY = Struct("<4s24x3H12x")  # mark, lengths of name, further fields and comment
_LONGEST_COMMENT = 0xFFFF
_SAFE = re.compile(r"[^\w .()+-]+")


class SlideKind(StrEnum):
    """The kinds of slides that are taken."""

    PDF = "pdf"
    ODP = "odp"
    PPTX = "pptx"


class NoSlides(ValueError):
    """The bytes are no slides that are taken here."""


def kind_of(raw: bytes) -> SlideKind:
    """Give what a file is, in milliseconds; raises `NoSlides`, for programs hidden in slides too."""
    if raw.startswith(b"%PDF-"):
        return SlideKind.PDF
    names = set(_names(raw))
    if not raw.startswith(b"PK") or any(b"vbaproject" in name.lower() for name in names):
        raise NoSlides
    if b"mimetype" in names and raw[38 : 38 + len(_ODP)] == _ODP:  # stored first and plain, as the standard wants
        return SlideKind.ODP
    if {b"[Content_Types].xml", b"ppt/presentation.xml"} <= names:
        return SlideKind.PPTX
    raise NoSlides


def _names(raw: bytes) -> Iterator[bytes]:
    """Give the names in the directory of an archive, of no more than it may have; raises `NoSlides`.

    `zipfile` builds an object of each entry before it can be asked how many there are: a crafted file of 15 MB takes it
    seconds and hundreds of megabytes.
    """
    end = raw.rfind(b"PK\x05\x06", -_END.size - _LONGEST_COMMENT)
    if not 0 <= end <= len(raw) - _END.size:
        raise NoSlides
    _mark, _here, number, size, at, _comment = _END.unpack_from(raw, end)
    last = at + size
    if number > MOST_PARTS or last > end:
        raise NoSlides
    for _entry in range(number):
        if at + _ENTRY.size > last:
            raise NoSlides
        mark, *lengths = _ENTRY.unpack_from(raw, at)
        at += _ENTRY.size
        if mark != b"PK\x01\x02":
            raise NoSlides
        yield raw[at : at + lengths[0]]
        at += sum(lengths)
    if at != last:
        raise NoSlides


def file_name(sent: str, kind: SlideKind) -> str:
    """Give a name that any system can store, with the ending of what the file is."""
    base = sent.replace("\\", "/").rpartition("/")[2]
    stem = _SAFE.sub("-", base.rpartition(".")[0] or base).strip(" .-")
    return f"{stem[:80].strip(' .-') or 'folien'}.{kind}"
