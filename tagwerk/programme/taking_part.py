"""Who takes part in what, also while an embargo keeps it back: for the person and the crew, never for the public."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tagwerk.events.models import Event
from tagwerk.programme.models import Embargo, Participation, Speaker


@dataclass(frozen=True)
class Appearance:
    """A session in which somebody takes part; `title` is what the crew calls it, `until` the end of its embargo."""

    code: str
    title: str
    until: datetime | None = None


def parts_by_speaker(event: Event) -> Mapping[str, list[Appearance]]:
    """Give the parts of everybody, by the code of the speaker."""
    found: dict[str, list[Appearance]] = defaultdict(list)
    for row in Participation.objects.filter(session__event=event).select_related("speaker", "session").order_by("pk"):
        found[row.speaker.code].append(Appearance(row.session.code, row.session.title))
    for embargo in _embargoes(event.pk):
        part = Appearance(embargo.session.code, embargo.words["title"], embargo.until)
        for code in _codes(embargo):
            found[code].append(part)
    return found


def sessions_with(speaker: Speaker) -> set[int]:
    """Give the numbers of the sessions in which somebody takes part."""
    said = Participation.objects.filter(speaker=speaker).values_list("session", flat=True)
    return set(said) | {row.session_id for row in _embargoes(speaker.event_id) if speaker.code in _codes(row)}


def taking_part(event: Event) -> set[int]:
    """Give the numbers of the speakers who take part in something."""
    said = Participation.objects.filter(session__event=event).values_list("speaker", flat=True)
    codes = {code for row in _embargoes(event.pk) for code in _codes(row)}
    return set(said) | set(Speaker.objects.filter(event=event, code__in=codes).values_list("pk", flat=True))


def _embargoes(event: int) -> "list[Embargo]":
    return list(Embargo.objects.filter(session__event=event).select_related("session").order_by("pk"))


def _codes(embargo: Embargo) -> set[str]:
    return {code for code, *_rest in embargo.words["parts"]}
