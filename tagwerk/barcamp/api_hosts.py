"""JSON calls about hosts: being there or not, taking a session over, filling a free place."""

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema
from pydantic import ConfigDict, StrictInt, StrictStr

from tagwerk.barcamp import actions
from tagwerk.barcamp.forms import checked_name
from tagwerk.barcamp.hosting import as_sign
from tagwerk.events.calls import Call, call
from tagwerk.events.models import Slot
from tagwerk.kit.codes import normal
from tagwerk.kit.problems import Problem
from tagwerk.kit.receipts import Answer
from tagwerk.kit.refusals import Unknown
from tagwerk.people.rules import RoleKind
from tagwerk.programme.models import Session

router = Router(tags=["hosts"])
LARGEST = 2**63 - 1
REFUSALS = {400: Problem, 401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem, 429: Problem}


class SignIn(Schema):
    """What a host says of their session: `here` or `cannot`."""

    model_config = ConfigDict(extra="forbid")
    sign: StrictStr


class SignOut(Schema):
    """What was noted, and whether somebody is searched for now."""

    session: str
    sign: str
    searching: bool


class InsightIn(Schema):
    """What a session brought, in one sentence."""

    model_config = ConfigDict(extra="forbid")
    insight: StrictStr = ""


class InsightOut(Schema):
    """The session and what is noted of it now."""

    session: str
    insight: str


class TakeOverIn(Schema):
    """Who holds a session from now on."""

    model_config = ConfigDict(extra="forbid")
    host_name: StrictStr = ""


class TakenOver(Schema):
    """The session with its new host."""

    session: str
    host_name: str
    searching: bool


class PlaceIn(Schema):
    """A free place."""

    model_config = ConfigDict(extra="forbid")
    slot: StrictInt
    room: StrictInt


class FetchedOut(Schema):
    """The topic that fills the place."""

    code: str
    slot: int
    room: int
    revision: int


@router.put("/{slug}/sessions/{code}/host-sign", response={200: SignOut, **REFUSALS}, summary="Here, or cannot come")
def host_sign(request: HttpRequest, slug: str, code: str, body: SignIn) -> JsonResponse:
    """Note what the host of a session says; it may be changed."""
    who = call(request, slug)
    device, kind = who.actor.as_device(), as_sign(body.sign)

    def perform() -> Answer:
        session = actions.sign(who.event, normal(code), device, kind)
        return Answer(200, {"session": session.code, "sign": kind.value, "searching": _is_searching(session)})

    return who.write(perform)


@router.put("/{slug}/sessions/{code}/insight", response={200: InsightOut, **REFUSALS}, summary="What it brought")
def put_insight(request: HttpRequest, slug: str, code: str, body: InsightIn) -> JsonResponse:
    """Note what an own session brought; it may be changed, and an empty text takes it back."""
    who = call(request, slug)
    device = who.actor.as_device()

    def perform() -> Answer:
        session = actions.sum_up_own(who.event, normal(code), device, body.insight)
        return Answer(200, {"session": session.code, "insight": session.note})

    return who.write(perform)


@router.post("/{slug}/sessions/{code}/take-over", response={200: TakenOver, **REFUSALS}, summary="Take a session over")
def take_over(request: HttpRequest, slug: str, code: str, body: TakeOverIn) -> JsonResponse:
    """Become the host of a session that nobody holds."""
    who = call(request, slug)
    device, name = who.actor.as_device(), checked_name(body.host_name)

    def perform() -> Answer:
        session = actions.take_over(who.event, normal(code), name, device)
        return Answer(200, {"session": session.code, "host_name": session.host_name, "searching": False})

    return who.write(perform)


@router.post("/{slug}/topics/{code}/fetch", response={200: FetchedOut, **REFUSALS}, summary="Fill a free place (crew)")
def fetch(request: HttpRequest, slug: str, code: str, body: PlaceIn) -> JsonResponse:
    """Plan a waiting topic in a free place."""
    who = call(request, slug)
    mark = who.actor.needs(RoleKind.HELPER).mark
    slot = _slot(who, body.slot)
    room = who.event.rooms.filter(pk=body.room).first() if 0 < body.room <= LARGEST else None
    if slot is None or room is None:
        raise Unknown("no-such-place", _("Diesen Platz gibt es nicht."))

    def perform() -> Answer:
        revision = actions.fetch_successor(who.event, normal(code), slot, room, actor=mark)
        return Answer(200, {"code": normal(code), "slot": slot.pk, "room": room.pk, "revision": revision})

    return who.write(perform)


def _slot(who: Call, number: int) -> Slot | None:
    known = Slot.objects.filter(day__event=who.event).select_related("day")
    return known.filter(pk=number).first() if 0 < number <= LARGEST else None


def _is_searching(session: Session) -> bool:
    session.refresh_from_db(fields=["searching_since"])
    return session.searching_since is not None
