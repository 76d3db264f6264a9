"""The crew reads, scores and talks about what was proposed."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tagwerk.contributions import rules
from tagwerk.contributions.actions.proposing import tell_contribution
from tagwerk.contributions.models import Remark, Review, Submission
from tagwerk.contributions.rules import State
from tagwerk.kit.fields import readable
from tagwerk.kit.refusals import Invalid
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold
from tagwerk.people.models import Person

LONGEST_REMARK = 2_000


@action
def score(submission: Submission, person: Person, value: int | None) -> None:
    """Give a score from 1 to 5 in place of an earlier one, or take it back (None); raises `Invalid` for another."""
    hold(submission.event.stream)
    submission.refresh_from_db()
    if value is None:
        Review.objects.filter(submission=submission, person=person).delete()
    elif not 1 <= value <= rules.BEST:
        raise Invalid("score", _("Bitte wählen Sie eine Note von 1 bis 5."))
    else:
        Review.objects.update_or_create(submission=submission, person=person, defaults={"score": value})
    if submission.state in rules.OPEN_STATES:
        submission.state = rules.undecided(submission.told, is_reviewed=is_reviewed(submission))
        submission.save(update_fields=["state"])
    tell_contribution(submission, f"person:{person.pk}", touches=False)


@action
def remark(submission: Submission, person: Person, text: str) -> Remark:
    """Say something to the others of the crew; raises `Invalid` for nothing, or too much."""
    hold(submission.event.stream)
    submission.refresh_from_db()
    text = readable(text, "text", lines=True)
    if not 0 < len(text) <= LONGEST_REMARK:
        sentence = _("Bitte schreiben Sie etwas, höchstens 2.000 Zeichen.")
        raise Invalid("remark", sentence, errors={"text": sentence})
    said = Remark.objects.create(submission=submission, person=person, text=text, made_at=timezone.now())
    if submission.state == State.NEW:
        submission.state = State.REVIEW
        submission.save(update_fields=["state"])
    tell_contribution(submission, f"person:{person.pk}", touches=False)
    return said


@action
def take_remark_back(submission: Submission, person: Person, number: int) -> None:
    """Delete an own remark."""
    hold(submission.event.stream)
    Remark.objects.filter(submission=submission, person=person, pk=number).delete()
    tell_contribution(submission, f"person:{person.pk}", touches=False)


def is_reviewed(submission: Submission) -> bool:
    """Tell whether anybody has said anything of a proposal."""
    return submission.reviews.exists() or submission.remarks.exists()
