"""The JSON API: mounts the rooms' calls, answers refusals as problem documents, describes itself."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Router, Schema
from ninja.errors import HttpError, ValidationError
from pydantic import ConfigDict

from tagwerk import __version__
from tagwerk.events import actions as event_actions
from tagwerk.events.calls import call
from tagwerk.events.models import Day, Event
from tagwerk.kit import problems
from tagwerk.kit.problems import Problem
from tagwerk.kit.receipts import Answer
from tagwerk.kit.refusals import Invalid, Refusal, Unknown
from tagwerk.live.wiring import is_open
from tagwerk.people.rules import RoleKind
from tagwerk.programme.api import router as programme
from tagwerk.site.api_devices import router as devices
from tagwerk.site.state import day_state, event_line, event_state

api = NinjaAPI(
    title="Tagwerk",
    version=__version__,
    docs_url=None,
    urls_namespace="api",
    description="Open Government Tags and barcamps. Anonymous participants send the token of their device, "
    "the crew an API token, each as a bearer token.",
)
events = Router(tags=["events"])
REFUSALS = {400: Problem, 401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem, 429: Problem}
LARGEST = 2**63 - 1


class EventLine(Schema):
    """An event in the list."""

    slug: str
    name: str
    motto: str
    place: str
    phase: str
    timezone: str
    days: list[dt.date]


class CapacityIn(Schema):
    """How many people a day holds; null means without limit, what is left out stays."""

    model_config = ConfigDict(extra="forbid")
    capacity: dict[str, Any]


class DayOut(Schema):
    """A day with its mode and capacity."""

    id: int
    date: dt.date
    mode: str
    capacity: dict[str, int | None]


@events.get("", response=list[EventLine], summary="All public events")
def list_events(request: HttpRequest) -> Any:
    """List the events that everybody may see."""
    found = Event.objects.public().real().select_related("realm").prefetch_related("days")
    return [event_line(event) for event in found]


@events.get("/{slug}", response={200: dict[str, Any], **REFUSALS}, summary="One event, whole")
def read_event(request: HttpRequest, slug: str) -> JsonResponse:
    """Give phase, revision, days, slots, rooms, sessions and topics; the crew sees exact counts."""
    who = call(request, slug)
    return JsonResponse(event_state(who.event, exact=who.actor.may(RoleKind.HELPER)))


@events.patch("/{slug}/days/{day}", response={200: DayOut, **REFUSALS}, summary="Change a day's capacity (crew)")
def change_day(request: HttpRequest, slug: str, day: int, body: CapacityIn) -> JsonResponse:
    """Change how many people a day holds on site and remotely."""
    who = call(request, slug)
    mark = who.actor.needs(RoleKind.ORGANISER).mark
    found = Day.objects.filter(pk=day, event=who.event).first() if 0 < day <= LARGEST else None
    if found is None:
        raise Unknown("no-such-day", _("Diesen Tag gibt es nicht."))
    return who.write(lambda: Answer(200, day_state(event_actions.set_capacity(found, body.capacity, actor=mark))))


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal) -> JsonResponse:
    """Answer a refusal as a problem document."""
    return problems.response(refusal)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, fault: ValidationError) -> JsonResponse:
    """Answer a body that does not have the form described."""
    errors = {_field(error["loc"]): _sentence(str(error["type"])) for error in fault.errors}
    detail = _("Die Anfrage passt nicht zur Beschreibung der Schnittstelle.")
    return problems.response(Invalid("invalid", detail, errors=errors))


def _field(place: tuple[str | int, ...]) -> str:
    """Name the field without the part of the request and the parameter it came in."""
    return ".".join(str(part) for part in place[2:] or place[1:])


def _sentence(kind: str) -> str:
    """Say in the caller's language what is wrong; pydantic speaks English only."""
    if kind == "missing":
        return _("Dieses Feld fehlt.")
    if kind == "extra_forbidden":
        return _("Dieses Feld gibt es hier nicht.")
    expected = {"string": _("Hier wird Text erwartet."), "int": _("Hier wird eine ganze Zahl erwartet.")}
    return expected.get(kind.partition("_")[0], _("Dieser Wert passt hier nicht."))


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, fault: HttpError) -> JsonResponse:
    """Answer a body that is no JSON."""
    return problems.response(
        Refusal("unreadable", _("Der Inhalt der Anfrage ist kein gültiges JSON."), status=fault.status_code)
    )


api.add_router("/events", events)
api.add_router("/events", devices)
api.add_router("/events", programme)
if is_open("tagwerk.market"):
    from tagwerk.market.api import router as market

    api.add_router("/events", market)
if is_open("tagwerk.barcamp"):
    from tagwerk.barcamp.api import router as barcamp
    from tagwerk.barcamp.api_hosts import router as hosts
    from tagwerk.barcamp.api_rounds import router as rounds
    from tagwerk.barcamp.crew_api import router as barcamp_crew

    api.add_router("/events", barcamp)
    api.add_router("/events", hosts)
    api.add_router("/events", rounds)
    api.add_router("/events", barcamp_crew)
