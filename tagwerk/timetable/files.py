"""Reading JSON from untrusted files under limits, and writing it so that nobody ever sees half of it."""

import contextlib
import gzip
import json
import os
import tempfile
import zlib
from pathlib import Path
from typing import NoReturn

from tagwerk.timetable.fields import Refused, shown

LIMIT = 32 * 1024 * 1024
"""Most bytes of JSON after unpacking; 2,000 topics and 50,000 participants need 8 MB."""
MOST_PARTS = 2_000_000
"""Most lists, objects and keys of a document: small ones take thirty times the memory of their text."""


def load(path: str | Path, limit: int = LIMIT) -> object:
    """Return the JSON document in `path` (.json or .json.gz); raise Refused with one line."""
    return decode(_unpacked(Path(path), limit), str(path))


def decode(raw: bytes, where: str) -> object:
    """Return the JSON document in `raw`, refusing NaN, doubled keys, endless nesting and endless small parts."""
    if sum(map(raw.count, (b"[", b"{", b":"))) > MOST_PARTS:
        message = f"{where}: more than {MOST_PARTS} lists, objects and keys"
        raise Refused(message)
    try:
        return json.loads(raw.decode("utf-8-sig"), parse_constant=_no_constant, object_pairs_hook=_object)
    except Refused as refused:
        message = f"{where}: {refused}"
    except UnicodeDecodeError:
        message = f"{where}: not UTF-8"
    except RecursionError:
        message = f"{where}: nested too deeply"
    except json.JSONDecodeError as error:
        message = f"{where}: not JSON (line {error.lineno}, column {error.colno}: {error.msg})"
    except ValueError:
        message = f"{where}: a number has too many digits"
    raise Refused(message)


def store(document: object, path: Path) -> None:
    """Write `document` to `path` in one step: the old file stays until the new one is complete."""
    data = json.dumps(document, separators=(",", ":"), allow_nan=False) + "\n"
    path = path.resolve()
    if path.exists() and not path.is_file():
        path.write_text(data, encoding="utf-8")  # a device or pipe is written to, never replaced
        return
    handle, scratch = tempfile.mkstemp(prefix=f".{path.name[:100]}.", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        Path(scratch).chmod(0o666 & ~_umask())
        Path(scratch).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(scratch).unlink()
        raise


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _unpacked(path: Path, limit: int) -> bytes:
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            raw = file.read(limit + 1)
    except (EOFError, gzip.BadGzipFile, zlib.error):
        message = f"{path}: not a complete gzip file"
    except OSError as error:
        message = f"{path}: {error.strerror or 'cannot be read'}"
    except ValueError:
        message = f"{shown(str(path))}: not a file name"
    else:
        if len(raw) <= limit:
            return bytes(raw)
        message = f"{path}: more than {limit} bytes of JSON"
    raise Refused(message)


def _no_constant(name: str) -> NoReturn:
    message = f"{name} is not a number"
    raise Refused(message)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [key for key, _ in pairs]
        twice = next(key for key in names if names.count(key) > 1)
        message = f"the key {shown(twice)} stands twice in one object"
        raise Refused(message)
    return found
