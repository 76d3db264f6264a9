"""What pages show of a stand: plain values, the same for everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from tagwerk.events.models import Event
from tagwerk.market.models import Booth, BoothSession
from tagwerk.market.rules import KEPT
from tagwerk.programme.cards import SessionCard, Theme, placed_sessions, session_card


@dataclass(frozen=True)
class Picture:
    """A picture at its address, with its size in pixels."""

    digest: str
    width: int
    height: int


@dataclass(frozen=True)
class BoothCard:
    """A stand as the list shows it; `where` is for people ("Stand 12, Foyer"), "" where nothing is known."""

    code: str
    name: str
    shows: str
    where: str
    is_online: bool
    tags: list[str]
    theme: Theme | None
    logo: Picture | None
    url: str
    text: str


@dataclass(frozen=True)
class StandLine:
    """The stand of a session, as the session's page names it."""

    name: str
    where: str
    url: str


def booth_card(booth: Booth) -> BoothCard:
    """Give the card of a stand; load it through `Booth.objects.of`."""
    track, logo = booth.track, getattr(booth, "logo", None)
    said = (booth.name, booth.shows, booth.about, *booth.tags, track.name if track else "", where(booth))
    return BoothCard(
        code=booth.code,
        name=booth.name,
        shows=booth.shows,
        where=where(booth),
        is_online=bool(booth.join_url),
        tags=list(booth.tags),
        theme=Theme(track.name, track.slug, track.accent) if track else None,
        logo=Picture(logo.digest, logo.width, logo.height) if logo else None,
        url=reverse("market:booth", args=[booth.event.slug, booth.code]),
        text=" ".join(said),
    )


def where(booth: Booth) -> str:
    """Say where a stand is."""
    number = _("Stand %(number)s") % {"number": booth.number} if booth.number else ""
    return ", ".join(part for part in (number, booth.room.name if booth.room else "", booth.place) if part)


def sessions_at(event: Event, booth: Booth) -> list[SessionCard]:
    """Give the public sessions that happen at a stand, in order."""
    found = placed_sessions(event).filter(stand__booth=booth)
    return sorted((session_card(row) for row in found), key=lambda card: card.start)


def stand_of(session: int) -> StandLine | None:
    """Give the stand at which a session happens, for the session's own page; None where there is none."""
    row = BoothSession.objects.filter(session=session, booth__is_shown=True)
    found = row.select_related("booth__room", "booth__event__realm").first()
    if found is None:
        return None
    booth = found.booth
    return StandLine(booth.name, where(booth), reverse("market:booth", args=[booth.event.slug, booth.code]))


def grouped(cards: Sequence[BoothCard]) -> list[tuple[Theme | None, list[BoothCard]]]:
    """Give cards by their theme, in the order of the first of each; those without one come last."""
    groups: dict[Theme | None, list[BoothCard]] = {}
    for card in cards:
        groups.setdefault(card.theme, []).append(card)
    return sorted(groups.items(), key=lambda group: group[0] is None)


def has_market(event: Event) -> bool:
    """Tell whether there is a stand to see."""
    return Booth.objects.filter(event=event, is_shown=True).exists()


def contact_until(event: Event) -> datetime | None:
    """Give until when it can be read whom to write to at a stand; None while the event has no time."""
    end: datetime | None = event.days.aggregate(end=Max("slots__end"))["end"]
    return (end + KEPT).astimezone(event.timezone) if end else None
