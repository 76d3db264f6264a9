"""How the formats write moments and lengths of time."""

import re
from datetime import datetime, timedelta

_ISO = re.compile(r"P(?:(\d{1,4})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,7})(?:\.\d+)?S)?)?")
_CLOCK = re.compile(r"(\d{1,3}):([0-5]\d)(?::[0-5]\d)?")
HOUR = 60


def clock(moment: datetime) -> str:
    """Write a moment with its offset: 2026-11-22T09:00:00+01:00."""
    return moment.isoformat(timespec="seconds")


def minutes(length: timedelta) -> int:
    """Give whole minutes."""
    return int(length.total_seconds()) // 60


def hours_and_minutes(length: timedelta) -> str:
    """Write a length as 01:30."""
    hours, rest = divmod(minutes(length), HOUR)
    return f"{hours:02}:{rest:02}"


def iso_length(length: timedelta) -> str:
    """Write a length as PT1H30M."""
    hours, rest = divmod(minutes(length), HOUR)
    return "PT" + (f"{hours}H" if hours else "") + (f"{rest}M" if rest or not hours else "")


def length_of(text: str) -> timedelta | None:
    """Read a length: 01:30, 90 (minutes) or PT1H30M; None when it is none of them, or no time at all."""
    text = text.strip()
    if found := _CLOCK.fullmatch(text):
        length = timedelta(hours=int(found[1]), minutes=int(found[2]))
    elif text.isascii() and text.isdigit() and len(text) <= len("10000"):
        length = timedelta(minutes=int(text))
    elif (found := _ISO.fullmatch(text)) and any(found.groups()):
        days, hours, mins, seconds = (int(part or 0) for part in found.groups())
        length = timedelta(days=days, hours=hours, minutes=mins, seconds=seconds)
    else:
        return None
    return length or None
