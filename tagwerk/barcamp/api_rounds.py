"""JSON calls for the crew about the rhythm of the day: rounds, their phases, the rules, the announcement."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, JsonResponse
from ninja import Router, Schema
from pydantic import AwareDatetime, ConfigDict, StrictInt, StrictStr

from tagwerk.barcamp import actions
from tagwerk.barcamp.api import REFUSALS
from tagwerk.barcamp.forms import checked_rules
from tagwerk.barcamp.rules import RoundOrder
from tagwerk.barcamp.stage import current_round
from tagwerk.barcamp.state import round_state
from tagwerk.events.calls import Call, call
from tagwerk.kit.receipts import Answer
from tagwerk.people.rules import RoleKind

router = Router(tags=["barcamp"])


class RoundIn(Schema):
    """A round to begin; the times are those told to everybody."""

    model_config = ConfigDict(extra="forbid")
    order: StrictStr = RoundOrder.MICROPHONE
    seconds: StrictInt = 60
    pitch_at: AwareDatetime | None = None
    announce_at: AwareDatetime | None = None


class RoundOut(Schema):
    """A pitch round."""

    number: int
    phase: str
    order: str
    seconds: int
    pitch_at: datetime | None
    announce_at: datetime | None


class PhaseIn(Schema):
    """The phase to enter."""

    model_config = ConfigDict(extra="forbid")
    phase: StrictStr


class RulesIn(Schema):
    """Rules to change; what is left out stays."""

    model_config = ConfigDict(extra="forbid")
    publish_mode: StrictStr | None = None
    policy: StrictStr | None = None
    threshold: StrictInt | None = None
    counts: StrictStr | None = None
    reserve_rooms: StrictInt | None = None


class RulesOut(Schema):
    """The rules of the barcamp."""

    publish_mode: str
    policy: str
    threshold: int
    counts: str
    reserve_rooms: int


class RevisionOut(Schema):
    """The revision under which something was told."""

    revision: int


@router.post("/{slug}/rounds", response={201: RoundOut, **REFUSALS}, summary="Begin a pitch round (crew)")
def begin_round(request: HttpRequest, slug: str, body: RoundIn) -> JsonResponse:
    """Begin a pitch round with collecting topics."""
    who = call(request, slug)
    mark = who.actor.needs(RoleKind.MODERATOR).mark

    def perform() -> Answer:
        fields = body.model_dump()
        return Answer(201, round_state(actions.begin_round(who.event, **fields, actor=mark)))

    return who.write(perform)


@router.put("/{slug}/round", response={200: RoundOut, **REFUSALS}, summary="Enter a phase (crew)")
def enter_phase(request: HttpRequest, slug: str, body: PhaseIn) -> JsonResponse:
    """Lead the current round into a phase: collecting, pitching, planning, running, closing."""
    who = call(request, slug)
    mark = who.actor.needs(RoleKind.MODERATOR).mark

    def perform() -> Answer:
        actions.enter_round_phase(who.event, body.phase, actor=mark)
        return Answer(200, _round(who))

    return who.write(perform)


@router.post("/{slug}/plan/announcement", response={201: RevisionOut, **REFUSALS}, summary="Announce the plan (crew)")
def announce_plan(request: HttpRequest, slug: str) -> JsonResponse:
    """Announce the plan: what was likely stands from now on."""
    who = call(request, slug)
    mark = who.actor.needs(RoleKind.MODERATOR).mark
    return who.write(lambda: Answer(201, {"revision": actions.publish(who.event, actor=mark)}))


@router.patch("/{slug}/rules", response={200: RulesOut, **REFUSALS}, summary="Change the rules (crew)")
def change_rules(request: HttpRequest, slug: str, body: RulesIn) -> JsonResponse:
    """Change how the barcamp is run; a new threshold chooses anew who comes into the plan."""
    who = call(request, slug)
    mark = who.actor.needs(RoleKind.MODERATOR).mark
    given = body.model_dump(exclude_none=True)
    checked = checked_rules(actions.rules_of(who.event) | given)
    wanted = {name: checked[name] for name in given}  # what somebody else changes meanwhile stays

    def perform() -> Answer:
        actions.set_rules(who.event, wanted, actor=mark)
        return Answer(200, actions.rules_of(who.event))

    return who.write(perform)


def _round(who: Call) -> dict[str, Any] | None:
    return round_state(current_round(who.event))
