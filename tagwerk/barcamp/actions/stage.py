"""Steps on stage: next, absent, more time, a number out of order, a call from the hall; each counts once."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from tagwerk.barcamp import stage_rules as rules
from tagwerk.barcamp.actions.backing import no_such_topic
from tagwerk.barcamp.actions.proposing import bring
from tagwerk.barcamp.actions.rounds import PITCHABLE, enqueue
from tagwerk.barcamp.actions.stepping import round_of, staged, step, tell_stage
from tagwerk.barcamp.models import LONGEST_TITLE, Pitch, PitchRound, Topic
from tagwerk.barcamp.rules import OPEN_FOR_INTEREST, PitchState, RoundPhase
from tagwerk.barcamp.stage import Stage, current_round
from tagwerk.events.models import Event
from tagwerk.kit.fields import readable
from tagwerk.kit.refusals import Invalid, Refusal
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold
from tagwerk.live.changes import Fact

EXTRA = 15


@action
def call_next(event: Event, ended: str, *, actor: str, at: datetime | None = None) -> Stage:
    """End the pitch `ended` (empty: nobody is on stage) and call the next one; gives what is on stage then."""
    return step(event, lambda turns, when: rules.call_next(turns, ended, when), actor=actor, at=at)


@action
def mark_absent(event: Event, code: str, *, actor: str, at: datetime | None = None) -> Stage:
    """Put who is called and not there to the end, never out of the queue, and call the next one."""
    return step(event, lambda turns, when: rules.mark_absent(turns, code, when), actor=actor, at=at)


@action
def give_time(event: Event, code: str, seconds: int = EXTRA, *, seen: int | None = None, actor: str) -> Stage:
    """Give who is on stage more time; with `seen`, only if they still have what the presser saw."""
    return step(event, lambda turns, _at: rules.give_time(turns, code, seconds, seen=seen), actor=actor)


@action
def call_number(
    event: Event, number: int, *, ended: str | None = None, actor: str, at: datetime | None = None
) -> Stage:
    """Call a topic out of order by its spoken number; the current one ends.

    With `ended`, only if that one is still on stage. Raises `Refusal` for a topic that had its turn.
    """
    hold(event.stream)
    round_ = round_of(event)
    topic = Topic.objects.filter(event=event, number=number).first()
    if topic is None or topic.state not in OPEN_FOR_INTEREST:
        raise no_such_topic()
    stage = staged(event)
    current = stage.current.code if stage.current else ""
    if current == topic.code or (ended is not None and ended != current):
        return stage
    if topic.state in PITCHABLE:
        enqueue(round_, topic)
    pitch = Pitch.objects.filter(round=round_, topic=topic).first()
    if pitch is None or pitch.state == PitchState.DONE:
        raise Refusal("had-its-turn", _("Dieses Thema war schon dran."))
    return step(event, lambda turns, when: rules.call_next(turns, current, when, wanted=topic.code), actor=actor, at=at)


@action
def call_out(event: Event, title: str, *, code: str = "", actor: str) -> Topic:
    """Take a topic that somebody calls out: the title is enough, where a round runs it is the next in the queue.

    `code` is drawn by a device that works offline; the same one (or the same title in this round) is one topic.
    Raises `Invalid` when the title does not hold.
    """
    line = _checked_title(title)
    hold(event.stream)
    round_ = current_round(event)
    known = _known(event, round_, line, code)
    if known is not None:
        return known
    topic = bring(event, {"title": line}, None, actor=actor, code=code)
    if round_ is None:
        return topic
    enqueue(round_, topic)
    step(event, lambda turns, _at: rules.to_front(turns, topic.code), actor=actor, brought=topic.code)
    return topic


@action
def follow_on_stage(stream: int, fact: Fact, actor: str) -> None:
    """Let the queue follow a topic that came, changed or went during the pitches; follows topic facts."""
    event = Event.objects.select_related("realm").get(realm_id=stream)
    round_ = current_round(event)
    if round_ is None or round_.phase != RoundPhase.PITCHING:
        return
    topic = Topic.objects.filter(event=event, code=fact.code).first()
    pitched = Pitch.objects.held().filter(round__event=event, topic=topic).exists()
    if topic and topic.state in PITCHABLE and not pitched:
        enqueue(round_, topic)
    tell_stage(event, actor=actor)


def _checked_title(title: str) -> str:
    line = readable(title, "title")
    if not line or len(line) > LONGEST_TITLE:
        sentence = _("Bitte fassen Sie das Thema in ein paar Worte: höchstens 60 Zeichen.")
        raise Invalid("no-title", sentence, errors={"title": sentence})
    return line


def _known(event: Event, round_: PitchRound | None, title: str, code: str) -> Topic | None:
    topics = Topic.objects.filter(event=event)
    by_code = topics.filter(code=code).first() if code else None
    if by_code or round_ is None:
        return by_code
    waiting = topics.filter(pitches__round=round_, host=None, title=title, state__in=OPEN_FOR_INTEREST)
    return waiting.exclude(pitches__state=PitchState.DONE).first()
