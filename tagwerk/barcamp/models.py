"""Topics, the interest in them, and how an event's barcamp is run."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tagwerk.barcamp import rules
from tagwerk.barcamp.plan_rules import RunState, Task
from tagwerk.barcamp.rules import (
    Counts,
    PairKind,
    PitchState,
    Policy,
    PublishMode,
    RoundOrder,
    RoundPhase,
    Sign,
    State,
    When,
)
from tagwerk.events.models import Event, Room, Slot
from tagwerk.events.rules import Mode
from tagwerk.kit.fields import LineField, ProseField
from tagwerk.people.models import DeviceToken
from tagwerk.people.rules import Presence
from tagwerk.programme.models import Session

LONGEST_TITLE = 60  # the wall depends on it
LONGEST_THEME = 40  # a label, not a sentence
LONGEST_DESCRIPTION = 280  # what can be read out in a pitch


class Barcamp(models.Model):
    """How the barcamp of an event is run; `reserve_rooms` per afternoon slot are kept for late topics.

    `prices` is what the crew changed of what the planner weighs (see `plan_rules.Prices`).
    """

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="barcamp")
    policy = models.CharField(max_length=10, choices=[(p.value, p.value) for p in Policy], default=Policy.THRESHOLD)
    threshold = models.PositiveSmallIntegerField(default=5)
    publish_mode = models.CharField(
        max_length=10, choices=[(m.value, m.value) for m in PublishMode], default=PublishMode.TOGETHER
    )
    counts = models.CharField(max_length=10, choices=[(c.value, c.value) for c in Counts], default=Counts.ENOUGH)
    next_number = models.PositiveIntegerField(default=1)
    reserve_rooms = models.PositiveSmallIntegerField(default=1)
    prices = models.JSONField(default=dict)

    def __str__(self) -> str:
        """Name the barcamp by its event."""
        return str(self.event)


WITH_CARDS = (
    "session__placement__room__online_rooms",
    "repeat__placement__room__online_rooms",
    "merged",
)


class TopicQuerySet(models.QuerySet["Topic"]):
    """Topics as somebody may see them."""

    def of(self, event: Event) -> "TopicQuerySet":
        """Leave out other events; load what cards need."""
        return self.filter(event=event).for_cards()

    def for_cards(self) -> "TopicQuerySet":
        """Load what cards need; whoever calls it has left out other events."""
        names = ("slot__day__event", "room", "first_slot", "first_room")
        related = [f"{session}__placement__{name}" for session in ("session", "repeat") for name in names]
        found = self.select_related(
            "event__barcamp",
            "event__realm",
            "session__event__realm",
            "repeat__event__realm",
            "merged_into",
            "likely_slot__day__event",
            "likely_room",
            *related,
        )
        return found.prefetch_related(*WITH_CARDS)

    def with_remote(self) -> "TopicQuerySet":
        """Load with each topic, as `remote`, how many of the interested take part from elsewhere."""
        return self.annotate(
            remote=models.Count("interests", filter=models.Q(interests__device__presence=Presence.REMOTE))
        )

    def listed(self) -> "TopicQuerySet":
        """Leave out what was withdrawn, declined or parked."""
        return self.filter(state__in=rules.LISTED)

    def on_the_desk(self) -> "TopicQuerySet":
        """Keep what the crew may still do something with: also what was put aside."""
        return self.filter(state__in=rules.LISTED | rules.ASIDE)

    def waiting_for_a_place(self) -> "TopicQuerySet":
        """Keep the topics that have enough interest and no place yet."""
        return self.filter(state=State.QUALIFIED)

    def waiting_for_a_second_place(self) -> "TopicQuerySet":
        """Keep the topics that are offered twice and stand in one place."""
        once = self.filter(is_twice=True, repeat=None, state=State.PLANNED)
        return once.filter(session__placement__is_active=True)


class Topic(models.Model):
    """A topic that somebody brings, or (`is_wish`, until somebody adopts it) wishes for.

    `interest` counts all devices, `counted` only the verified ones, which matter for planning; `without_phone`
    counts raised hands of people who have not tapped, `estimate` is a guess by eye that only sizes the room.
    `likely_slot` and `likely_room` are where it would stand if the plan were announced now. What the crew let in
    (`is_admitted`) needs no interest. Topics of one `theme` run in parallel as little as possible. A topic offered twice (`is_twice`) has a second session in `repeat`.
    `host_name`: purpose is the programme; anonymised 90 days after the event.
    """

    class Purpose(models.TextChoices):
        """What should happen in the session."""

        SHARE = "share", _("Erfahrung teilen")
        CLARIFY = "clarify", _("Frage klären")
        SHOW = "show", _("Projekt zeigen")

    class Level(models.TextChoices):
        """Whom the session is for."""

        BEGINNER = "beginner", _("Einstieg")
        ADVANCED = "advanced", _("Fortgeschritten")

    class Pitch(models.TextChoices):
        """How the topic is presented in the pitch round."""

        SELF = "self", _("Ich stelle vor")
        READ = "read", _("Bitte vorlesen")
        ONLINE = "online", _("Ich bin online dabei")

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="topics")
    number = models.PositiveIntegerField()
    code = models.CharField(max_length=6)
    title = LineField(_("Worum geht es?"), max_length=LONGEST_TITLE)
    description = ProseField(_("Beschreibung"), max_length=LONGEST_DESCRIPTION, blank=True)
    host_name = LineField(_("Name an der Wand"), max_length=60, blank=True)
    host = models.ForeignKey(DeviceToken, null=True, blank=True, on_delete=models.SET_NULL, related_name="topics")
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in State], default=State.OPEN)
    mode = models.CharField(max_length=10, choices=[(m.value, m.value) for m in Mode], default=Mode.ON_SITE)
    when = models.CharField(max_length=10, choices=[(w.value, w.value) for w in When], default=When.ANY)
    purpose = models.CharField(max_length=10, choices=Purpose.choices, default=Purpose.SHARE)
    level = models.CharField(max_length=10, choices=Level.choices, default=Level.BEGINNER)
    pitch = models.CharField(max_length=10, choices=Pitch.choices, default=Pitch.SELF)
    needs = models.JSONField(default=list)
    theme = LineField(_("Themenfeld"), max_length=LONGEST_THEME, blank=True)
    is_wish = models.BooleanField(default=False)
    interest = models.PositiveIntegerField(default=0)
    counted = models.PositiveIntegerField(default=0)
    without_phone = models.PositiveIntegerField(default=0)
    estimate = models.PositiveIntegerField(default=0)
    seen = models.PositiveIntegerField(default=0)
    searchable = models.TextField(blank=True)
    session = models.OneToOneField(Session, null=True, blank=True, on_delete=models.SET_NULL, related_name="topic")
    is_admitted = models.BooleanField(default=False)
    is_twice = models.BooleanField(default=False)
    repeat = models.OneToOneField(
        Session, null=True, blank=True, on_delete=models.SET_NULL, related_name="repeated_topic"
    )
    likely_slot = models.ForeignKey(Slot, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    likely_room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged")
    reasons = models.JSONField(default=list)
    note = LineField(max_length=140, blank=True)
    proposed_at = models.DateTimeField(auto_now_add=True)

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "number"], name="topic_number_once"),
            models.UniqueConstraint(fields=["event", "code"], name="topic_code_once"),
        ]

    def __str__(self) -> str:
        """Give number and title as people say them."""
        return f"{self.number} {self.title}"

    @property
    def demand(self) -> int:
        """Count the people who want it and count for planning: verified devices and raised hands."""
        return self.counted + self.without_phone

    def remote_interest(self) -> int:
        """Count the interested who take part from elsewhere: as loaded (`with_remote`), else asked for now."""
        known: int | None = getattr(self, "remote", None)
        return self.interests.filter(device__presence=Presence.REMOTE).count() if known is None else known

    @property
    def sessions(self) -> list[Session]:
        """Give the sessions that stand (or stood) for the topic: none, one, or two when it is offered twice."""
        return [session for session in (self.session, self.repeat) if session is not None]

    @property
    def people(self) -> int:
        """Count everybody who showed interest, by device or by hand."""
        return self.interest + self.without_phone

    @property
    def is_wanted(self) -> bool:
        """Tell whether the topic still looks for a host."""
        return self.state == State.WANTED


class Pair(models.Model):
    """Two topics that never run at the same time (`apart`), or of which the first comes `before` the second."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="pairs")
    first = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=[(k.value, k.value) for k in PairKind], default=PairKind.APART)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["first", "second", "kind"], name="pair_once")]

    def __str__(self) -> str:
        """Name the pair by numbers."""
        return f"{self.first_id} {self.kind} {self.second_id}"


class Interest(models.Model):
    """A device is interested in a topic; `came_from` names the topic whose merging brought it here.

    Deleted with its device token.
    """

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="interests")
    device = models.ForeignKey(DeviceToken, on_delete=models.CASCADE, related_name="interests")
    came_from = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    shown_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["topic", "device"], name="one_interest_per_device"),
        ]

    def __str__(self) -> str:
        """Name the pair by numbers."""
        return f"{self.topic_id} <- {self.device_id}"


class Coming(models.Model):
    """A device comes to a session. Deleted with its device token.

    Purpose of `said_at`: only what changed since then is news to them.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="coming")
    device = models.ForeignKey(DeviceToken, on_delete=models.CASCADE, related_name="coming")
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "device"], name="one_coming_per_device"),
        ]

    def __str__(self) -> str:
        """Name the pair by numbers."""
        return f"{self.session_id} <- {self.device_id}"


class PitchRound(models.Model):
    """One turn of collecting, pitching, planning and holding sessions; the newest of an event is the current one.

    `step` rises with every step on stage. `pitch_at` and `announce_at` are the times told to everybody.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    phase = models.CharField(
        max_length=12, choices=[(p.value, p.value) for p in RoundPhase], default=RoundPhase.COLLECTING
    )
    order = models.CharField(
        max_length=12, choices=[(o.value, o.value) for o in RoundOrder], default=RoundOrder.MICROPHONE
    )
    seconds = models.PositiveSmallIntegerField(default=60)
    step = models.PositiveIntegerField(default=0)
    pitch_at = models.DateTimeField(null=True, blank=True)
    announce_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["event", "number"], name="round_number_once")]

    def __str__(self) -> str:
        """Name the round by event and number."""
        return f"{self.event_id}: {self.number}"


class PitchQuerySet(models.QuerySet["Pitch"]):
    """Turns on stage."""

    def held(self) -> "PitchQuerySet":
        """Keep what was on stage or is there: who was absent, or not called yet, was not pitched."""
        return self.filter(state__in=rules.HELD)


class Pitch(models.Model):
    """A topic's turn on stage in one round."""

    round = models.ForeignKey(PitchRound, on_delete=models.CASCADE, related_name="pitches")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="pitches")
    position = models.PositiveIntegerField()
    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in PitchState], default=PitchState.WAITING
    )
    called_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    extra_seconds = models.PositiveSmallIntegerField(default=0)

    objects = PitchQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["round", "topic"], name="one_pitch_per_round")]

    def __str__(self) -> str:
        """Name the pair by numbers."""
        return f"{self.round_id}: {self.topic_id}"


class HandCount(models.Model):
    """Hands that were counted (or guessed by eye) for a topic; kept apart from devices, never about persons."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="hand_counts")
    hands = models.IntegerField()
    is_estimate = models.BooleanField(default=False)
    actor = models.CharField(max_length=40, blank=True)
    counted_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        """Name topic and hands."""
        return f"{self.topic_id}: {self.hands:+d}"


class HostSign(models.Model):
    """What a session's host said shortly before it. Purpose: to notice a missing host; deleted with the device."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="signs")
    device = models.ForeignKey(DeviceToken, null=True, blank=True, on_delete=models.CASCADE, related_name="signs")
    kind = models.CharField(max_length=8, choices=[(s.value, s.value) for s in Sign])
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        """Name session and sign."""
        return f"{self.session_id}: {self.kind}"


class PlanRun(models.Model):
    """A search for a better plan (or for a proof) that runs beside everything else, and what it found.

    `revision` is the state of the event that it was given. `given` holds slots, rooms and subjects by their numbers and
    codes (see `planner.whole`), `asked` how it was asked, `progress` and `found` what the planner said. Nothing in
    it is about persons. `heard_at` is when the search was last heard of.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="plan_runs")
    number = models.PositiveIntegerField()
    task = models.CharField(max_length=8, choices=[(t.value, t.value) for t in Task], default=Task.PLAN)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in RunState], default=RunState.SEARCHING)
    revision = models.PositiveBigIntegerField()
    asked = models.JSONField(default=dict)
    given = models.JSONField(default=dict)
    progress = models.JSONField(default=dict)
    found = models.JSONField(default=dict)
    is_stopping = models.BooleanField(default=False)
    begun_at = models.DateTimeField(auto_now_add=True)
    heard_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["event", "number"], name="plan_run_number_once")]

    def __str__(self) -> str:
        """Name the run by event and number."""
        return f"{self.event_id}: {self.number}"
