"""JSON calls of the crew during the pitches: steps on stage, counted hands, merging, offering twice."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema
from pydantic import ConfigDict, StrictBool, StrictInt, StrictStr

from tagwerk.barcamp import actions
from tagwerk.barcamp.actions.backing import topic_at
from tagwerk.barcamp.actions.stage import EXTRA
from tagwerk.barcamp.actions.stepping import staged
from tagwerk.barcamp.api import REFUSALS
from tagwerk.barcamp.stage_state import stage_state
from tagwerk.barcamp.state import TopicOut, topic_state
from tagwerk.events.calls import Call, call
from tagwerk.kit.codes import normal
from tagwerk.kit.receipts import Answer
from tagwerk.kit.refusals import Invalid
from tagwerk.live.models import Stream
from tagwerk.people.rules import RoleKind

router = Router(tags=["stage"])


class StepIn(Schema):
    """A step on stage: what is done, to which pitch (`ended`: the code on stage, empty when nobody is), and when.

    `at` is the time of a step that arrives late; `seen` are the extra seconds that the presser saw; `code` names
    a topic that was called out while the device was offline; `step` is the one to be taken back.
    """

    model_config = ConfigDict(extra="forbid")
    do: Literal["next", "absent", "time", "number", "call_out", "undo"]
    ended: StrictStr = ""
    number: StrictInt = 0
    seconds: StrictInt = EXTRA
    seen: StrictInt | None = None
    title: StrictStr = ""
    code: StrictStr = ""
    step: StrictInt = 0
    at: datetime | None = None


class HandsIn(Schema):
    """Hands that were raised by people who have not tapped, or (`estimate`) a guess by eye."""

    model_config = ConfigDict(extra="forbid")
    count: StrictInt
    estimate: StrictBool = False


class MergeIn(Schema):
    """The code of the topic that this one goes into."""

    model_config = ConfigDict(extra="forbid")
    into: StrictStr


class TwiceIn(Schema):
    """Whether the topic is offered twice."""

    model_config = ConfigDict(extra="forbid")
    twice: StrictBool = True


@router.get("/{slug}/stage", response={200: dict[str, Any], **REFUSALS}, summary="The stage (crew)")
def read_stage(request: HttpRequest, slug: str) -> JsonResponse:
    """Give who is on stage, the queue behind, and how long a pitch takes."""
    who = call(request, slug)
    who.actor.needs(RoleKind.HELPER)
    return JsonResponse(stage_state(staged(who.event)))


@router.post("/{slug}/stage/steps", response={200: dict[str, Any], **REFUSALS}, summary="A step on stage (crew)")
def make_step(request: HttpRequest, slug: str, body: StepIn) -> JsonResponse:
    """Do a step, once; one that somebody else made already changes nothing. Gives the stage as it is then."""
    who = call(request, slug)
    mark = who.actor.needs(RoleKind.MODERATOR).mark
    if body.at is not None and body.at.tzinfo is None:
        raise Invalid(
            "no-zone", _("Zeiten brauchen eine Zeitzone."), errors={"at": _("Zeiten brauchen eine Zeitzone.")}
        )

    def perform() -> Answer:
        STEPS[body.do](who, body, mark)
        return Answer(200, stage_state(staged(who.event)))

    return who.write(perform)


Step = Callable[[Call, StepIn, str], object]
STEPS: dict[str, Step] = {
    "next": lambda who, body, mark: actions.call_next(who.event, normal(body.ended), at=body.at, actor=mark),
    "absent": lambda who, body, mark: actions.mark_absent(who.event, normal(body.ended), at=body.at, actor=mark),
    "time": lambda who, body, mark: actions.give_time(
        who.event, normal(body.ended), body.seconds, seen=body.seen, actor=mark
    ),
    "number": lambda who, body, mark: actions.call_number(
        who.event, body.number, ended=normal(body.ended), at=body.at, actor=mark
    ),
    "call_out": lambda who, body, mark: actions.call_out(who.event, body.title, code=normal(body.code), actor=mark),
    "undo": lambda who, body, mark: actions.undo_step(who.event, body.step, actor=mark),
}


@router.post("/{slug}/topics/{code}/hand-counts", response={200: TopicOut, **REFUSALS}, summary="Count hands (crew)")
def count_hands(request: HttpRequest, slug: str, code: str, body: HandsIn) -> JsonResponse:
    """Add raised hands of people who have not tapped."""
    who = call(request, slug)
    mark = who.actor.needs(RoleKind.HELPER).mark
    return who.write(
        lambda: _topic(
            who, actions.count_hands(who.event, normal(code), body.count, estimate=body.estimate, actor=mark).code
        )
    )


@router.post("/{slug}/topics/{code}/merge", response={200: TopicOut, **REFUSALS}, summary="Merge two topics (crew)")
def merge(request: HttpRequest, slug: str, code: str, body: MergeIn) -> JsonResponse:
    """Let a topic go into another one; the answer is the other one."""
    who = call(request, slug)
    mark = who.actor.needs(RoleKind.MODERATOR).mark
    return who.write(lambda: _topic(who, actions.merge(who.event, normal(body.into), normal(code), actor=mark).code))


@router.delete("/{slug}/topics/{code}/merge", response={200: TopicOut, **REFUSALS}, summary="Split again (crew)")
def split(request: HttpRequest, slug: str, code: str) -> JsonResponse:
    """Let a merged topic stand on its own again."""
    who = call(request, slug)
    mark = who.actor.needs(RoleKind.MODERATOR).mark
    return who.write(lambda: _topic(who, actions.split(who.event, normal(code), actor=mark).code))


@router.put("/{slug}/topics/{code}/twice", response={200: TopicOut, **REFUSALS}, summary="Offer twice (crew)")
def offer_twice(request: HttpRequest, slug: str, code: str, body: TwiceIn) -> JsonResponse:
    """Offer a topic twice, or only once after all."""
    who = call(request, slug)
    mark = who.actor.needs(RoleKind.MODERATOR).mark
    return who.write(
        lambda: _topic(who, actions.offer_twice(who.event, normal(code), twice=body.twice, actor=mark).code)
    )


def _topic(who: Call, code: str) -> Answer:
    revision = Stream.objects.get(pk=who.event.stream).revision
    return Answer(200, topic_state(topic_at(who.event, code), exact=True) | {"revision": revision})
