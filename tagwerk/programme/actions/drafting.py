"""Prepared sessions: written, given a place for the next release, taken out again; only the crew hears of it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tagwerk.events.models import Event, Room, Slot
from tagwerk.kit.refusals import Invalid, Refusal
from tagwerk.kit.text import folded
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold, tell
from tagwerk.live.conflicts import check_fresh
from tagwerk.programme.actions.sessions import add_session, session_key
from tagwerk.programme.changes import DraftChanged, SessionEdited
from tagwerk.programme.conference_rules import Fault, faults
from tagwerk.programme.models import DraftPlace, Embargo, Participation, Placement, Session, Speaker
from tagwerk.programme.rules import Part

SENTENCES: Mapping[str, Any] = {
    Fault.EMPTY: _("Bitte füllen Sie dieses Feld aus."),
    Fault.LONG: _("Das ist zu lang. Bitte kürzen Sie es."),
    Fault.LINK: _("Bitte geben Sie eine vollständige Adresse an, die mit https:// beginnt, ohne Leerzeichen."),
    Fault.CHOICE: _("Bitte wählen Sie eine der Möglichkeiten."),
    Fault.MANY: _("Das sind zu viele. Bitte lassen Sie einige weg."),
}
HIDDEN = ("title", "subtitle", "description", "plain_summary", "links", "join_url", "dial_in", "passcode")
"""What an embargo keeps back."""
LONGEST_HOSTS = 80
Parts = Iterable[tuple[Speaker, str]]


@action
def draft(event: Event, words: Mapping[str, Any], *, actor: str = "") -> Session:
    """Write a session that is not public yet; raises `Invalid` for words that do not hold."""
    _check(words)
    hold(event.stream)
    session = add_session(event, **words)
    _tell_draft(session, actor)
    return session


@action
def edit(session: Session, words: Mapping[str, Any], *, revision: int | None = None, actor: str = "") -> int:
    """Change the words of a session; gives the revision.

    Everybody sees it at once if the session is public; what lies under an embargo stays there. `revision` is what the
    editor saw: raises `Refusal` (409) when somebody else changed the session since, `Invalid` for words that do not hold.
    """
    _check(words)
    event = session.event
    hold(event.stream)
    check_fresh(event.stream, revision, [session_key(session)])
    session.refresh_from_db()
    embargo = Embargo.objects.filter(session=session).first()
    hidden = {name: value for name, value in words.items() if embargo and name in HIDDEN}
    if embargo:
        embargo.words |= hidden
        embargo.save(update_fields=["words"])
    for name, value in words.items():
        if name not in hidden:
            setattr(session, name, value)
    session.save()
    return tell_session(session, actor)


@action
def set_parts(session: Session, parts: Parts, *, actor: str = "") -> int:
    """Say who takes part in a session, in this order; gives the revision.

    Who is left out is out. Raises `Refusal` for somebody of another event.
    """
    event = session.event
    hold(event.stream)
    session.refresh_from_db()
    wanted = {speaker.pk: (speaker, Part(part)) for speaker, part in parts}
    if any(speaker.event_id != event.pk for speaker, _part in wanted.values()):
        raise Refusal("no-such-speaker", _("Diese Person gehört nicht zu dieser Veranstaltung."))
    embargo = Embargo.objects.filter(session=session).first()
    if embargo:
        announced = {code: instead_of for code, _part, instead_of in embargo.words["parts"]}
        embargo.words["parts"] = [[one.code, part, announced.get(one.code, "")] for one, part in wanted.values()]
        embargo.save(update_fields=["words"])
        return tell_session(session, actor)
    standing = Participation.objects.filter(session=session)
    standing.exclude(speaker__in=list(wanted)).delete()
    for position, (speaker, part) in enumerate(wanted.values()):
        said = {"part": part, "position": position}
        Participation.objects.update_or_create(session=session, speaker=speaker, defaults=said)
    name_hosts(session)
    return tell_session(session, actor)


def name_hosts(session: Session) -> None:
    """Write on a session who holds it, as cards and walls show it and as clashes are found."""
    rows = list(Participation.objects.filter(session=session).select_related("speaker"))
    speaking = [row.speaker.name for row in rows if row.part != Part.MODERATOR] or [row.speaker.name for row in rows]
    names = ", ".join(speaking)
    session.host_name = names if len(names) <= LONGEST_HOSTS else f"{names[: LONGEST_HOSTS - 1].rstrip(' ,')}…"
    session.hosts = [mark for row in rows for mark in (f"speaker:{row.speaker_id}", f"name:{folded(row.speaker.name)}")]
    session.save(update_fields=["host_name", "hosts"])


@action
def put_draft(session: Session, slot: Slot, room: Room | None, *, override: str = "", actor: str = "") -> None:
    """Say where a session shall stand from the next release on; clashes are looked at there.

    Raises `Refusal` for a place of another event.
    """
    event = session.event
    hold(event.stream)
    if slot.day.event_id != event.pk or (room and room.event_id != event.pk):
        raise Refusal("no-such-place", _("Diesen Platz gibt es nicht."), status=404)
    stands = Placement.objects.filter(session=session, slot=slot, room=room, is_active=True).exists()
    if stands:  # back where it is: nothing is left to be released
        DraftPlace.objects.filter(session=session).delete()
    else:
        said = {"slot": slot, "room": room, "override": override[:200]}
        DraftPlace.objects.update_or_create(session=session, defaults=said)
    _tell_draft(session, actor)


@action
def drop_draft(session: Session, *, actor: str = "") -> None:
    """Leave a session where it stands in spite of its draft; one that was never public is put aside.

    What lies aside already goes for good.
    """
    hold(session.event.stream)
    taken_back, _rows = DraftPlace.objects.filter(session=session).delete()
    _tell_draft(session, actor)
    if not taken_back and not Placement.objects.filter(session=session).exists():
        session.delete()


@action
def delete_draft(session: Session, *, actor: str = "") -> None:
    """Delete a session that is not public, for good."""
    hold(session.event.stream)
    _tell_draft(session, actor)
    Session.objects.filter(pk=session.pk, placement=None).delete()


@action
def set_embargo(session: Session, until: datetime | None, *, actor: str = "") -> int:
    """Keep the words of a session back until a moment (None: say them now); gives the revision.

    Until then its place reads as one that is still to be filled, to everybody but the crew.
    """
    hold(session.event.stream)
    session.refresh_from_db()
    embargo = Embargo.objects.filter(session=session).first()
    if until is None or until <= timezone.now():
        if until is not None:
            sentence = _("Dieser Zeitpunkt ist schon vorbei.")
            raise Invalid("embargo-over", sentence, errors={"embargo": sentence})
        if embargo:
            _lift(session, embargo)
        return tell_session(session, actor)
    if embargo:
        embargo.until = until
        embargo.save(update_fields=["until"])
    else:
        Embargo.objects.create(session=session, until=until, words=_hide(session))
    return tell_session(session, actor)


@action
def lift_embargoes(event: Event, now: datetime) -> int:
    """Say the words whose embargo is over; gives how many sessions that concerns."""
    due = list(Embargo.objects.filter(session__event=event, until__lte=now).select_related("session__event"))
    if due:
        hold(event.stream)
    for embargo in due:
        _lift(embargo.session, embargo)
        tell_session(embargo.session, "")
    return len(due)


def _hide(session: Session) -> dict[str, Any]:
    words = {name: getattr(session, name) for name in HIDDEN}
    rows = Participation.objects.filter(session=session).select_related("speaker")
    words["parts"] = [[row.speaker.code, row.part, row.instead_of] for row in rows]
    rows.delete()
    for name in HIDDEN:
        setattr(session, name, [] if name == "links" else "")
    session.host_name, session.hosts = "", []
    session.save()
    return words


def _lift(session: Session, embargo: Embargo) -> None:
    known = {speaker.code: speaker for speaker in Speaker.objects.filter(event=session.event)}
    for name in HIDDEN:
        setattr(session, name, embargo.words[name])
    session.save()
    for position, (code, part, instead_of) in enumerate(embargo.words["parts"]):
        if code in known:  # deleted since, otherwise
            said = {"part": part, "position": position, "instead_of": instead_of}
            Participation.objects.create(session=session, speaker=known[code], **said)
    embargo.delete()
    name_hosts(session)


def _check(words: Mapping[str, Any]) -> None:
    wrong = faults(words)
    if wrong:
        errors = {name: SENTENCES[fault] for name, fault in wrong.items()}
        raise Invalid("session", _("Bitte sehen Sie die markierten Felder noch einmal an."), errors=errors)


def tell_session(session: Session, actor: str) -> int:
    """Tell everybody of a session that is public, and only the crew of another one."""
    placement = Placement.objects.filter(session=session).first()
    if placement is None:
        return _tell_draft(session, actor)
    touches = (session_key(session),)
    fact = SessionEdited(code=session.code, slot=placement.slot_id, room=placement.room_id, touches=touches)
    return tell(session.event.stream, fact, actor=actor)


def _tell_draft(session: Session, actor: str) -> int:
    return tell(session.event.stream, DraftChanged(code=session.code, touches=(session_key(session),)), actor=actor)
