"""A session that happens at a stand is prepared from the stand, in one step."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from tagwerk.events.models import Room
from tagwerk.kit.refusals import Refusal
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold
from tagwerk.market.actions.booths import again, set_sessions
from tagwerk.market.models import Booth
from tagwerk.programme.actions import Obstacle, Prepared, clash_sentence, obstacles, prepare
from tagwerk.programme.models import Session
from tagwerk.programme.rules import Kind


@dataclass(frozen=True)
class Plan:
    """What shall happen at a stand: from `start` to `end` (aware), in a room of the house or in none.

    `override` says why a clash is accepted.
    """

    title: str
    start: datetime
    end: datetime
    room: Room | None = None
    override: str = ""


@action
def prepare_at(booth: Booth, plan: Plan, *, actor: str = "") -> Session:
    """Write a draft of a stand session that belongs to a stand, under its theme; gives it.

    Raises `Invalid` for what does not hold, `Refusal` (409) for a clash with what stands or shall stand, unless it is
    accepted; one place is never given twice.
    """
    hold(booth.event.stream)
    booth = again(booth)
    words = {"title": plan.title, "kind": Kind.STAND}
    track = booth.track.slug if booth.track else ""
    said = Prepared(words, [], plan.start, plan.end, plan.room, track, override=plan.override)
    session = prepare(booth.event, None, said, actor=actor)
    _check(session, obstacles(booth.event))
    codes = {row.session.code for row in booth.stand_sessions.select_related("session")}
    set_sessions(booth, codes | {session.code}, actor=actor)
    return session


def _check(session: Session, found: Collection[Obstacle]) -> None:
    """Refuse what would stop the next release; what is written already goes with the transaction."""
    for one in found:
        if one.stops and session in (one.session, one.other):
            raise Refusal("clash", clash_sentence(one.clash, one.session, one.other))
