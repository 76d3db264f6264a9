"""Topics come, change and go again."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tagwerk.barcamp import rules
from tagwerk.barcamp.actions.backing import check_takes_part, topic_at
from tagwerk.barcamp.actions.planning import cancel_sessions, no_barcamp, offer_free_place, qualify_if_ready
from tagwerk.barcamp.changes import TopicAdopted, TopicClosed, TopicEdited, TopicProposed
from tagwerk.barcamp.models import Barcamp, Topic
from tagwerk.barcamp.rules import State
from tagwerk.barcamp.together import LONGEST_HOSTS, marks_of, names_of, needs_of
from tagwerk.events.models import Event
from tagwerk.kit.codes import new_code
from tagwerk.kit.refusals import Forbidden, Refusal, TooMany
from tagwerk.kit.text import folded
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold, tell
from tagwerk.live.conflicts import check_fresh
from tagwerk.people.models import DeviceToken
from tagwerk.programme.actions import check_hosts

MOST_PER_HOUR = 30
WORDS = ("title", "description", "host_name", "purpose", "level", "when", "pitch", "mode", "needs")


@action
def open_barcamp(event: Event, **fields: Any) -> Barcamp:
    """Give an event its barcamp."""
    return Barcamp.objects.create(event=event, **fields)


@action
def propose(event: Event, words: Mapping[str, Any], device: DeviceToken | None, *, wanted: bool = False) -> Topic:
    """Bring a topic, or wish for one (`wanted`); `words` are checked by the form (see `WORDS`).

    Gives the topic with its spoken number. Raises `Refusal` when the event is not open, `TooMany` when one
    device floods the list.
    """
    hold(event.stream)
    _check_flood(device)
    return bring(event, words, device, wanted=wanted, actor=f"device:{device.pk}" if device else "")


@action
def bring(
    event: Event,
    words: Mapping[str, Any],
    device: DeviceToken | None,
    *,
    wanted: bool = False,
    actor: str = "",
    code: str = "",
) -> Topic:
    """Add a topic to the list, whoever brought it; a `code` drawn elsewhere is taken when it is free."""
    hold(event.stream)
    event.refresh_from_db()
    check_takes_part(event)
    if not Barcamp.objects.filter(event=event).exists():
        raise no_barcamp()
    number = _next_number(event)
    if not code or _is_taken(event, code):
        code = new_code(lambda drawn: _is_taken(event, drawn))
    state = State.WANTED if wanted else State.OPEN
    topic = Topic(event=event, number=number, code=code, host=device, state=state, is_wish=wanted)
    _write(topic, words)
    topic.save()
    tell(event.stream, TopicProposed(code=code, number=number, touches=(_key(topic),)), actor=actor)
    qualify_if_ready(topic, actor=actor)
    return topic


@action
def edit(
    event: Event, code: str, words: Mapping[str, Any], device: DeviceToken, *, revision: int | None = None
) -> Topic:
    """Change the words of an own topic; a session that stands for it follows.

    Raises `Refusal` when a new name belongs to somebody who is needed elsewhere at that time.
    """
    topic = _own(event, code, device)
    check_fresh(event.stream, revision, [_key(topic)])
    if topic.state not in rules.EDITABLE:
        raise Refusal("topic-closed", _("Dieses Thema steht nicht mehr zur Wahl und lässt sich nicht mehr ändern."))
    _write(topic, words)
    topic.save()
    follow(topic)
    fact = TopicEdited(code=topic.code, number=topic.number, touches=(_key(topic),))
    tell(event.stream, fact, actor=f"device:{device.pk}")
    return topic


@action
def withdraw(event: Event, code: str, device: DeviceToken) -> Topic:
    """Take an own topic back; a session that stands for it is cancelled."""
    topic = _own(event, code, device)
    if topic.state == State.WITHDRAWN:
        return topic
    actor = f"device:{device.pk}"
    cancel_sessions(topic, note=str(_("Das Thema wurde zurückgezogen.")), actor=actor)
    topic.state = State.WITHDRAWN
    topic.save(update_fields=["state"])
    fact = TopicClosed(code=topic.code, number=topic.number, state=State.WITHDRAWN, touches=(_key(topic),))
    tell(event.stream, fact, actor=actor)
    offer_free_place(topic.event, actor=actor)
    return topic


@action
def adopt(event: Event, code: str, host_name: str, device: DeviceToken | None, *, actor: str = "") -> Topic:
    """Become the host of a topic that somebody wished for; without a device the crew writes down who does."""
    hold(event.stream)
    topic = topic_at(event, code)
    check_takes_part(topic.event)
    if topic.state != State.WANTED:
        raise Refusal("not-wanted", _("Dieses Thema hat schon jemanden, der es anbietet."))
    topic.host, topic.host_name, topic.state, topic.is_wish = device, host_name, State.OPEN, False
    topic.searchable = searchable(topic)
    topic.save()
    actor = f"device:{device.pk}" if device else actor
    tell(event.stream, TopicAdopted(code=code, number=topic.number, touches=(_key(topic),)), actor=actor)
    qualify_if_ready(topic, actor=actor)
    return topic


def searchable(topic: Topic) -> str:
    """Give what a search looks through, folded."""
    return folded(f"{topic.title} {topic.description} {topic.host_name}")


def _is_taken(event: Event, code: str) -> bool:
    return Topic.objects.filter(event=event, code=code).exists()


def _next_number(event: Event) -> int:
    Barcamp.objects.filter(event=event).update(next_number=F("next_number") + 1)
    event.barcamp.refresh_from_db()
    return event.barcamp.next_number - 1


def _write(topic: Topic, words: Mapping[str, Any]) -> None:
    for name in WORDS:
        if name in words:
            setattr(topic, name, words[name])
    topic.searchable = searchable(topic)


def follow(topic: Topic) -> None:
    """Let the sessions of a topic say what the topic says; refuses a host who is needed elsewhere then.

    Who took one of them over still holds that one.
    """
    marks = marks_of(topic)
    for session in topic.sessions:
        session.title, session.description = topic.title, topic.description
        session.needs = sorted(needs_of(topic))
        if not rules.is_taken_over(session.hosts, marks):
            session.host_name, session.hosts = names_of(topic)[:LONGEST_HOSTS], marks
        if session.placement.is_active:
            check_hosts(session, session.placement.slot)
        session.save()


def _own(event: Event, code: str, device: DeviceToken) -> Topic:
    hold(event.stream)
    topic = topic_at(event, code)
    check_takes_part(topic.event)
    if topic.host_id != device.pk:
        raise Forbidden(
            "not-yours", _("Dieses Thema wurde auf einem anderen Gerät vorgeschlagen. Ändern können Sie es nur dort.")
        )
    return topic


def _check_flood(device: DeviceToken | None) -> None:
    if device is None:
        return
    recent = Topic.objects.filter(host=device, proposed_at__gt=timezone.now() - timedelta(hours=1)).count()
    if recent >= MOST_PER_HOUR:
        raise TooMany(
            "too-many-topics", _("Das waren viele Themen in kurzer Zeit. Bitte machen Sie eine kleine Pause.")
        )


def _key(topic: Topic) -> str:
    return f"topic:{topic.code}"
