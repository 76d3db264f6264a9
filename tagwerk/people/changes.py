"""What can happen to devices that others have to know of."""

from dataclasses import dataclass
from typing import ClassVar

from tagwerk.live.changes import CREW, Fact


@dataclass(frozen=True, kw_only=True)
class DeviceVerified(Fact):
    """A device learned the hall code: what it tapped before counts for planning from now on."""

    kind: ClassVar[str] = "device.verified"
    audience: ClassVar[str] = CREW
    device: int
