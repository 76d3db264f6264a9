"""Tells what a file of slides is, by what is in it and never by its name; nothing of it is unpacked."""

import io
import re
import zipfile
from enum import StrEnum

LARGEST = 15 * 1024 * 1024
MOST_PARTS = 5_000
_ODP = b"application/vnd.oasis.opendocument.presentation"
_SAFE = re.compile(r"[^\w .()+-]+")


class SlideKind(StrEnum):
    """The kinds of slides that are taken."""

    PDF = "pdf"
    ODP = "odp"
    PPTX = "pptx"


class NoSlides(ValueError):
    """The bytes are no slides that are taken here."""


def kind_of(raw: bytes) -> SlideKind:
    """Give what a file is; raises `NoSlides`, for programs hidden in slides too."""
    if raw.startswith(b"%PDF-"):
        return SlideKind.PDF
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            names = set(parts.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise NoSlides from None
    if not raw.startswith(b"PK") or len(names) > MOST_PARTS or any("vbaproject" in name.lower() for name in names):
        raise NoSlides
    if "mimetype" in names and raw[38 : 38 + len(_ODP)] == _ODP:  # stored first and plain, as the standard wants
        return SlideKind.ODP
    if {"[Content_Types].xml", "ppt/presentation.xml"} <= names:
        return SlideKind.PPTX
    raise NoSlides


def file_name(sent: str, kind: SlideKind) -> str:
    """Give a name that any system can store, with the ending of what the file is."""
    base = sent.replace("\\", "/").rpartition("/")[2]
    stem = _SAFE.sub("-", base.rpartition(".")[0] or base).strip(" .-")
    return f"{stem[:80].strip(' .-') or 'folien'}.{kind}"
