"""Hosts say whether they are there; who is missing is searched for, and somebody else may take over."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from tagwerk.barcamp import rules
from tagwerk.barcamp.actions.backing import check_takes_part
from tagwerk.barcamp.actions.proposing import searchable
from tagwerk.barcamp.host_rules import LATE_AFTER, is_late, is_missing
from tagwerk.barcamp.hosts import host_devices, last_signs, said_by_hosts
from tagwerk.barcamp.models import HostSign, Topic
from tagwerk.barcamp.rules import Sign
from tagwerk.events.models import Event
from tagwerk.events.rules import Phase
from tagwerk.kit.refusals import Forbidden, Invalid, Refusal, Unknown
from tagwerk.kit.text import folded
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold
from tagwerk.live.conflicts import check_fresh
from tagwerk.people.models import DeviceToken
from tagwerk.programme.actions import check_hosts, host_found, search_host, sum_up
from tagwerk.programme.models import Session
from tagwerk.programme.rules import State as SessionState


@action
def sign(event: Event, code: str, device: DeviceToken, kind: Sign) -> Session:
    """Note what a host says of their session: here, or cannot come. It may be said again and changed.

    When nobody is left to hold it, somebody is searched for at once; who is here ends the search.
    """
    session = _session(event, code)
    check_takes_part(session.event)
    actor = _holds(session, device)
    if last_signs([session])[session.pk].get(device.pk) != kind:
        HostSign.objects.create(session=session, device=device, kind=kind)
    if kind == Sign.HERE:
        if session.searching_since is not None:
            host_found(session, actor=actor)
    elif is_missing(said_by_hosts([session])[session.pk], late=False):
        search_host(session, reason=Sign.CANNOT, actor=actor)
    return session


@action
def sum_up_own(event: Event, code: str, device: DeviceToken, text: str) -> Session:
    """Note what a session brought, as its host says it."""
    session = _session(event, code)
    check_takes_part(session.event)
    sum_up(session, text, actor=_holds(session, device))
    return session


def _holds(session: Session, device: DeviceToken) -> str:
    """Give the mark of a session's host; raises `Forbidden` for everybody else."""
    if device.pk not in host_devices([session])[session.pk]:
        raise Forbidden("not-yours", _("Das können nur die Themengebenden selbst sagen, auf ihrem Gerät."))
    return f"device:{device.pk}"


@action
def vouch(event: Event, code: str, *, actor: str) -> int:
    """Let the crew say that somebody is there to hold the session; gives the revision."""
    session = _session(event, code)
    HostSign.objects.create(session=session, device=None, kind=Sign.HERE)
    return host_found(session, actor=actor)


def alarm_missing_hosts(now: datetime) -> int:
    """Search for the hosts of sessions that began five minutes ago without a sign; gives how many are missing.

    It looks at what is, so what happened while nobody looked is noticed as well; each session alarms once.
    """
    late = Session.objects.filter(
        event__phase=Phase.LIVE,
        state=SessionState.PLANNED,
        searching_since__isnull=True,
        placement__is_active=True,
        placement__slot__start__lte=now - LATE_AFTER,
        placement__slot__end__gt=now,
    )
    found = list(late.select_related("event__realm", "placement__slot"))
    said = said_by_hosts(found)
    missing = [session for session in found if is_missing(said[session.pk], late=True)]
    return sum(_is_alarmed(session, now) for session in missing)


@action
def take_over(event: Event, code: str, name: str, device: DeviceToken) -> Session:
    """Become the host of a session that nobody holds.

    Raises `Refusal` when it has somebody, or when the new host is needed elsewhere at that time; `Invalid` without a
    name, `Forbidden` for a device that did not show the hall code where one is asked for.
    """
    session = _session(event, code)
    check_takes_part(session.event)
    _check_may_take_over(session, name, device)
    if session.searching_since is None:
        raise Refusal("not-searching", _("Diese Session hat schon jemanden, der sie hält."))
    before, instead = _host_of(session), session.host_name
    _hand_to(session, device, name)
    check_hosts(session, session.placement.slot)
    HostSign.objects.create(session=session, device=device, kind=Sign.HERE)
    host_found(session, instead=instead, devices=(before, device.pk), actor=f"device:{device.pk}")
    return session


def _check_may_take_over(session: Session, name: str, device: DeviceToken) -> None:
    if not name:
        sentence = _("Bitte nennen Sie einen Namen: Er steht gleich an der Tür.")
        raise Invalid("no-name", sentence, errors={"host_name": sentence})
    if session.event.realm.needs_hall_code and not device.is_verified:
        sentence = _(
            "Übernehmen können Sie eine Session, sobald Sie gezeigt haben, dass Sie im Haus sind: "
            "Bitte geben Sie erst den Code ein, der auf den Bildschirmen im Saal steht."
        )
        raise Forbidden("not-in-the-house", sentence)


@action
def give_back(
    event: Event, code: str, host: DeviceToken | None, name: str, *, revision: int | None = None, actor: str
) -> int:
    """Take a taking over back: who held the session before stands there again, and is still missing.

    Gives the revision; 409 when the session was changed since.
    """
    session = _session(event, code)
    check_fresh(event.stream, revision, [f"session:{session.code}"])
    _hand_to(session, host, name)
    told = search_host(session, reason="crew", actor=actor)
    if told is None:
        raise Refusal("nothing-to-undo", _("Das lässt sich nicht mehr zurücknehmen."))
    return told


def _is_alarmed(session: Session, now: datetime) -> bool:
    """Alarm for one session; what somebody changed in the meantime keeps no other one from its alarm."""
    try:
        _alarm(session.event, session.code, now)
    except Refusal:
        return False
    return True


@action
def _alarm(event: Event, code: str, now: datetime) -> None:
    session = _session(event, code)
    slot = session.placement.slot
    late = is_late(slot.start, slot.end, now)
    if late and is_missing(said_by_hosts([session])[session.pk], late=True):  # nobody spoke up meanwhile
        search_host(session, reason="silent")


def _session(event: Event, code: str) -> Session:
    hold(event.stream)
    session = Session.objects.of(event).filter(code=code).first()
    if session is None or not hasattr(session, "placement"):
        raise Unknown("no-such-session", _("Diese Session gibt es nicht (mehr)."))
    if session.is_cancelled:
        raise Refusal("session-cancelled", _("Diese Session entfällt."))
    return session


def _host_of(session: Session) -> int | None:
    marks = [mark.removeprefix("device:") for mark in session.hosts if mark.startswith("device:")]
    return int(marks[0]) if marks else None


def _hand_to(session: Session, device: DeviceToken | None, name: str) -> None:
    """Give a session, and the topic that it alone stands for, to another host."""
    session.host_name = name
    session.hosts = rules.host_marks(device.pk if device else None, folded(name))
    session.save(update_fields=["host_name", "hosts"])
    topic = Topic.objects.filter(session=session, repeat__isnull=True).first()
    if topic is not None:  # of a topic offered twice only this one session changes hands
        topic.host, topic.host_name = device, name
        topic.searchable = searchable(topic)
        topic.save(update_fields=["host", "host_name", "searchable"])
