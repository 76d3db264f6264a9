"""Hands out a large file from disk, whole or in part, without ever holding it in memory."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from django.http import HttpRequest, StreamingHttpResponse

PIECE = 256 * 1024
_RANGE = re.compile(r"bytes=(?:(\d{1,15})-(\d{0,15})|-(\d{1,15}))")


class NotThere(ValueError):
    """The part that was asked for lies behind the end."""


@dataclass(frozen=True)
class Part:
    """So many bytes of a file from a place on."""

    path: Path
    start: int
    length: int

    def pieces(self) -> Iterator[bytes]:
        """Give the bytes, piece by piece."""
        with self.path.open("rb") as file:
            file.seek(self.start)
            left = self.length
            while left and (piece := file.read(min(PIECE, left))):
                left -= len(piece)
                yield piece


def asked_part(said: str, size: int) -> tuple[int, int] | None:
    """Give first byte and length of what a `Range` asks for; None for the whole, also where several are asked for.

    Raises `NotThere`.
    """
    found = _RANGE.fullmatch(said.strip())
    if found is None:
        return None
    first, last, tail = found.groups()
    start = int(first) if first is not None else max(0, size - int(tail))
    end = min(int(last), size - 1) if last else size - 1
    if last and int(last) < start:
        return None  # no range at all
    if start >= size:
        raise NotThere
    return start, end - start + 1


class FileAnswer(StreamingHttpResponse):
    """An answer that is a file: as an attachment without rights, in part where a player asks for one."""

    def __init__(self, request: HttpRequest, path: Path, *, size: int, content_type: str, name: str) -> None:
        tag = f'"{blake2b(path.name.encode(), digest_size=12).hexdigest()}"'
        said = request.headers.get("Range", "") if request.headers.get("If-Range", tag) == tag else ""
        try:
            part = asked_part(said, size)
        except NotThere:
            part, status = (0, 0), 416
        else:
            status = 206 if part else 200
        start, length = part or (0, size)
        self.part = Part(path, start, length)
        super().__init__(self.part.pieces(), status=status, content_type=content_type)
        self.headers["Content-Length"] = str(length)
        self.headers["Accept-Ranges"] = "bytes"
        self.headers["ETag"] = tag
        self.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        self.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
        if status != 200:  # noqa: PLR2004 - the whole file
            self.headers["Content-Range"] = (
                f"bytes {start}-{start + length - 1}/{size}" if length else f"bytes */{size}"
            )
