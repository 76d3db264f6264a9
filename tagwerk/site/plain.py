"""Reads the plainest of requests without a parser: one GET in one piece, with nothing in it that needs care.

Thousands of pages ask for the same address every few seconds, in the same bytes as before; whatever is not exactly this
plain goes the usual way.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from tagwerk.kit.answers import accepts_packed

LARGEST = 2 * 1024
WHOLE = re.compile(rb"GET (/[!->@-~]*) HTTP/1\.1\r\n((?:[!#$%&'*+.^_`|~0-9A-Za-z-]+:[^\r\n\0]*\r\n)+)\r\n\Z")
NEEDS_CARE = rb"content-length|transfer-encoding|expect|upgrade|connection|authorization|range"
WORTH_KNOWING = re.compile(
    rb"(?im)^(host|x-forwarded-proto|if-none-match|accept-encoding|" + NEEDS_CARE + rb"):[ \t]*([^\r\n]*)"
)
WANTED = {b"host", b"x-forwarded-proto", b"if-none-match", b"accept-encoding"}


class Plain(NamedTuple):
    """What matters of a plain request."""

    host: bytes
    scheme: bytes  # as our proxy says it
    path: bytes
    known: bytes  # If-None-Match
    packs: bool  # takes gzip


@lru_cache(maxsize=2048)
def read(data: bytes) -> Plain | None:
    """Read one request of at most `LARGEST` bytes; None when it is not plain."""
    whole = WHOLE.match(data)
    if whole is None:
        return None
    found = [(name.lower(), value.rstrip()) for name, value in WORTH_KNOWING.findall(whole[2])]
    said = dict(found)
    if len(said) != len(found) or b"host" not in said or not said.keys() <= WANTED:
        return None
    packs = accepts_packed(said.get(b"accept-encoding", b""))
    return Plain(said[b"host"], said.get(b"x-forwarded-proto", b""), whole[1], said.get(b"if-none-match", b""), packs)
