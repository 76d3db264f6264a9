"""The form of a change: plain values that say what happened, told once to everybody."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

PUBLIC = "public"
CREW = "crew"
AUDIENCES = (PUBLIC, CREW)


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Something that happened to one thing, known by its code.

    `kind` is the name on the stream, `audience` who hears of it (the crew hears everything).
    With `is_replaceable` only the newest fact of this kind and code needs to arrive (a count).
    With `is_wordless` its message is the same in every language.
    `touches` names what was changed, so that a stale write to the same thing can be refused;
    `before` and `after` hold codes and numbers for undo.
    """

    kind: ClassVar[str]
    audience: ClassVar[str] = PUBLIC
    is_replaceable: ClassVar[bool] = False
    is_wordless: ClassVar[bool] = False

    code: str = ""
    touches: tuple[str, ...] = ()
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Give the name under which the wiring table knows this fact: `room.Class`."""
        room = type(self).__module__.split(".")[1]
        return f"{room}.{type(self).__name__}"

    def numbers(self) -> dict[str, Any]:
        """Give the codes and numbers of the message; words are added by the renderer."""
        return {}
