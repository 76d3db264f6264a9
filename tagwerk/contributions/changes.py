"""What can happen to a call and to what is proposed; codes only, the crew alone hears of proposals."""

from dataclasses import dataclass
from typing import ClassVar

from tagwerk.live.changes import CREW, Fact


@dataclass(frozen=True, kw_only=True)
class CallChanged(Fact):
    """A call was written, opened, closed."""

    kind: ClassVar[str] = "call.changed"
    is_wordless: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class ContributionChanged(Fact):
    """A proposal came, was changed, reviewed, decided, told or withdrawn."""

    kind: ClassVar[str] = "contribution.changed"
    audience: ClassVar[str] = CREW
    is_wordless: ClassVar[bool] = True
