"""Decisions about who has to hear what of a changed plan, on plain values: differences count, not edits."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Self

CALM = timedelta(seconds=5)
"""A session that was moved may be moved again at once: what happened is told when it has stood so long."""
PATIENCE = timedelta(seconds=30)
"""Where moves never end, they are told all the same after this time."""
PAUSE = timedelta(seconds=60)
"""Between two notices to the same people."""


class Difference(StrEnum):
    """What those who come to a session have to know."""

    MOVED = "moved"
    CANCELLED = "cancelled"
    RESTORED = "restored"
    SPEAKER = "speaker"


@dataclass(frozen=True)
class Whereabouts:
    """When and where a session takes place, and whether it does; `room` is None where it has none.

    `host` is who was announced to hold it, where people come because of them.
    """

    start: datetime
    end: datetime
    room: int | None
    is_cancelled: bool
    host: str = ""

    def stored(self) -> dict[str, Any]:
        """Give it as it is stored."""
        return asdict(self) | {"start": self.start.isoformat(), "end": self.end.isoformat()}

    @classmethod
    def read(cls, stored: dict[str, Any]) -> Self:
        """Give what was stored."""
        start, end = (datetime.fromisoformat(stored[name]) for name in ("start", "end"))
        return cls(start, end, stored["room"], stored["is_cancelled"], stored.get("host", ""))


def difference(told: Whereabouts, now: Whereabouts) -> Difference | None:
    """Give what is different from what people were told; None where they need to know nothing."""
    if now.is_cancelled:
        return None if told.is_cancelled else Difference.CANCELLED
    if told.is_cancelled:
        return Difference.RESTORED
    if (told.start, told.room) != (now.start, now.room):
        return Difference.MOVED
    return Difference.SPEAKER if told.host and now.host and told.host != now.host else None


def is_time_to_tell(
    since: Collection[datetime], changed: Collection[datetime], last: datetime | None, now: datetime
) -> bool:
    """Tell whether people are to hear of the differences: `since` when there are some, and when each `changed` last.

    `last` is when they heard of some before.
    """
    if not since or (last is not None and now - last < PAUSE):
        return False
    return now - max(changed) >= CALM or now - min(since) >= PATIENCE
