"""Proposals come, change and are taken back; who proposed keeps a personal link."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tagwerk.contributions import rules
from tagwerk.contributions.actions.calling import open_call
from tagwerk.contributions.changes import ContributionChanged
from tagwerk.contributions.models import Author, Call, Incoming, Submission
from tagwerk.contributions.rules import Fault
from tagwerk.events.models import Event
from tagwerk.kit.codes import new_code
from tagwerk.kit.refusals import Invalid, Refusal, TooMany
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold, tell

SENTENCES: Mapping[str, Any] = {
    Fault.EMPTY: _("Bitte füllen Sie dieses Feld aus."),
    Fault.LONG: _("Das ist zu lang. Bitte kürzen Sie es."),
    Fault.MAIL: _("Bitte geben Sie eine E-Mail-Adresse an, zum Beispiel kim@stadt.example."),
    Fault.CHOICE: _("Bitte wählen Sie eine der Möglichkeiten."),
}
WHO = ("name", "organisation", "email", "availability")
CLOSED = _("An diesem Vorschlag lässt sich nichts mehr ändern.")


@action
def propose(event: Event, words: Mapping[str, Any], *, origin: str = "", language: str = "de") -> Submission:
    """Take a proposal of somebody who is new here; words and who they are, as the form says them.

    Raises `Refusal` while no call is open, `Invalid` for words that do not hold, `TooMany` for a flood.
    """
    hold(event.stream)
    call = open_call(event)
    _check(call, words)
    recent = Incoming.objects.filter(event=event, came_at__gt=timezone.now() - rules.HOUR)
    _check_flood(recent.filter(origin=origin).count() if origin else 0, recent.count())
    now = timezone.now()
    who = {name: words.get(name, "") for name in WHO}
    author = Author.objects.create(event=event, origin=origin, language=language, consented_at=now, made_at=now, **who)
    return _add(author, words, actor=f"author:{author.pk}")


@action
def propose_more(author: Author, words: Mapping[str, Any]) -> Submission:
    """Take one more proposal of somebody whom we know by their link."""
    hold(author.event.stream)
    _check(open_call(author.event), words)
    _check_flood(author.submissions.count(), 0)
    return _add(author, words, actor=f"author:{author.pk}")


@action
def edit(submission: Submission, words: Mapping[str, Any]) -> None:
    """Change a proposal; raises `Refusal` once the call is closed or an answer was given."""
    event = submission.event
    hold(event.stream)
    submission.refresh_from_db()
    call = open_call(event)
    if not rules.may_edit(call.phase(timezone.now()), submission.state, submission.told):
        raise Refusal("contribution-closed", CLOSED)
    _check(call, words)
    _write(submission, words)
    submission.edited_at = timezone.now()
    submission.save()
    tell_contribution(submission, f"author:{submission.author_id}")


def key_of(submission: Submission) -> str:
    """Give what changes of a proposal touch, so that two people do not decide at once."""
    return f"contribution:{submission.code}"


def tell_contribution(submission: Submission, actor: str, *, touches: bool = True) -> int:
    """Tell the crew that something happened to a proposal; gives the revision."""
    fact = ContributionChanged(code=submission.code, touches=(key_of(submission),) if touches else ())
    return tell(submission.event.stream, fact, actor=actor)


def _add(author: Author, words: Mapping[str, Any], *, actor: str) -> Submission:
    event = author.event
    code = new_code(lambda drawn: Submission.objects.filter(event=event, code=drawn).exists())
    submission = Submission(event=event, author=author, code=code, made_at=timezone.now())
    _write(submission, words)
    submission.save()
    Incoming.objects.create(event=event, origin=author.origin, came_at=submission.made_at)
    tell_contribution(submission, actor)
    return submission


def _write(submission: Submission, words: Mapping[str, Any]) -> None:
    for name, value in words.items():
        if name not in WHO:
            setattr(submission, name, value)


def _check(call: Call, words: Mapping[str, Any]) -> None:
    wrong = rules.faults(words, call.kinds, call.lengths)
    if wrong:
        errors = {name: SENTENCES[fault] for name, fault in wrong.items()}
        raise Invalid("contribution", _("Bitte sehen Sie die markierten Felder noch einmal an."), errors=errors)


def _check_flood(of_one: int, of_all: int) -> None:
    if of_one >= rules.MOST_OF_ONE or of_all >= rules.MOST_OF_ALL:
        raise TooMany("too-many-contributions", _("Das waren viele Vorschläge in kurzer Zeit. Bitte warten Sie etwas."))
