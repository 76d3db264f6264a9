"""What tests look for in a PDF."""

import re
import zlib

import pytest

from tagwerk.exchange.printer import missing

printed = pytest.mark.skipif(bool(missing()), reason=f"WeasyPrint or Pango is not on this machine: {missing()}")
ACCESSIBLE = (
    b"/StructTreeRoot",
    b"/MarkInfo",
    b"/Lang (de)",
    b"/DisplayDocTitle true",
    b'pdfuaid:part="1"',
    b"/Outlines",
)


def everything_in(pdf: bytes) -> bytes:
    """Give a PDF with its streams unpacked, as far as they are packed."""
    found = [pdf]
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return b"\n".join(found)


def lacking(pdf: bytes, tags: str) -> list[bytes]:
    """Give what a German PDF lacks of what makes it accessible, and of these tags."""
    inside = everything_in(pdf)
    return [part for part in (*ACCESSIBLE, *(f"/S /{tag}".encode() for tag in tags.split())) if part not in inside]
