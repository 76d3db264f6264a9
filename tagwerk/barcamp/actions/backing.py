"""Interest on and off, coming and not coming: once per device, however often it is said."""

from typing import cast

from django.utils.translation import gettext_lazy as _

from tagwerk.barcamp import rules
from tagwerk.barcamp.actions.planning import qualify_if_ready
from tagwerk.barcamp.changes import ComingCounted, TopicBacked, TopicBackedQuietly
from tagwerk.barcamp.models import Coming, Interest, Topic
from tagwerk.barcamp.together import alive
from tagwerk.events.models import Event
from tagwerk.kit.prepared import Prepared, add_if_new, store
from tagwerk.kit.refusals import Refusal, Unknown
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold, tell
from tagwerk.live.changes import Fact
from tagwerk.people.changes import DeviceVerified
from tagwerk.people.models import DeviceToken
from tagwerk.people.rules import Presence
from tagwerk.programme.models import Session

# Only what counting needs: this is the busiest line of the house.
_topic_to_count = Prepared(
    lambda event, code: Topic.objects.filter(event=event, code=code).select_related("event__barcamp")
)
_interest = Prepared(lambda topic, device: Interest.objects.filter(topic=topic, device=device))


@action
def back(event: Event, code: str, device: DeviceToken) -> Topic:
    """Count a device's interest in a topic; with enough of it the topic is planned in the same breath."""
    topic = _open_topic(event, code)
    if add_if_new(Interest(topic=topic, device=device)):
        _count(topic, device, 1)
        qualify_if_ready(topic, actor=f"device:{device.pk}")
    return topic


@action
def take_back(event: Event, code: str, device: DeviceToken) -> Topic:
    """Take a device's interest back, also in what went into the topic; what is planned stays planned."""
    topic = _open_topic(event, code)
    if _interest.delete(topic.pk, device.pk):
        _count(topic, device, -1)
        _forget_merged(topic, device)
    return topic


@action
def come(event: Event, code: str, device: DeviceToken) -> int:
    """Note that a device comes to a session; gives how many do."""
    session = _open_session(event, code)
    is_new = Coming.objects.get_or_create(session=session, device=device)[1]
    return _count_coming(session, device, told=is_new)


@action
def stay_away(event: Event, code: str, device: DeviceToken) -> int:
    """Note that a device does not come after all; gives how many do."""
    session = _open_session(event, code)
    gone = Coming.objects.filter(session=session, device=device).delete()[0]
    return _count_coming(session, device, told=bool(gone))


@action
def take_everything_back(event: Event, device: DeviceToken) -> None:
    """Take all interest and coming of a device back, whatever the event's phase; its own topics stay."""
    hold(event.stream)
    mine = Topic.objects.filter(event=event, interests__device=device).select_related("event__barcamp")
    for topic in mine.order_by("number"):
        Interest.objects.filter(topic=topic, device=device).delete()
        _count(topic, device, -1)
    Coming.objects.filter(session__event=event, device=device).delete()


def check_takes_part(event: Event) -> None:
    """Refuse when the event is not open for its people (yet, or any more)."""
    if not event.takes_part:
        raise Refusal(
            "not-live",
            _("Mitmachen geht gerade nicht: Die Veranstaltung hat noch nicht begonnen oder ist vorbei."),
        )


def topic_at(event: Event, code: str) -> Topic:
    """Give a topic by its code; raises `Unknown`."""
    topic = Topic.objects.of(event).filter(code=code).first()
    if topic is None:
        raise no_such_topic()
    return topic


def no_such_topic() -> Unknown:
    """Give the refusal for a topic that is not there."""
    return Unknown("no-such-topic", _("Dieses Thema gibt es nicht (mehr)."))


def _open_topic(event: Event, code: str) -> Topic:
    hold(event.stream)
    topic = _topic_to_count.first(event.pk, code)
    if topic is None:
        raise no_such_topic()
    topic = alive(topic)
    check_takes_part(topic.event)
    if not rules.is_open_for_interest(topic.state):
        raise Refusal("topic-closed", _("Dieses Thema steht nicht mehr zur Wahl."))
    return topic


def _open_session(event: Event, code: str) -> Session:
    hold(event.stream)
    session = Session.objects.of(event).filter(code=code).first()
    if session is None:
        raise Unknown("no-such-session", _("Diese Session gibt es nicht (mehr)."))
    check_takes_part(session.event)
    if session.is_cancelled:
        raise Refusal("session-cancelled", _("Diese Session entfällt."))
    return session


def _count_coming(session: Session, device: DeviceToken, *, told: bool) -> int:
    coming = Coming.objects.filter(session=session).count()
    if told:
        tell(session.event.stream, ComingCounted(code=session.code, coming=coming), actor=f"device:{device.pk}")
    return coming


def _count(topic: Topic, device: DeviceToken, step: int) -> None:
    before = seen_by_everybody(topic)
    topic.interest += step
    topic.counted += step if device.is_verified else 0
    store(topic, "interest", "counted")
    # Only who takes part from elsewhere changes how many of them there are: all others cost no question.
    remote = topic.remote_interest() if device.presence == Presence.REMOTE else None
    tell_count(topic, before, remote=remote, actor=f"device:{device.pk}")


def _forget_merged(topic: Topic, device: DeviceToken) -> None:
    """Take a device's interest out of the topics that went into one, so that none comes back when they part again."""
    for other in Topic.objects.filter(merged_into=topic):
        if Interest.objects.filter(topic=other, device=device).delete()[0]:
            other.interest -= 1
            other.counted -= 1 if device.is_verified else 0
            other.save(update_fields=["interest", "counted"])
        _forget_merged(other, device)


def seen_by_everybody(topic: Topic) -> tuple[int | None, bool]:
    """Give what everybody sees of a topic's interest: the number (None: nothing), and whether it is enough."""
    barcamp = topic.event.barcamp
    shown = rules.shown_interest(barcamp.counts, topic.people, barcamp.threshold)
    return shown, rules.is_enough(topic.demand, barcamp.threshold)


def tell_count(topic: Topic, before: tuple[int | None, bool], *, actor: str, remote: int | None = None) -> None:
    """Tell a count to everybody, or to the crew alone when nobody else would see a difference.

    `remote` is how many of them take part from elsewhere, for the crew; None when that is as before.
    """
    shown, enough = now = seen_by_everybody(topic)
    kind = TopicBackedQuietly if now == before else TopicBacked
    fact = kind(
        code=topic.code,
        number=topic.number,
        interest=topic.people,
        devices=topic.interest,
        shown=shown,
        enough=enough,
        remote=remote,
    )
    tell(topic.event.stream, fact, actor=actor)


@action
def count_anew(stream: int, fact: Fact, actor: str) -> None:
    """Count what a device tapped before it was verified; follows `DeviceVerified`."""
    device = cast("DeviceVerified", fact).device
    tapped = Topic.objects.filter(event__realm=stream, interests__device=device)
    for topic in tapped.select_related("event__barcamp").order_by("number"):
        before = seen_by_everybody(topic)
        topic.counted = Interest.objects.filter(topic=topic, device__is_verified=True).count()
        topic.save(update_fields=["counted"])
        tell_count(topic, before, actor=actor)
        qualify_if_ready(topic, actor=actor)
