"""Reads `TAGWERK_*` from the environment; each variable is described in `docs/configuration.md`."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent.parent
YES = {"1", "true", "yes", "on"}


def text(name: str, default: str = "") -> str:
    """Give a variable as text."""
    return os.environ.get(f"TAGWERK_{name}", default)


def flag(name: str, *, default: bool = False) -> bool:
    """Give a variable as yes or no."""
    value = text(name)
    return default if not value else value.lower() in YES


def number(name: str, default: int) -> int:
    """Give a variable as a whole number; says which one is wrong."""
    value = text(name)
    try:
        return int(value) if value else default
    except ValueError:
        message = f"TAGWERK_{name} must be a whole number, not {value!r}"
        raise SystemExit(message) from None


def names(name: str, default: str = "") -> list[str]:
    """Give a variable as a list of comma-separated words."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def data_folder() -> Path:
    """Give the folder for the embedded database and everything made at run time."""
    return Path(text("DATA") or ROOT / "var")


def files_folder() -> Path:
    """Give the folder for large files that people send, beside the embedded database."""
    place = data_folder() / "files"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def secret_key() -> str:
    """Give the signing key: from the environment, else one made once beside the embedded database."""
    given = text("SECRET_KEY")
    if given:
        return given
    place = data_folder() / "secret-key"
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        with place.open("x") as file:
            place.chmod(0o600)
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return place.read_text().strip()


def redis_url() -> str:
    """Give the address of Redis or Valkey, empty when there is none."""
    url = os.environ.get("REDIS_URL", "")
    if url and urlsplit(url).scheme not in ("redis", "rediss", "unix"):
        message = "REDIS_URL must begin with redis://, rediss:// or unix://"
        raise SystemExit(message)
    return url


def mail() -> dict[str, Any]:
    """Give the mail server of `smtp://user:password@host:port`, empty when nothing is to be sent.

    `smtps://` speaks TLS from the first byte, `smtp://` turns to it (`?plain=1`: it does not).
    """
    url = text("MAIL")
    parts = urlsplit(url)
    if url and (parts.scheme not in ("smtp", "smtps") or not parts.hostname):
        message = "TAGWERK_MAIL must be smtp://[user:password@]host[:port] or smtps://..."
        raise SystemExit(message)
    is_ssl = parts.scheme == "smtps"
    is_plain = dict(parse_qsl(parts.query)).get("plain") == "1"
    found = {
        "host": parts.hostname,
        "port": parts.port or (465 if is_ssl else 587),
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "ssl": is_ssl,
        "starttls": not is_ssl and not is_plain,
    }
    return found if url else {}


def database() -> dict[str, object]:
    """Give Django's database settings: PostgreSQL from `DATABASE_URL`, else the embedded SQLite."""
    url = os.environ.get("DATABASE_URL", "")
    return _postgresql(url) if url else _sqlite()


def _sqlite() -> dict[str, object]:
    place = data_folder() / "tagwerk.sqlite3"
    place.parent.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "tagwerk.kit.sqlite",
        "NAME": str(place),
        "CONN_MAX_AGE": None,  # the threads that answer are few and lasting (kit/threads.py)
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20},
        # A file also in tests: threads and a second process see the same database.
        "TEST": {"NAME": text("TEST_DATABASE") or None},
    }


# Cards load a dozen related rows by their keys. Searching for a better order of such joins, or compiling them, takes
# PostgreSQL ten times as long as doing them; `?options=` in DATABASE_URL says otherwise.
PLANNING = "-c jit=off -c join_collapse_limit=4"


def _postgresql(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        message = f"DATABASE_URL must begin with postgresql://, not {parts.scheme}://"
        raise SystemExit(message)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", "") or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "options": PLANNING,
            **query,
            "pool": {"min_size": 2, "max_size": number("DATABASE_POOL", 12), "timeout": 10},
        },
    }
