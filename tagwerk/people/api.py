"""JSON calls about people: a device is minted."""

from ninja import Schema


class DeviceIn(Schema):
    """What a new device may say: the hall code, where one is needed."""

    hall_code: str = ""


class DeviceOut(Schema):
    """The secret of a new device; it is given once."""

    token: str
    verified: bool
