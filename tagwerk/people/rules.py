"""Decisions about people on plain values: budgets, tries, roles."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class RoleKind(StrEnum):
    """What somebody may do at an event; each includes the ones below it."""

    ORGANISER = "organiser"
    MODERATOR = "moderator"
    HELPER = "helper"


class DeviceKind(StrEnum):
    """What takes part: a phone (or any browser, or program), or a card on paper."""

    PHONE = "phone"
    CARD = "card"


class Presence(StrEnum):
    """How somebody says they take part."""

    ON_SITE = "on_site"
    REMOTE = "remote"


RANK = {RoleKind.HELPER: 1, RoleKind.MODERATOR: 2, RoleKind.ORGANISER: 3}
TRIES = 30  # wrong codes per event and address in ten minutes, and more where a whole hall shares an address
SLIPS = 5  # one person in so many may mistype
KEPT_FOR_CODE = 4  # one part in four of a budget is kept for those who show the hall code
SUSPICIOUS = 1.3  # devices per person in the house
JUMP, FEWEST = 3, 30  # so many times as before, and at least so many in ten minutes
STEP = 50  # a change of one part in so many is worth telling the desk
AT_ONCE = 64  # devices that may be asking at the same moment
RAISE, ROUNDED = 1.5, 50  # one tap raises a budget by half, to a round number
LARGEST_BUDGET = 1_000_000


def may(roles: Iterable[str], needed: RoleKind) -> bool:
    """Tell whether one of the roles is enough for what is needed."""
    return any(RANK.get(RoleKind(role), 0) >= RANK[needed] for role in roles if role in RANK)


@dataclass(frozen=True)
class Minting:
    """What is known when a device asks for its token; both numbers count verified devices.

    `by_address`: from this address, under today's hall code or, in the last hour, without one.
    `by_code`: from anywhere, under this hall code; for a device without one, those without one of the last hour.
    """

    by_address: int
    by_code: int
    budget: int
    needs_hall_code: bool
    has_hall_code: bool


def is_verified(minting: Minting) -> bool:
    """Tell whether a new device counts for planning, or is only shown.

    One address never gets more than the budget, whatever it shows; a part of it is kept for those in the house,
    so that a script without the code cannot use up what they need.
    """
    if minting.needs_hall_code and not minting.has_hall_code:
        return False
    kept = 0 if minting.has_hall_code else minting.budget // KEPT_FOR_CODE
    return minting.by_address < minting.budget - kept and minting.by_code < minting.budget


def is_nearly_spent(minting: Minting) -> bool:
    """Tell whether so little of a budget is left that two askers at once could both get the last of it."""
    return minting.budget - max(minting.by_address, minting.by_code) <= minting.budget // KEPT_FOR_CODE + AT_ONCE


def raised(budget: int) -> int:
    """Give the budget after one tap: half as much again, rounded up."""
    more = -(-int(budget * RAISE) // ROUNDED) * ROUNDED
    return min(max(more, budget + 1), LARGEST_BUDGET)


@dataclass(frozen=True)
class HouseFigures:
    """Devices beside the people in the house, whom the crew counts (None: not counted).

    `recent` came in the last ten minutes, `before` in ten minutes of the hour before them, on average.
    """

    devices: int
    unverified: int
    recent: int
    before: float
    people: int | None
    budget: int

    @property
    def is_crowded(self) -> bool:
        """Tell whether there are suspiciously many devices for the people in the house."""
        return bool(self.people) and self.devices >= SUSPICIOUS * (self.people or 0)

    @property
    def next_budget(self) -> int:
        """Give what the budget becomes with one tap."""
        return raised(self.budget)

    @property
    def is_jump(self) -> bool:
        """Tell whether many more devices come than before, and more than there are people for.

        Where nobody was counted, half the budget says how many people were expected. A hall that opens its
        phones together is no jump.
        """
        plausible = self.people or self.budget // 2
        return self.recent >= max(FEWEST, JUMP * self.before) and self.devices > plausible


def is_worth_telling(shown: HouseFigures | None, now: HouseFigures) -> bool:
    """Tell whether the desk's line should change: by a part in fifty, or because something looks wrong now."""
    if shown is None:
        return True
    step = max(1, shown.devices // STEP)
    moved = max(abs(now.devices - shown.devices), abs(now.unverified - shown.unverified))
    return moved >= step or (now.is_crowded, now.is_jump) != (shown.is_crowded, shown.is_jump)


def is_worn_out(wrong_tries: int, budget: int) -> bool:
    """Tell whether an address has tried too many wrong codes to be answered, at an event for `budget` devices."""
    return wrong_tries >= max(TRIES, budget // SLIPS)
