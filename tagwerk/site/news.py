"""The notices that stand."""

from tagwerk.events.models import Event
from tagwerk.programme.models import Announcement

MOST = 5


def current_notices(event: Event) -> list[Announcement]:
    """Give the newest notices."""
    return list(event.announcements.filter(is_withdrawn=False)[:MOST])
