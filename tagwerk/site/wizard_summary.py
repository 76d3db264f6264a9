"""What will be made, in a few lines, before the last button is pressed."""

from datetime import timedelta
from typing import Any

from tagwerk.events.rules import Mode
from tagwerk.events.words import MODE_NAMES
from tagwerk.kit.day_words import in_words
from tagwerk.site.blueprint_rules import Blueprint, DayPlan
from tagwerk.site.blueprints import Wish


def summary(plan: Blueprint, wish: Wish) -> dict[str, Any]:
    """Give days with their parts, the rooms, and how many sessions find a place."""
    return {
        "name": wish.name,
        "slug": wish.slug,
        "place": plan.words.get("place", ""),
        "days": [_day(day, wish) for day in plan.days],
        "rooms": [{"name": room.name, "seats": room.seats} for room in plan.rooms],
        "places": sum(slot.is_open for day in plan.days for slot in day.slots) * len(plan.rooms),
    }


def _day(day: DayPlan, wish: Wish) -> dict[str, Any]:
    return {
        "date": in_words(wish.first + timedelta(days=day.offset), "l, j. F Y"),
        "mode": MODE_NAMES[Mode(day.mode)],
        "slots": [
            {"start": _clock(slot.start), "end": _clock(slot.end), "title": slot.title, "is_open": slot.is_open}
            for slot in day.slots
        ],
    }


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"
