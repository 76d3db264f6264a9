"""JSON calls about topics: propose, edit, withdraw, interest, coming, adopt, park, decline, plan."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from ninja import Router, Schema
from pydantic import ConfigDict, Field, StrictBool, StrictInt, StrictStr

from tagwerk.barcamp import actions
from tagwerk.barcamp.actions.backing import topic_at
from tagwerk.barcamp.expecting import expectations
from tagwerk.barcamp.forms import checked, checked_name
from tagwerk.barcamp.models import Interest, Topic
from tagwerk.barcamp.state import TopicOut, coming_shown, interest_shown, topic_state
from tagwerk.events.calls import Call, call
from tagwerk.kit.codes import normal
from tagwerk.kit.problems import Problem
from tagwerk.kit.receipts import Answer
from tagwerk.live.models import Stream
from tagwerk.people.rules import RoleKind

router = Router(tags=["barcamp"])
REFUSALS = {400: Problem, 401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem, 429: Problem}


class TopicIn(Schema):
    """A proposal; empty choices mean the default.

    With `own` somebody of the crew brings it as their own device does, not for somebody without a phone.
    """

    model_config = ConfigDict(extra="forbid")
    title: StrictStr = ""
    description: StrictStr = ""
    host_name: StrictStr = ""
    wanted: StrictBool = False
    own: StrictBool = False
    needs: list[StrictStr] = Field(default_factory=list, max_length=10)
    mode: StrictStr = "on_site"
    when: StrictStr = "any"
    purpose: StrictStr = ""
    level: StrictStr = ""
    pitch: StrictStr = ""


class TopicPatch(Schema):
    """New words for an own topic; what is left out stays. `revision` is what the editor saw."""

    model_config = ConfigDict(extra="forbid")
    title: StrictStr | None = None
    description: StrictStr | None = None
    host_name: StrictStr | None = None
    needs: list[StrictStr] | None = Field(default=None, max_length=10)
    mode: StrictStr | None = None
    when: StrictStr | None = None
    revision: StrictInt | None = None


class Proposed(Schema):
    """A topic that was brought: its code is the address, its number is what people say."""

    code: str
    number: int
    state: str
    revision: int


class InterestOut(Schema):
    """The interest as the event shows it (null where it is hidden), and whether this device is part of it."""

    interest: int | None
    mine: bool


class ComingOut(Schema):
    """How many come as the event shows it (null where counts are hidden), and whether this device does."""

    coming: int | None
    mine: bool


class ExpectedOut(Schema):
    """Between how many (`low`) and how many (`high`) people will sit in a session; `online` may come besides.

    `coming` have said "I'm coming".
    """

    session: str
    topic: int
    low: int
    high: int
    online: int
    coming: int


class AdoptIn(Schema):
    """Who offers a topic that was wished for."""

    model_config = ConfigDict(extra="forbid")
    host_name: StrictStr = ""


class ReasonIn(Schema):
    """Why a topic is declined; its host reads it."""

    model_config = ConfigDict(extra="forbid")
    reason: StrictStr = ""


class PlanIn(Schema):
    """Whether the plan is stored and told, or only computed."""

    model_config = ConfigDict(extra="forbid")
    apply: StrictBool = False


class PlanOut(Schema):
    """A plan: new places, what moved, why, and how good it is (`bound` null: no proof)."""

    placements: list[dict[str, Any]]
    moved: list[dict[str, Any]]
    reasons: dict[str, str]
    objective: dict[str, Any]
    bound: int | None
    seconds: float
    revision: int


@router.post("/{slug}/topics", response={201: Proposed, **REFUSALS}, summary="Propose a topic, or wish for one")
def propose(request: HttpRequest, slug: str, body: TopicIn) -> JsonResponse:
    """Bring a topic; the crew may do so for somebody without a phone."""
    who = call(request, slug)
    device = None if who.actor.may(RoleKind.HELPER) and not body.own else who.actor.as_device()
    form = checked(body.model_dump())

    def perform() -> Answer:
        topic = actions.propose(who.event, form.words(), device, wanted=body.wanted)
        return Answer(201, _line(who, topic))

    return who.write(perform)


@router.get("/{slug}/topics/{code}", response={200: TopicOut, **REFUSALS}, summary="One topic")
def read_topic(request: HttpRequest, slug: str, code: str) -> Any:
    """Give one topic with state, interest, place and reasons."""
    who = call(request, slug)
    revision = _revision(who)  # before the words: what is written against it then harms nobody's
    return _state(who, topic_at(who.event, normal(code))) | {"revision": revision}


@router.patch("/{slug}/topics/{code}", response={200: TopicOut, **REFUSALS}, summary="Edit an own topic")
def edit_topic(request: HttpRequest, slug: str, code: str, body: TopicPatch) -> JsonResponse:
    """Change the words of an own topic."""
    who = call(request, slug)
    device = who.actor.as_device()
    topic = topic_at(who.event, normal(code))
    given = body.model_dump(exclude_none=True, exclude={"revision"})
    names = ("title", "description", "host_name", "needs", "mode", "when", "purpose", "level", "pitch")
    form = checked({name: getattr(topic, name) for name in names} | given)
    words = {name: value for name, value in form.words().items() if name in given}

    def perform() -> Answer:
        edited = actions.edit(who.event, topic.code, words, device, revision=body.revision)
        return Answer(200, _state(who, edited))

    return who.write(perform)


@router.delete("/{slug}/topics/{code}", response={200: TopicOut, **REFUSALS}, summary="Withdraw an own topic")
def withdraw_topic(request: HttpRequest, slug: str, code: str) -> JsonResponse:
    """Take an own topic back; its session is cancelled."""
    who = call(request, slug)
    device = who.actor.as_device()
    return who.write(lambda: Answer(200, _state(who, actions.withdraw(who.event, normal(code), device))))


@router.put("/{slug}/topics/{code}/interest", response={200: InterestOut, **REFUSALS}, summary="Show interest")
def back_topic(request: HttpRequest, slug: str, code: str) -> JsonResponse:
    """Count this device's interest; twice is once."""
    who = call(request, slug)
    device = who.actor.as_device()
    return who.write(lambda: _interest(who, actions.back(who.event, normal(code), device), mine=True))


@router.delete("/{slug}/topics/{code}/interest", response={200: InterestOut, **REFUSALS}, summary="Take interest back")
def take_back(request: HttpRequest, slug: str, code: str) -> JsonResponse:
    """Take this device's interest back."""
    who = call(request, slug)
    device = who.actor.as_device()
    return who.write(lambda: _interest(who, actions.take_back(who.event, normal(code), device), mine=False))


@router.put("/{slug}/sessions/{code}/coming", response={200: ComingOut, **REFUSALS}, summary="I'm coming")
def come(request: HttpRequest, slug: str, code: str) -> JsonResponse:
    """Note that this device comes to a session; twice is once."""
    who = call(request, slug)
    device = who.actor.as_device()
    return who.write(lambda: _coming(who, actions.come(who.event, normal(code), device), mine=True))


@router.delete("/{slug}/sessions/{code}/coming", response={200: ComingOut, **REFUSALS}, summary="I'm not coming")
def stay_away(request: HttpRequest, slug: str, code: str) -> JsonResponse:
    """Note that this device does not come after all."""
    who = call(request, slug)
    device = who.actor.as_device()
    return who.write(lambda: _coming(who, actions.stay_away(who.event, normal(code), device), mine=False))


@router.get("/{slug}/expectations", response={200: list[ExpectedOut], **REFUSALS}, summary="How many will come")
def read_expectations(request: HttpRequest, slug: str) -> Any:
    """Give the range of who comes for each session ahead: to the crew, and to everybody where counts are exact."""
    who = call(request, slug)
    found = expectations(who.event, exact=who.actor.may(RoleKind.HELPER))
    return [
        {
            "session": session.code,
            "topic": topic.number,
            "low": crowd.people.low,
            "high": crowd.people.high,
            "online": crowd.people.online,
            "coming": crowd.coming,
        }
        for session, topic, crowd in found
    ]


@router.post("/{slug}/topics/{code}/adopt", response={200: TopicOut, **REFUSALS}, summary="Adopt a wish")
def adopt_topic(request: HttpRequest, slug: str, code: str, body: AdoptIn) -> JsonResponse:
    """Become the host of a topic that somebody wished for."""
    who = call(request, slug)
    device = who.actor.as_device()
    name = checked_name(body.host_name)
    return who.write(lambda: Answer(200, _state(who, actions.adopt(who.event, normal(code), name, device))))


@router.post("/{slug}/topics/{code}/park", response={200: TopicOut, **REFUSALS}, summary="Park a topic (crew)")
def park_topic(request: HttpRequest, slug: str, code: str) -> JsonResponse:
    """Put a topic aside."""
    who = call(request, slug)
    mark = who.actor.needs(RoleKind.HELPER).mark
    return who.write(lambda: Answer(200, _state(who, actions.park(who.event, normal(code), actor=mark))))


@router.post("/{slug}/topics/{code}/decline", response={200: TopicOut, **REFUSALS}, summary="Decline a topic (crew)")
def decline_topic(request: HttpRequest, slug: str, code: str, body: ReasonIn) -> JsonResponse:
    """Decline a topic with a reason."""
    who = call(request, slug)
    mark = who.actor.needs(RoleKind.HELPER).mark
    return who.write(
        lambda: Answer(200, _state(who, actions.decline(who.event, normal(code), body.reason, actor=mark)))
    )


@router.post("/{slug}/plan", response={200: PlanOut, **REFUSALS}, summary="Plan what waits (crew)")
def plan(request: HttpRequest, slug: str, body: PlanIn) -> JsonResponse:
    """Find places for all topics that wait for one; with `apply` the plan is stored and told (moderators).

    While topics are gathered for an announcement the places are likely ones, without sessions.
    """
    who = call(request, slug)
    mark = who.actor.needs(RoleKind.MODERATOR if body.apply else RoleKind.HELPER).mark

    def perform() -> Answer:
        outcome = actions.plan(who.event, apply=body.apply, actor=mark)
        return Answer(200, outcome.plain() | {"revision": _revision(who)})

    return who.write(perform)


def _line(who: Call, topic: Topic) -> dict[str, Any]:
    return {"code": topic.code, "number": topic.number, "state": topic.state, "revision": _revision(who)}


def _revision(who: Call) -> int:
    return Stream.objects.get(pk=who.event.stream).revision


def _state(who: Call, topic: Topic) -> dict[str, Any]:
    device = who.actor.device
    mine = Interest.objects.filter(topic=topic, device=device).exists() if device else None
    return topic_state(topic, exact=who.actor.may(RoleKind.HELPER), mine=mine) | {"revision": _revision(who)}


def _interest(who: Call, topic: Topic, *, mine: bool) -> Answer:
    return Answer(200, {"interest": interest_shown(topic), "mine": mine})


def _coming(who: Call, number: int, *, mine: bool) -> Answer:
    return Answer(200, {"coming": coming_shown(who.event, number), "mine": mine})
