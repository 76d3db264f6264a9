"""Draws a picture anew that somebody sent: in a child with little memory and time, so that no file can harm the house."""

import hashlib
import os
import subprocess
import sys
from dataclasses import dataclass

LARGEST_PICTURE = 512 * 1024
SECONDS = 10
PASSED_ON = ("PATH", "LANG", "SYSTEMROOT", "VIRTUAL_ENV")  # of our environment; no secret of the house is among them


class NoPicture(ValueError):
    """The bytes are no picture that we can read, or one that is far too large."""


@dataclass(frozen=True)
class Picture:
    """A PNG or JPEG of our own, and its size in pixels."""

    data: bytes
    width: int
    height: int

    @property
    def digest(self) -> str:
        """Give its name in addresses: the same picture has the same name."""
        return hashlib.blake2b(self.data, digest_size=16).hexdigest()


def drawn_anew(raw: bytes, widest: int, highest: int, kind: str = "PNG") -> Picture:
    """Give a PNG (or a JPEG) with at most so many pixels, without anything that stood beside them; raises `NoPicture`."""
    command = [sys.executable, "-m", "tagwerk.kit.drawing", str(widest), str(highest), kind]
    environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            command, input=raw, env=environment, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise NoPicture from None
    head, _newline, data = done.stdout.partition(b"\n")
    width, _space, height = head.partition(b" ")
    if done.returncode or not width.isdigit() or not height.isdigit() or not 0 < len(data) <= LARGEST_PICTURE:
        raise NoPicture
    return Picture(data, int(width), int(height))
