"""What can happen to devices that others have to know of."""

from dataclasses import dataclass
from typing import Any, ClassVar

from tagwerk.live.changes import CREW, Fact


@dataclass(frozen=True, kw_only=True)
class DeviceVerified(Fact):
    """A device learned the hall code: what it tapped before counts for planning from now on."""

    kind: ClassVar[str] = "device.verified"
    audience: ClassVar[str] = CREW
    device: int


@dataclass(frozen=True, kw_only=True)
class DevicesJoined(Fact):
    """Somebody went on with `device` where they had begun with `other`: what `other` did becomes its own."""

    kind: ClassVar[str] = "device.joined"
    audience: ClassVar[str] = CREW
    device: int
    other: int


@dataclass(frozen=True, kw_only=True)
class PresenceChanged(Fact):
    """Somebody said that they take part in the house, or from elsewhere."""

    kind: ClassVar[str] = "device.presence"
    audience: ClassVar[str] = CREW
    device: int


@dataclass(frozen=True, kw_only=True)
class DevicesCounted(Fact):
    """There are noticeably more devices than the desk was told; only the newest number needs to arrive."""

    kind: ClassVar[str] = "devices.counted"
    audience: ClassVar[str] = CREW
    is_replaceable: ClassVar[bool] = True
    devices: int
    unverified: int

    def numbers(self) -> dict[str, Any]:
        """Give the numbers."""
        return {"devices": self.devices, "unverified": self.unverified}


@dataclass(frozen=True, kw_only=True)
class HouseCounted(Fact):
    """The crew counted the people in the house."""

    kind: ClassVar[str] = "devices.house"
    audience: ClassVar[str] = CREW
    people: int | None

    def numbers(self) -> dict[str, Any]:
        """Give the number."""
        return {"people": self.people}


@dataclass(frozen=True, kw_only=True)
class BudgetChanged(Fact):
    """The crew lets another number of devices count for planning."""

    kind: ClassVar[str] = "devices.budget"
    audience: ClassVar[str] = CREW
    budget: int

    def numbers(self) -> dict[str, Any]:
        """Give the number."""
        return {"budget": self.budget}
