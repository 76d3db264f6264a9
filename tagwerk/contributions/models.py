"""A call for contributions, who answers it, and what the crew says of that."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tagwerk.contributions.rules import CallPhase, State, is_same_mail, phase_of
from tagwerk.events.models import Event
from tagwerk.kit.fields import LineField, ProseField
from tagwerk.kit.recordings import Kind
from tagwerk.people.models import Person
from tagwerk.programme.models import Session, Speaker, Track


class Call(models.Model):
    """What an event asks for: `text` is Markdown, `kinds` and `lengths` (minutes) are offered, `asks` is asked beyond.

    Without `opens_at` it is still to come. `hides_names`: reviewers do not see who proposed. `reminds`: mails go out by
    themselves.
    """

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="call")
    text = ProseField(_("Was Sie suchen"), blank=True)
    kinds = models.JSONField(default=list)
    lengths = models.JSONField(default=list)
    asks = models.JSONField(default=list)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    hides_names = models.BooleanField(default=False)
    reminds = models.BooleanField(default=True)

    def __str__(self) -> str:
        """Name the event."""
        return str(self.event_id)

    def phase(self, now: object) -> CallPhase:
        """Say whether proposals are taken at a moment."""
        return phase_of(self.opens_at, self.closes_at, now)  # type: ignore[arg-type]


class Author(models.Model):
    """Somebody with a personal link: who proposed something, or speaks (`speaker`).

    Purpose of name, organisation and `email`: to choose and to answer; deleted with what they proposed, at the latest 90
    days after the event. `proven` is the address under which they opened a link that we mailed there. `made_speaker`: the
    speaker came with an acceptance, and goes with it. `news` are the fields that they changed since the crew looked
    (`news_at`).
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="authors")
    speaker = models.OneToOneField(Speaker, null=True, on_delete=models.SET_NULL, related_name="author")
    made_speaker = models.BooleanField(default=False)
    name = LineField(_("Name"), max_length=80)
    organisation = LineField(_("Organisation, Aufgabe"), max_length=120, blank=True)
    email = models.CharField(_("E-Mail"), max_length=200, blank=True, db_index=True)
    proven = models.CharField(max_length=200, blank=True)
    availability = LineField(_("Wann können Sie?"), max_length=300, blank=True)
    language = models.CharField(max_length=2, default="de")
    origin = models.CharField(max_length=32, blank=True)
    consented_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    news = models.JSONField(default=list)
    news_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Give the name."""
        return self.name

    @property
    def is_proven(self) -> bool:
        """Tell whether they have shown that mail to their address reaches them."""
        return is_same_mail(self.proven, self.email) and bool(self.email)

    @property
    def speaks(self) -> bool:
        """Tell whether they know that they are in the programme: as accepted and told so, or entered by the crew.

        Who came by the form has consented there; what they propose later closes the page of nobody else.
        """
        if self.speaker_id is None:
            return False
        by_the_crew = self.consented_at is None or not self.submissions.exists()
        return by_the_crew or self.submissions.filter(told=State.ACCEPTED).exists()


class RehearsalFile(models.Model):
    """A recording with which somebody who speaks practised; `key` is its name among the kept files (`kit/kept_files.py`).

    Purpose: the crew hears and sees beforehand whether sound, picture and length are right. Only its author and the crew
    get it; deleted with the author, at the latest 90 days after the event.
    """

    author = models.OneToOneField(Author, on_delete=models.CASCADE, related_name="rehearsal_file")
    key = models.CharField(max_length=32, unique=True)
    kind = models.CharField(max_length=4, choices=[(k.value, k.value) for k in Kind])
    size = models.PositiveBigIntegerField()
    sent_at = models.DateTimeField()

    def __str__(self) -> str:
        """Name the author."""
        return str(self.author_id)


class AuthorKey(models.Model):
    """One of the secrets that open an author's page; each mail carries one of its own, only its hash is here.

    `mailed_to` is the address that alone got it; "" for one that a browser was given, or the crew.
    """

    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="keys")
    digest = models.CharField(max_length=64, unique=True)
    mailed_to = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        """Name the author."""
        return str(self.author_id)


class Incoming(models.Model):
    """That something was proposed, from where (`origin`): it counts against a flood even when it is deleted at once."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="+")
    origin = models.CharField(max_length=32, blank=True)
    came_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        """Give the moment."""
        return f"{self.came_at:%Y-%m-%d %H:%M}"


class Submission(models.Model):
    """Something that was proposed. `state` is what the crew made of it, `told` what its author knows of that.

    `message` goes with the decision, `told_message` is the one that its author has read. `session` is what became of it in the programme.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="submissions")
    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="submissions")
    code = models.CharField(max_length=6)
    title = LineField(_("Titel"), max_length=120)
    kind = models.CharField(max_length=12)
    minutes = models.PositiveSmallIntegerField()
    abstract = ProseField(_("Worum geht es?"))
    plain_summary = ProseField(_("In Leichter Sprache"), max_length=1000, blank=True)
    language = models.CharField(_("Sprache"), max_length=2, blank=True)
    level = models.CharField(max_length=10, blank=True)
    track = models.ForeignKey(Track, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    needs = ProseField(_("Was brauchen Sie?"), max_length=1000, blank=True)
    further = ProseField(_("Wer ist noch dabei?"), max_length=1000, blank=True)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in State], default=State.NEW)
    told = models.CharField(max_length=10, blank=True)
    message = ProseField(_("Nachricht"), max_length=2000, blank=True)
    told_message = ProseField(max_length=2000, blank=True)
    session = models.OneToOneField(
        Session, null=True, blank=True, on_delete=models.SET_NULL, related_name="contribution"
    )
    made_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    over_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["made_at", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["event", "code"], name="submission_code_once")]

    def __str__(self) -> str:
        """Give the title."""
        return self.title


class Review(models.Model):
    """The score that somebody of the crew gives, 1 to 5."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="reviews")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    score = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["submission", "person"], name="one_review_per_person")]

    def __str__(self) -> str:
        """Give the score."""
        return str(self.score)


class Remark(models.Model):
    """What somebody of the crew says to the others."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="remarks")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    text = ProseField(max_length=2000)
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["made_at", "pk"]

    def __str__(self) -> str:
        """Give the text."""
        return self.text
