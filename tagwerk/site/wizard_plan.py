"""Turns what somebody answered on the five screens into the form of an event."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from tagwerk.events.first_rules import pasted_rooms, stretches
from tagwerk.events.models import Outline
from tagwerk.events.rules import Feature, Mode
from tagwerk.site.blueprint_rules import Blueprint, DayPlan, Pitching, RoomPlan, SlotPlan
from tagwerk.site.blueprints import Wish
from tagwerk.site.wizard_forms import (
    BARCAMP,
    DaysForm,
    RhythmForm,
    RoomsForm,
    Screen,
    StartForm,
    ToneForm,
    rhythm_of,
)

SCREENS: Mapping[str, type[Screen]] = {
    "start": StartForm,
    "days": DaysForm,
    "rooms": RoomsForm,
    "rhythm": RhythmForm,
    "tone": ToneForm,
}
ENOUGH_TO_RESERVE = 3  # rooms: with fewer, keeping one free for late topics would cost too much
Answers = dict[str, dict[str, Any]]


def said_of(outline: Outline, screen: str) -> QueryDict:
    """Give what was typed on a screen, as it was sent."""
    said = QueryDict(mutable=True)
    for name, values in outline.answers.get(screen, {}).items():
        said.setlist(name, values)
    return said


def checked(outline: Outline) -> tuple[Answers, str]:
    """Give the checked answers, and the first screen that does not hold ("" when all do)."""
    answers: Answers = {}
    for screen, form_of in SCREENS.items():
        form = form_of(said_of(outline, screen), before=answers)
        if not form.is_valid():
            return answers, screen
        answers[screen] = form.cleaned_data
        if isinstance(form, RoomsForm):
            answers[screen]["features"] = form.features
    return answers, ""


def plan_of(answers: Answers) -> tuple[Blueprint, Wish]:
    """Give the form of the event, and its name, date and address."""
    start, days, tone = answers["start"], answers["days"], answers["tone"]
    modes = [Mode(days[f"mode_{number}"]) for number in range(start["days"])]
    kinds = [days[f"kind_{number}"] for number in range(start["days"])]
    rooms = _rooms(answers)
    plan = Blueprint(
        name=start["name"],
        days=tuple(DayPlan(n, mode.value, _slots(answers, n, kinds[n])) for n, mode in enumerate(modes)),
        rooms=rooms,
        address_form=tone["address_form"],
        accent=tone["accent"],
        expected_people=days["people"],
        # Who takes part from elsewhere sees no wall in the house, and so no code.
        needs_hall_code=all(mode == Mode.ON_SITE for mode in modes),
        words={"place": start["place"]},
        barcamp={"reserve_rooms": int(len(rooms) >= ENOUGH_TO_RESERVE)} if BARCAMP in kinds else None,
        pitching=_pitching(answers, kinds),
    )
    return plan, Wish(start["slug"], start["name"], start["first"])


def _rooms(answers: Answers) -> tuple[RoomPlan, ...]:
    said = answers["rooms"]
    offered = [feature.value for feature in Feature]
    return tuple(
        RoomPlan(
            room.name,
            room.seats,
            tuple(feature for feature in offered if feature in said["features"].get(room.name, [])),
            room.kind.value,
        )
        for room in pasted_rooms(said["rooms"]).rooms
    )


def _slots(answers: Answers, position: int, kind: str) -> tuple[SlotPlan, ...]:
    titles = {
        "session": ("", "break"),
        "pitch": (_("Vorstellung der Themen"), "energizer"),
        "planning": (_("Planungspause"), "break"),
        "lunch": (_("Mittagspause"), "break"),
        "closing": (_("Abschluss"), "energizer"),
    }
    is_barcamp = kind == BARCAMP
    rhythm = rhythm_of(answers["rhythm"], position, is_barcamp=is_barcamp)
    return tuple(
        SlotPlan(part.start, part.end, part.what == "session" and is_barcamp, part.is_anchored, *titles[part.what])
        for part in stretches(rhythm)
    )


def _pitching(answers: Answers, kinds: list[str]) -> Pitching | None:
    if BARCAMP not in kinds:
        return None
    first = kinds.index(BARCAMP)
    parts = {part.what: part for part in stretches(rhythm_of(answers["rhythm"], first, is_barcamp=True))}
    if "pitch" not in parts:
        return None
    return Pitching(parts["pitch"].start, parts["planning"].end, offset=first)
