"""Writes the programme as the page that the printer makes an accessible PDF of."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy, override, pgettext_lazy

from tagwerk.exchange.difference_words import ROLES
from tagwerk.exchange.printer import printed
from tagwerk.exchange.ready import Ready
from tagwerk.exchange.schedule import Kind, Link, ScheduleTalk
from tagwerk.kit.prose import html_of

KINDS = {
    Kind.KEYNOTE: gettext_lazy("Keynote"),
    Kind.PANEL: gettext_lazy("Podium"),
    Kind.WORKSHOP: gettext_lazy("Workshop"),
    Kind.BARCAMP: gettext_lazy("Barcamp"),
    Kind.STAND: gettext_lazy("Am Stand"),
    Kind.ENERGIZER: gettext_lazy("Energizer"),
}
LEVELS = {"beginner": gettext_lazy("für den Einstieg"), "advanced": gettext_lazy("für Fortgeschrittene")}
AIDS = {
    "captions": pgettext_lazy("zum Mitlesen", "Untertitel"),
    "sign_language": gettext_lazy("Gebärdensprache"),
    "step_free": gettext_lazy("stufenlos"),
    "loop": gettext_lazy("Höranlage"),
}
_HEADING = re.compile(r"(</?)h[3-5]\b")


@dataclass(frozen=True, slots=True)
class Row:
    """A session as the page shows it."""

    anchor: str
    clock: str
    room: str
    title: str
    subtitle: str
    people: str
    track: str
    kind: str
    level: str
    aids: str
    plain_summary: str
    text: SafeString
    links: Sequence[Link]

    @property
    def has_more(self) -> bool:
        """Tell whether there is more to say than one line."""
        return bool(self.text or self.plain_summary or self.subtitle or self.links or self.aids)


@dataclass(frozen=True, slots=True)
class Page:
    """A day as the page shows it."""

    date: date
    rows: tuple[Row, ...]


def programme_pdf(ready: Ready) -> bytes:
    """Print the programme in its own language; takes seconds: call it in a job, and keep what it gives.

    Raises `NoPrinter` (see `printer.printed`).
    """
    return printed(programme_page(ready))


def programme_page(ready: Ready) -> str:
    """Give the programme as the page that is printed: days, a table of each, then what there is to say."""
    schedule = ready.schedule
    with override(schedule.language if schedule.language in {"de", "en"} else "de"):
        days = [Page(plan.day.date, tuple(_rows(ready, plan.rooms))) for plan in ready.plan]
        # Without its zone the template shows it as it is.
        changed = ready.local(schedule.changed_at).replace(tzinfo=None) if schedule.changed_at else None
        shown = {
            "schedule": schedule,
            "language": schedule.language,
            "days": [day for day in days if day.rows],
            "changed_at": changed,
        }
        return render_to_string("exchange/programme.html", shown)


def _rows(ready: Ready, rooms: Sequence[tuple[object, tuple[ScheduleTalk, ...]]]) -> list[Row]:
    talks = [talk for _room, listed in rooms for talk in listed]
    order = {talk.guid: number for number, talk in enumerate(talks)}
    return [_row(ready, talk) for talk in sorted(talks, key=lambda talk: (talk.start, order[talk.guid]))]


def _row(ready: Ready, talk: ScheduleTalk) -> Row:
    start, end = ready.local(talk.start), ready.local(talk.end)
    return Row(
        anchor=f"s-{talk.guid}",
        clock=f"{start:%H:%M}–{end:%H:%M}",
        room=talk.room or "",
        title=talk.title,
        subtitle=talk.subtitle,
        people=", ".join(_person(ready, talk)),
        track=ready.tracks[talk.track].name if talk.track else "",
        kind=str(KINDS.get(talk.kind, "")),
        level=str(LEVELS.get(talk.level, talk.level)),
        aids=", ".join(str(AIDS.get(aid, aid)) for aid in talk.features),
        plain_summary=talk.plain_summary,
        text=_text(talk.abstract),
        links=talk.links,
    )


def _person(ready: Ready, talk: ScheduleTalk) -> list[str]:
    found = []
    for one in talk.participations:
        person = ready.people[one.person]
        beside = [str(ROLES[one.role])] if one.role in ROLES else []
        beside += [person.organisation] if person.organisation else []
        found.append(f"{person.name} ({', '.join(beside)})" if beside else person.name)
    return found


def _text(markdown: str) -> SafeString:
    """Give Markdown as HTML whose headings stand right below that of the session: PDF/UA allows no gap between them."""
    return mark_safe(_HEADING.sub("\\1h4", html_of(markdown)))  # noqa: S308 - html_of has just cleaned it
