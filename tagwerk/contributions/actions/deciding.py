"""The crew decides; what was accepted becomes a draft of the programme. Authors hear of it when the organisers say so."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tagwerk.contributions import rules
from tagwerk.contributions.actions.proposing import key_of, tell_contribution
from tagwerk.contributions.actions.reviewing import is_reviewed
from tagwerk.contributions.models import Author, Submission
from tagwerk.contributions.rules import State
from tagwerk.kit.fields import readable
from tagwerk.kit.refusals import Invalid, Refusal
from tagwerk.kit.text import folded
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold
from tagwerk.live.conflicts import check_fresh
from tagwerk.programme import actions as programme
from tagwerk.programme.models import Placement, Speaker
from tagwerk.programme.rules import Part
from tagwerk.programme.taking_part import sessions_with

LONGEST_MESSAGE = 2_000
TOO_LATE = _(
    "Das lässt sich nicht mehr entscheiden: Die Antwort ist schon verschickt, oder der Vorschlag wurde zurückgezogen."
)


@action
def decide(
    submission: Submission, decision: str, message: str = "", *, revision: int | None = None, actor: str = ""
) -> None:
    """Accept, decline or let wait; the author hears of it later. What is accepted becomes a draft of the programme.

    Raises `Refusal` for what was told already, or (409) when somebody else decided since `revision`.
    """
    hold(submission.event.stream)
    check_fresh(submission.event.stream, revision, [key_of(submission)])
    submission.refresh_from_db()
    message = readable(message, "message", lines=True)
    if len(message) > LONGEST_MESSAGE:
        sentence = _("Bitte kürzen Sie die Nachricht auf 2.000 Zeichen.")
        raise Invalid("message", sentence, errors={"message": sentence})
    if not rules.may_decide(submission.state, submission.told, decision):
        raise Refusal("contribution-decided", TOO_LATE)
    if submission.state == State.ACCEPTED:
        leave_programme(submission)
    submission.state, submission.message = decision, message
    if decision == State.ACCEPTED:
        _enter_programme(submission, actor)
    submission.save()
    tell_contribution(submission, actor)


@action
def take_back(submission: Submission, *, actor: str = "") -> None:
    """Take a decision back that nobody was told of; raises `Refusal` otherwise."""
    hold(submission.event.stream)
    submission.refresh_from_db()
    if not rules.may_take_back(submission.state, submission.told):
        raise Refusal("contribution-decided", TOO_LATE)
    if submission.state == State.ACCEPTED:
        leave_programme(submission)
    submission.state = rules.undecided(submission.told, is_reviewed=is_reviewed(submission))
    submission.message = submission.told_message
    submission.save()
    tell_contribution(submission, actor)


@action
def draft_again(submission: Submission, *, actor: str = "") -> None:
    """Make the draft of something accepted anew, after it was deleted from the programme; does nothing otherwise."""
    hold(submission.event.stream)
    submission.refresh_from_db()
    if submission.state == State.ACCEPTED and submission.session_id is None:
        _enter_programme(submission, actor)
        submission.save(update_fields=["session"])
        tell_contribution(submission, actor)


@action
def withdraw(submission: Submission) -> None:
    """Take an own proposal back; raises `Refusal` once a final answer was given."""
    hold(submission.event.stream)
    submission.refresh_from_db()
    if not rules.may_withdraw(submission.state, submission.told):
        raise Refusal("contribution-closed", _("Dieser Vorschlag ist schon entschieden. Bitte schreiben Sie uns."))
    leave_programme(submission)
    submission.state, submission.over_at = State.WITHDRAWN, timezone.now()
    submission.save(update_fields=["state", "over_at"])
    tell_contribution(submission, f"author:{submission.author_id}")


@action
def note_told(submission: Submission, *, actor: str = "") -> None:
    """Remember that an author knows of the decision as it stands now."""
    hold(submission.event.stream)
    submission.told, submission.told_message = submission.state, submission.message
    submission.over_at = timezone.now() if submission.state == State.DECLINED else None
    submission.save(update_fields=["told", "told_message", "over_at"])
    tell_contribution(submission, actor)


def _enter_programme(submission: Submission, actor: str) -> None:
    words = {
        "title": submission.title,
        "kind": submission.kind,
        "description": submission.abstract,
        "plain_summary": submission.plain_summary,
        "language": submission.language,
        "level": submission.level,
        "track": submission.track,
    }
    session = programme.draft(submission.event, words, actor=actor)
    speaker = _speaker_of(submission.author, submission.needs, actor)
    people = {speaker.pk: speaker}
    for name, organisation in rules.people_of(submission.further):
        other = programme.speaker_named(submission.event, name, actor=actor)
        if organisation and not other.organisation:
            programme.edit_speaker(other, {"organisation": organisation[:120]}, actor=actor)
        people[other.pk] = other
    programme.set_parts(session, [(person, Part.SPEAKER) for person in people.values()], actor=actor)
    submission.session = session


def leave_programme(submission: Submission) -> None:
    """Take the draft out of the programme again; what is public already is the programme's own."""
    session = submission.session
    if session is None:
        return
    if Placement.objects.filter(session=session).exists():
        raise Refusal("contribution-public", _("Das steht schon öffentlich im Programm. Bitte sagen Sie es dort ab."))
    submission.session = None
    submission.save(update_fields=["session"])
    programme.delete_draft(session)
    author = submission.author
    speaker = author.speaker
    if speaker and author.made_speaker and not sessions_with(speaker):
        author.speaker, author.made_speaker = None, False
        author.save(update_fields=["speaker", "made_speaker"])
        speaker.delete()


def _speaker_of(author: Author, needs: str, actor: str) -> Speaker:
    """Give the speaker that an author is; somebody whom the programme does not know yet is entered."""
    if author.speaker:
        return author.speaker
    known = _known_as(author) if author.is_proven else None
    said = {"email": author.email, "organisation": author.organisation, "availability": author.availability}
    if known is None:
        known = programme.add_speaker(author.event, {"name": author.name, "technical": needs, **said}, actor=actor)
        author.made_speaker = True
    else:
        empty = {name: value for name, value in said.items() if not getattr(known, name)}
        programme.edit_speaker(known, empty, actor=actor)
        # Whoever typed the form may be somebody else than who reads the mail: only links that were mailed stay.
        author.keys.filter(mailed_to="").delete()
    author.speaker = known
    author.save(update_fields=["speaker", "made_speaker"])
    return known


def namesake(author: Author) -> Speaker | None:
    """Give the speaker that an author would be if their address were proven; None where that decides nothing."""
    return None if author.speaker or author.is_proven else _known_as(author)


def _known_as(author: Author) -> Speaker | None:
    # Only who can be reached under the same address is the same person; a name alone opens nobody's page.
    free = Speaker.objects.filter(event=author.event, author=None, email__iexact=author.email).exclude(email="")
    same = (row for row in free if rules.is_same_mail(row.email, author.email))
    return next((row for row in same if folded(row.name) == folded(author.name)), None)
