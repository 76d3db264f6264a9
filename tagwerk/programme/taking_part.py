"""Who takes part in what, also while an embargo keeps it back: for the person and the crew, never for the public."""

from tagwerk.events.models import Event
from tagwerk.programme.models import Embargo, Participation, Speaker


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
    return list(Embargo.objects.filter(session__event=event))


def _codes(embargo: Embargo) -> set[str]:
    return {code for code, *_rest in embargo.words["parts"]}
