"""Finished answers: the bytes for those who take them as they are, packed, or have them already."""

import gzip
import hashlib
import re
from collections.abc import Iterable
from typing import NamedTuple

WORTH_PACKING = 860  # bytes; below this one packet carries it anyway
PACKS_WELL = re.compile(rb"text/|application/(?:[a-z0-9.-]+\+)?(?:json|xml|javascript)|image/svg")
REFUSED = re.compile(rb"\s*q=0(?:\.0*)?\s*")
OF_THE_BODY = (b"content-length", b"content-type", b"content-encoding")

Head = list[tuple[bytes, bytes]]


class Form(NamedTuple):
    """One form of an answer: headers, body, and the headers as lines."""

    headers: Head
    body: bytes
    lines: bytes


class Answer(NamedTuple):
    """An answer ready to be sent, and until when it may be; `unchanged` is for those who have it already."""

    plain: Form
    packed: Form | None
    unchanged: Form
    etag: bytes
    generation: int
    until: float

    def form(self, *, known: bytes, packs: bool) -> Form:
        """Give what answers somebody who said `known` as If-None-Match and can unpack, or cannot."""
        if known and has(self.etag, known):
            return self.unchanged
        return self.packed if packs and self.packed else self.plain


def finished(headers: Head, body: bytes, generation: int, until: float) -> Answer:
    """Make all forms of an answer; packing takes some milliseconds for a large one."""
    said = dict(headers)
    etag = said.get(b"etag") or b'"%s"' % hashlib.blake2b(body, digest_size=12).hexdigest().encode()
    headers = [(name, value) for name, value in headers if name != b"etag"]
    if not _is_packable(said, body):
        headers = [*headers, (b"etag", etag)]
        return Answer(_form(headers, body), None, _unchanged(headers), etag, generation, until)
    headers = [*headers, (b"vary", b"Accept-Encoding")]
    plain = [*headers, (b"etag", etag)]
    small = gzip.compress(body, 6, mtime=0)
    packed = [(name, b"%d" % len(small) if name == b"content-length" else value) for name, value in headers]
    # Other bytes under one tag: only a weak one may say that they mean the same.
    packed += [(b"content-encoding", b"gzip"), (b"etag", b"W/" + etag)]
    return Answer(_form(plain, body), _form(packed, small), _unchanged(plain), etag, generation, until)


def accepts_packed(said: bytes) -> bool:
    """Tell whether an Accept-Encoding takes gzip."""
    for one in said.split(b","):
        name, _semicolon, weight = one.partition(b";")
        if name.strip().lower() == b"gzip":
            return not REFUSED.fullmatch(weight)
    return False


def has(etag: bytes, said: bytes) -> bool:
    """Tell whether If-None-Match names an answer; packed ones carry the tag as weak."""
    return etag == said or etag in [tag.strip().removeprefix(b"W/") for tag in said.split(b",")]


def _is_packable(said: dict[bytes, bytes], body: bytes) -> bool:
    kind = said.get(b"content-type", b"")
    return len(body) >= WORTH_PACKING and b"content-encoding" not in said and PACKS_WELL.match(kind) is not None


def _form(headers: Head, body: bytes) -> Form:
    return Form(headers, body, _lines(headers))


def _unchanged(headers: Head) -> Form:
    return _form([(name, value) for name, value in headers if name not in OF_THE_BODY], b"")


def _lines(headers: Iterable[tuple[bytes, bytes]]) -> bytes:
    return b"".join(name + b": " + value + b"\r\n" for name, value in headers) + b"\r\n"
