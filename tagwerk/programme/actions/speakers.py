"""Those who speak: entered, edited, replaced; and the themes that run through the programme."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from tagwerk.events.models import ACCENTS, Event
from tagwerk.kit.codes import new_code
from tagwerk.kit.refusals import Invalid, Refusal
from tagwerk.kit.text import folded
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold, tell
from tagwerk.programme.actions.drafting import SENTENCES, name_hosts, tell_session
from tagwerk.programme.changes import SpeakerEdited
from tagwerk.programme.conference_rules import MOST_LINKS, Fault, is_link, slug_of
from tagwerk.programme.models import Embargo, Participation, Session, Speaker, Track
from tagwerk.programme.taking_part import sessions_with

LONGEST_TRACK = 60
LONGEST_SPEAKER = {
    "name": 80,
    "organisation": 120,
    "biography": 4_000,
    "email": 200,
    "availability": 300,
    "technical": 1_000,
}


@action
def add_speaker(event: Event, words: Mapping[str, Any], *, actor: str = "") -> Speaker:
    """Enter somebody who speaks; nobody sees it before a public session with them. Raises `Invalid`."""
    check_speaker({"name": "", **words})
    hold(event.stream)
    code = new_code(lambda code: Speaker.objects.filter(event=event, code=code).exists())
    speaker = Speaker.objects.create(event=event, code=code, **words)
    _tell(speaker, actor)
    return speaker


@action
def edit_speaker(speaker: Speaker, words: Mapping[str, Any], *, actor: str = "") -> int:
    """Change what is said of a speaker, wherever they stand; gives the revision. Raises `Invalid`."""
    check_speaker(words)
    hold(speaker.event.stream)
    speaker.refresh_from_db()
    for name, value in words.items():
        setattr(speaker, name, value)
    speaker.save()
    if "name" in words:
        for session in Session.objects.filter(participations__speaker=speaker):
            name_hosts(session)
    return _tell(speaker, actor)


@action
def remove_speaker(speaker: Speaker, *, actor: str = "") -> None:
    """Delete a speaker and everything that is known of them; raises `Refusal` while they stand in a session."""
    hold(speaker.event.stream)
    if sessions_with(speaker):
        raise Refusal(
            "speaker-needed", _("Diese Person steht noch in einer Session. Bitte nehmen Sie sie dort heraus.")
        )
    _tell(speaker, actor)
    speaker.delete()


@action
def replace_speaker(session: Session, old: Speaker, new: Speaker, *, actor: str = "") -> int:
    """Let somebody else take a speaker's part; pages say who was announced before. Gives the revision.

    Under an embargo nobody was announced, so nobody hears of it. Raises `Refusal` when the old one has no part in the
    session, or the new one has one already.
    """
    event = session.event
    hold(event.stream)
    embargo = Embargo.objects.filter(session=session).first()
    replaced = _replaced_in_words(embargo, old, new) if embargo else _replaced(session, old, new)
    if new.event_id != event.pk or not replaced:
        raise Refusal("no-such-part", _("Diese Änderung passt nicht zu dem, wer in der Session steht."))
    return tell_session(session, actor)


def _replaced(session: Session, old: Speaker, new: Speaker) -> bool:
    row = Participation.objects.filter(session=session, speaker=old).first()
    if row is None or Participation.objects.filter(session=session, speaker=new).exists():
        return False
    row.speaker, row.instead_of = new, row.instead_of or old.name
    row.save(update_fields=["speaker", "instead_of"])
    name_hosts(session)
    return True


def _replaced_in_words(embargo: Embargo, old: Speaker, new: Speaker) -> bool:
    parts = embargo.words["parts"]
    codes = [code for code, *_rest in parts]
    if old.code not in codes or new.code in codes:
        return False
    parts[codes.index(old.code)][0] = new.code
    embargo.save(update_fields=["words"])
    return True


@action
def replace_by_name(session: Session, old: Speaker, name: str, *, actor: str = "") -> int:
    """Let somebody take a speaker's part who is known by name, or is entered now; gives the revision."""
    hold(session.event.stream)
    return replace_speaker(session, old, speaker_named(session.event, name, actor=actor), actor=actor)


@action
def speaker_named(event: Event, name: str, *, actor: str = "") -> Speaker:
    """Give the speaker of a name; somebody whom the event does not know yet is entered. Raises `Invalid`."""
    known = [speaker for speaker in event.speakers.all() if folded(speaker.name) == folded(name)]
    return known[0] if known else add_speaker(event, {"name": name.strip()}, actor=actor)


@action
def add_track(event: Event, name: str, *, accent: str = "") -> Track:
    """Add a theme behind the others; raises `Invalid` for a name that is empty or taken."""
    hold(event.stream)
    tracks = list(event.tracks.all())
    name = name.strip()
    if not name or len(name) > LONGEST_TRACK or any(track.name.casefold() == name.casefold() for track in tracks):
        sentence = _("Bitte geben Sie einen Namen an, den noch kein Themenstrang hat.")
        raise Invalid("track", sentence, errors={"name": sentence})
    slug = slug_of(name, [track.slug for track in tracks])
    colour = accent if accent in ACCENTS else ACCENTS[len(tracks) % len(ACCENTS)]
    return Track.objects.create(event=event, slug=slug, name=name, accent=colour, position=len(tracks))


def check_speaker(words: Mapping[str, Any]) -> None:
    """Refuse what cannot be said of a speaker; raises `Invalid` with a sentence for each field."""
    wrong = {name: Fault.LONG for name, most in LONGEST_SPEAKER.items() if len(words.get(name, "")) > most}
    if "name" in words and not words["name"].strip():
        wrong["name"] = Fault.EMPTY
    links = words.get("links", [])
    if len(links) > MOST_LINKS or not all(is_link(link["url"]) for link in links):
        wrong["links"] = Fault.LINK
    if words.get("rehearsal_url") and not is_link(words["rehearsal_url"], ("https",)):
        wrong["rehearsal_url"] = Fault.LINK
    if wrong:
        errors = {name: SENTENCES[fault] for name, fault in wrong.items()}
        raise Invalid("speaker", _("Bitte sehen Sie die markierten Felder noch einmal an."), errors=errors)


def _tell(speaker: Speaker, actor: str) -> int:
    for session in Session.objects.filter(participations__speaker=speaker, placement__isnull=False):
        tell_session(session, actor)
    stream, fact = speaker.event.stream, SpeakerEdited(code=speaker.code, touches=(f"speaker:{speaker.code}",))
    return tell(stream, fact, actor=actor)
