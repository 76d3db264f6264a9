"""JSON calls about people: a device is minted, and says how its person takes part."""

from ninja import Schema
from pydantic import ConfigDict, StrictStr


class DeviceIn(Schema):
    """What a new device may say: the hall code, where one is needed."""

    hall_code: str = ""


class DeviceOut(Schema):
    """The secret of a new device; it is given once."""

    token: str
    verified: bool


class PresenceIn(Schema):
    """How somebody takes part: `on_site`, `remote`, or nothing said (an empty string)."""

    model_config = ConfigDict(extra="forbid")
    presence: StrictStr = ""


class PushIn(Schema):
    """A browser's subscription at its push service, as `PushSubscription.toJSON()` gives its parts."""

    model_config = ConfigDict(extra="forbid")
    endpoint: StrictStr
    p256dh: StrictStr
    auth: StrictStr


class PushOut(Schema):
    """Where a browser wants to hear nothing more."""

    model_config = ConfigDict(extra="forbid")
    endpoint: StrictStr


class DeviceMe(Schema):
    """What is known of the device that asks; `verified`: it counts for planning."""

    presence: str
    verified: bool
