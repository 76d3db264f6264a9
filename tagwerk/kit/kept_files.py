"""Large files on this machine's disk, each under a random name beside the database; what no row knows is swept away."""

import os
import secrets
import shutil
import time
from collections.abc import Collection
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

LEAST_FREE = 1024**3  # bytes that stay for the database
ARRIVING = 3600  # seconds in which a file may wait for its row


def folder() -> Path:
    """Give the folder of kept files."""
    place = Path(settings.TAGWERK_FILES)
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def is_short(coming: int = 0) -> bool:
    """Tell whether too little space would be left once so many bytes have come."""
    return shutil.disk_usage(folder()).free - coming < LEAST_FREE


def keep(sent: "UploadedFile[bytes]") -> str:
    """Keep what somebody sent, and give its key; a large file is only renamed. Raises `OSError` without space."""
    key = secrets.token_hex(16)
    place = path_of(key)
    if hasattr(sent, "temporary_file_path"):
        shutil.move(sent.temporary_file_path(), place)
    else:
        place.write_bytes(sent.read())
    place.chmod(0o600)
    with place.open("rb+") as file:
        os.fsync(file.fileno())
        os.utime(file.fileno())
    return key


def path_of(key: str) -> Path:
    """Give where a file lies."""
    return folder() / key


def drop(key: str) -> None:
    """Delete a file, if it is still there."""
    path_of(key).unlink(missing_ok=True)


def sweep(known: Collection[str]) -> int:
    """Delete the files that are not `known` and did not just arrive; gives how many."""
    before, gone = time.time() - ARRIVING, 0
    for place in folder().iterdir():
        if place.is_file() and place.name not in known and place.stat().st_mtime < before:
            place.unlink(missing_ok=True)
            gone += 1
    return gone
