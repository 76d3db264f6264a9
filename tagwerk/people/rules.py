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
TRIES = 30  # wrong hall codes per event and address in ten minutes


def may(roles: Iterable[str], needed: RoleKind) -> bool:
    """Tell whether one of the roles is enough for what is needed."""
    return any(RANK.get(RoleKind(role), 0) >= RANK[needed] for role in roles if role in RANK)


@dataclass(frozen=True)
class Minting:
    """What is known when a device asks for its token.

    `minted` counts the tokens of the last hour from this address under this hall code, `budget` how many
    may be verified in that time.
    """

    minted: int
    budget: int
    needs_hall_code: bool
    has_hall_code: bool


def is_verified(minting: Minting) -> bool:
    """Tell whether a new device counts for planning, or is only shown."""
    if minting.needs_hall_code and not minting.has_hall_code:
        return False
    return minting.minted < minting.budget


def is_worn_out(wrong_tries: int) -> bool:
    """Tell whether an address has tried too many wrong hall codes to be answered."""
    return wrong_tries >= TRIES
