"""What a wall shows now: what the crew put there, else what the hour asks for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tagwerk.events.models import Event
from tagwerk.events.rules import Wall, wall_at
from tagwerk.programme.cards import SessionCard, placed_sessions, session_card
from tagwerk.programme.models import Announcement
from tagwerk.programme.rules import DISRUPTION, Kind, disruption_lines
from tagwerk.site import fragments
from tagwerk.site.rooms import topics_panel

# The phase of a round -> the panel of the hall screen
PANELS = {"collecting": "collecting", "pitching": "stage", "planning": "planning", "closing": "closing"}
PLAN = "plan"
LABELS = {
    Wall.AUTO: _("Automatisch"),
    Wall.STAGE: _("Bühne"),
    Wall.PLAN: _("Plan"),
    Wall.QR: _("QR groß"),
    Wall.BLACK: _("Schwarz"),
}


@dataclass(frozen=True)
class WallState:
    """What the hall screen shows: `hour` is the panel the hour asks for, `shows` the one on the wall.

    `until` is when a wall that the crew switched follows the hour again by itself.
    """

    hour: str
    shows: str
    until: str
    disruption: list[str]
    talk: dict[str, Any]
    outcomes: list[SessionCard]

    @property
    def panels(self) -> list[str]:
        """Give the panels to render, each once: the one of the hour may come back without asking anybody."""
        return list(dict.fromkeys((self.hour, self.shows)))


def wall_state(event: Event) -> WallState:
    """Read what the walls of an event show now."""
    talk = topics_panel().wall(event)
    lines = _disruption(event)
    hour = "disruption" if lines else PANELS.get(talk["phase"], PLAN)
    wall = wall_at(event.wall, event.wall_until, timezone.now())
    shows = _panel(wall, hour, has_stage=bool(talk["phase"]))
    return WallState(
        hour=hour,
        shows=shows,
        until=event.wall_until.isoformat() if wall == Wall.QR and event.wall_until else "",
        disruption=lines,
        talk=talk,
        outcomes=_outcomes(event) if hour == "closing" else [],
    )


def state_html(event: Event) -> str:
    """Render what the hall screen shows, in the active language, for the messages of the stream."""
    return fragments.rendered(event, "site/_board_state.html", state=wall_state(event))


def while_collecting(event: Event) -> Callable[[], str]:
    """Give what renders the hall screen while topics are collected, and nothing at other hours."""
    is_collecting = topics_panel().wall(event)["phase"] == "collecting"
    return lambda: state_html(event) if is_collecting else ""


def _panel(wall: Wall, hour: str, *, has_stage: bool) -> str:
    """Give the panel for what the crew wants; the stage needs a round."""
    if wall == Wall.AUTO or (wall == Wall.STAGE and not has_stage):
        return hour
    return wall.value


def _disruption(event: Event) -> list[str]:
    """Give the lines of the newest disruption that was not taken back."""
    found = Announcement.objects.filter(event=event, is_withdrawn=False, text__startswith=DISRUPTION).first()
    return disruption_lines(found.text) if found else []


def _outcomes(event: Event) -> list[SessionCard]:
    """Give the sessions that were held, in order."""
    held = placed_sessions(event).filter(placement__is_active=True, placement__room__isnull=False)
    held = held.exclude(kind=Kind.BREAK).filter(placement__slot__start__lte=timezone.now())
    return [session_card(session, {}, []) for session in held]


def remote_control(event: Event) -> dict[str, Any]:
    """Give the buttons of the remote control; the one for what the walls show now is pressed."""
    now = wall_at(event.wall, event.wall_until, timezone.now())
    walls = [wall for wall in LABELS if wall != Wall.STAGE or topics_panel().wall(event)["phase"]]
    return {"walls": [{"value": wall.value, "label": LABELS[wall], "is_on": wall == now} for wall in walls]}
