"""JSON calls about the market: who has a stand, and where."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema

from tagwerk.events.calls import call
from tagwerk.events.models import Event
from tagwerk.kit.codes import normal
from tagwerk.kit.problems import Problem
from tagwerk.kit.refusals import Unknown
from tagwerk.market.cards import where
from tagwerk.market.models import Booth

router = Router(tags=["market"])
REFUSALS = {401: Problem, 404: Problem, 429: Problem}


class LinkOut(Schema):
    """An address in the net and what it is called."""

    title: str
    url: str


class BoothOut(Schema):
    """A stand; `sessions` are the codes of what happens there, `where` is for people, `about` is Markdown."""

    code: str
    name: str
    shows: str
    about: str
    where: str
    number: str
    room: int | None
    track: str | None
    tags: list[str]
    links: list[LinkOut]
    join_url: str
    sessions: list[str]


@router.get("/{slug}/market", response={200: list[BoothOut], **REFUSALS}, summary="All stands of the market")
def list_booths(request: HttpRequest, slug: str) -> Any:
    """List the stands that everybody may see, in the organisers' order; contacts stand on the pages only."""
    return [booth_state(booth) for booth in _shown(call(request, slug).event)]


@router.get("/{slug}/market/{code}", response={200: BoothOut, **REFUSALS}, summary="One stand")
def read_booth(request: HttpRequest, slug: str, code: str) -> Any:
    """Give one stand."""
    booth = _shown(call(request, slug).event).filter(code=normal(code)).first()
    if booth is None:
        raise Unknown("no-such-booth", _("Diesen Stand gibt es nicht (mehr)."))
    return booth_state(booth)


def _shown(event: Event) -> Any:
    return Booth.objects.of(event).shown().prefetch_related("stand_sessions__session__placement")


def booth_state(booth: Booth) -> dict[str, Any]:
    """Give a stand as a program reads it."""
    public = (row.session for row in booth.stand_sessions.all() if hasattr(row.session, "placement"))
    names = ("code", "name", "shows", "about", "number", "tags", "links", "join_url")
    return {name: getattr(booth, name) for name in names} | {
        "where": where(booth),
        "room": booth.room_id,
        "track": booth.track.slug if booth.track else None,
        "sessions": sorted(session.code for session in public),
    }
