"""Hosts say whether they are there; who is missing is searched for, and somebody else takes over."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tagwerk.barcamp import actions
from tagwerk.barcamp.actions import hosting
from tagwerk.barcamp.hosts import hosted_by, said_by_hosts
from tagwerk.barcamp.models import HostSign, Topic
from tagwerk.barcamp.rules import Sign, State
from tagwerk.events.models import Slot
from tagwerk.kit.refusals import Forbidden, Invalid, Refusal, Unknown
from tagwerk.live.actions import tell
from tagwerk.people.changes import DevicesJoined
from tagwerk.people.hall import require_hall_code
from tagwerk.people.models import DeviceToken
from tagwerk.people.rules import DeviceKind
from tagwerk.programme.actions import cancel, host_found, schedule, search_host
from tagwerk.programme.models import Session
from tests.town import Town, planned, someone_proposes

MISSING, FOUND = "session.host_missing", "session.host_found"


def begins(session: Session, minutes: float) -> datetime:
    """Let a session begin in so many minutes, and give the moment it is now."""
    now = timezone.now()
    start = now + timedelta(minutes=minutes)
    Slot.objects.filter(pk=session.placement.slot_id).update(start=start, end=start + timedelta(minutes=45))
    return now


def current(session: Session) -> Session:
    return Session.objects.of(session.event).get(pk=session.pk)


def is_searching(session: Session) -> bool:
    return current(session).searching_since is not None


def test_who_is_here_is_noted_once_and_nobody_is_told(town: Town) -> None:
    session = planned(town)
    begins(session, 8)
    before = town.revision
    for _time in range(2):
        actions.sign(town.event, session.code, town.device("Aylin"), Sign.HERE)
    assert HostSign.objects.filter(session=session, kind=Sign.HERE).count() == 1
    assert town.revision == before


def test_who_cannot_come_is_replaced_at_once_and_may_think_again(town: Town) -> None:
    session = planned(town)
    aylin = town.device("Aylin")
    for _time in range(2):
        actions.sign(town.event, session.code, aylin, Sign.CANNOT)
    assert is_searching(session)
    assert [change.after for change in town.told(MISSING)] == [{"reason": "cannot"}]
    actions.sign(town.event, session.code, aylin, Sign.HERE)
    assert not is_searching(session)
    assert len(town.told(FOUND)) == 1


def test_only_the_host_speaks_for_a_session(town: Town) -> None:
    session = planned(town)
    with pytest.raises(Forbidden):
        actions.sign(town.event, session.code, town.device("Bela"), Sign.CANNOT)
    with pytest.raises(Unknown):
        actions.sign(town.event, "ZZZZZZ", town.device("Aylin"), Sign.HERE)
    cancel(session)
    with pytest.raises(Refusal, match="session-cancelled"):
        actions.sign(town.event, session.code, town.device("Aylin"), Sign.HERE)


def test_with_two_hosts_one_is_enough(town: Town) -> None:
    session = planned(town)
    other = someone_proposes(town, "Dasselbe", "Bela")
    Topic.objects.filter(pk=other.pk).update(state=State.MERGED, merged_into=session.topic)
    actions.sign(town.event, session.code, town.device("Aylin"), Sign.CANNOT)
    assert not is_searching(session), "Bela has said nothing yet"
    assert [hosted.code for hosted in hosted_by(town.event, town.device("Bela"))] == [session.code]
    actions.sign(town.event, session.code, town.device("Bela"), Sign.CANNOT)
    assert is_searching(session)
    actions.sign(town.event, session.code, town.device("Bela"), Sign.HERE)
    assert not is_searching(session)


def test_silence_is_noticed_five_minutes_after_the_start_and_once(town: Town) -> None:
    session = planned(town)
    assert actions.alarm_missing_hosts(begins(session, -4)) == 0
    assert actions.alarm_missing_hosts(begins(session, -30)) == 1, "also when nobody looked in time"
    assert actions.alarm_missing_hosts(timezone.now()) == 0
    assert [change.after for change in town.told(MISSING)] == [{"reason": "silent"}]
    actions.vouch(town.event, session.code, actor="person:1")
    assert not is_searching(session)
    assert actions.alarm_missing_hosts(timezone.now()) == 0
    assert len(town.told(MISSING, FOUND)) == 2


def test_nobody_is_missed_who_spoke_has_no_phone_or_is_over(town: Town) -> None:
    session = planned(town)
    begins(session, -6)
    actions.sign(town.event, session.code, town.device("Aylin"), Sign.HERE)
    assert actions.alarm_missing_hosts(timezone.now()) == 0
    HostSign.objects.all().delete()
    DeviceToken.objects.filter(pk=town.device("Aylin").pk).update(kind=DeviceKind.CARD)
    assert actions.alarm_missing_hosts(timezone.now()) == 0
    DeviceToken.objects.filter(pk=town.device("Aylin").pk).update(kind=DeviceKind.PHONE)
    assert actions.alarm_missing_hosts(begins(session, -46)) == 0
    begins(session, -6)
    type(town.event).objects.filter(pk=town.event.pk).update(phase="follow_up")
    assert actions.alarm_missing_hosts(timezone.now()) == 0


def test_what_the_crew_entered_is_nobodys_phone_to_answer(town: Town) -> None:
    session = schedule(town.event, town.slots[0], town.rooms[0], title="Keynote", host_name="Gast")
    assert actions.alarm_missing_hosts(begins(session, -6)) == 0
    assert said_by_hosts([session]) == {session.pk: []}


def test_who_spoke_up_meanwhile_is_not_searched_for(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    session = planned(town)
    now = begins(session, -6)
    from tagwerk.barcamp.actions import hosting

    alarm = hosting._alarm  # noqa: SLF001

    def in_between(*words: object) -> None:
        actions.sign(town.event, session.code, town.device("Aylin"), Sign.HERE)
        alarm(*words)  # type: ignore[arg-type]

    monkeypatch.setattr(hosting, "_alarm", in_between)
    actions.alarm_missing_hosts(now)
    assert not is_searching(session)


def test_somebody_takes_over_and_is_the_host_from_then_on(town: Town) -> None:
    session = planned(town)
    with pytest.raises(Refusal, match="not-searching"):
        actions.take_over(town.event, session.code, "Bela", town.device("Bela"))
    actions.sign(town.event, session.code, town.device("Aylin"), Sign.CANNOT)
    actions.take_over(town.event, session.code, "Bela", town.device("Bela"))
    now = current(session)
    assert (now.host_name, now.searching_since) == ("Bela", None)
    assert now.hosts == [f"device:{town.device('Bela').pk}", "name:bela"]
    assert (now.topic.host, now.topic.host_name) == (town.device("Bela"), "Bela")
    assert "bela" in now.topic.searchable
    assert actions.alarm_missing_hosts(begins(session, -6)) == 0
    told = town.told(FOUND)[-1]
    assert (told.before, told.after) == ({"host": town.device("Aylin").pk}, {"host": town.device("Bela").pk})
    with pytest.raises(Forbidden):
        actions.sign(town.event, session.code, town.device("Aylin"), Sign.HERE)


def test_a_door_without_a_name_helps_nobody(town: Town) -> None:
    session = planned(town)
    search_host(session, reason="crew")
    with pytest.raises(Invalid, match="no-name") as refusal:
        actions.take_over(town.event, session.code, "", town.device("Bela"))
    assert list(refusal.value.errors) == ["host_name"]
    assert is_searching(session)


def test_where_a_hall_code_is_asked_for_only_who_is_in_the_house_takes_over(town: Town) -> None:
    session = planned(town)
    search_host(session, reason="crew")
    DeviceToken.objects.filter(pk=town.device("Bela").pk).update(is_verified=False)
    bela = DeviceToken.objects.get(pk=town.device("Bela").pk)
    require_hall_code(town.event.realm, needed=True)
    with pytest.raises(Forbidden, match="not-in-the-house"):
        actions.take_over(town.event, session.code, "Wer auch immer", bela)
    require_hall_code(town.event.realm, needed=False)
    actions.take_over(town.event, session.code, "Bela", bela)
    assert current(session).host_name == "Bela"


def test_who_took_over_one_of_two_places_keeps_it_when_the_host_edits_the_topic(town: Town) -> None:
    first = planned(town)
    actions.offer_twice(town.event, first.topic.code, actor="person:1")
    second = Topic.objects.get(pk=first.topic.pk).repeat
    assert second is not None
    search_host(second, reason="crew")
    actions.take_over(town.event, second.code, "Cem", town.device("Cem"))
    actions.edit(town.event, first.topic.code, {"title": "Neu", "host_name": "A. Lin"}, town.device("Aylin"))
    assert (current(first).title, current(first).host_name) == ("Neu", "A. Lin")
    assert (current(second).title, current(second).host_name) == ("Neu", "Cem")
    emil, aylin = town.device("Emil"), town.device("Aylin")
    for other in (aylin, town.device("Cem")):
        tell(town.event.stream, DevicesJoined(device=emil.pk, other=other.pk))
    assert [current(session).hosts[0] for session in (first, second)] == [f"device:{emil.pk}"] * 2
    assert current(second).hosts[1:] == ["name:cem"]


def test_one_session_that_changed_meanwhile_keeps_no_other_from_its_alarm(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    sessions = [planned(town, f"Thema {name}", by=name) for name in ("Aylin", "Bela")]
    for session in sessions:
        begins(session, -6)
    real, seen = said_by_hosts, list[Any]()

    def in_between(found: Any) -> Any:
        if not seen:
            seen.append(found)
            said = real(found)
            cancel(current(sessions[0]))
            return said
        return real(found)

    monkeypatch.setattr(hosting, "said_by_hosts", in_between)
    assert actions.alarm_missing_hosts(timezone.now()) == 1
    assert [is_searching(session) for session in sessions] == [False, True]


def test_who_is_needed_elsewhere_cannot_take_over(town: Town) -> None:
    session, other = planned(town), planned(town, "Radwege", "Bela")
    Session.objects.get(pk=other.pk)
    other.placement.slot = session.placement.slot
    other.placement.room = next(room for room in town.rooms if room.pk != session.placement.room_id)
    other.placement.save()
    actions.sign(town.event, session.code, town.device("Aylin"), Sign.CANNOT)
    with pytest.raises(Refusal, match="host-busy"):
        actions.take_over(town.event, session.code, "Bela", town.device("Bela"))
    assert is_searching(session)


def test_taking_over_is_taken_back_by_the_crew(town: Town) -> None:
    session = planned(town)
    actions.sign(town.event, session.code, town.device("Aylin"), Sign.CANNOT)
    actions.take_over(town.event, session.code, "Bela", town.device("Bela"))
    revision = town.revision
    actions.give_back(town.event, session.code, town.device("Aylin"), "Aylin", revision=revision, actor="person:1")
    now = current(session)
    assert (now.host_name, now.topic.host) == ("Aylin", town.device("Aylin"))
    assert is_searching(session)
    with pytest.raises(Refusal, match="nothing-to-undo"):
        actions.give_back(town.event, session.code, None, "", actor="person:1")


def test_of_a_topic_offered_twice_only_one_session_changes_hands(town: Town) -> None:
    session = planned(town)
    again = schedule(town.event, town.slots[-1], town.rooms[0], title=session.title, hosts=session.hosts)
    Topic.objects.filter(pk=session.topic.pk).update(is_twice=True, repeat=again)
    search_host(again, reason="crew")
    assert search_host(again, reason="crew") is None
    actions.take_over(town.event, again.code, "Bela", town.device("Bela"))
    assert Topic.objects.get(pk=session.topic.pk).host == town.device("Aylin")
    assert [hosted.number for hosted in hosted_by(town.event, town.device("Bela"))] == [session.topic.number]
    assert [hosted.code for hosted in hosted_by(town.event, town.device("Aylin"))] == [session.code]


def test_a_session_without_a_phone_can_be_taken_over_too(town: Town) -> None:
    session = schedule(town.event, town.slots[0], town.rooms[0], title="Keynote", host_name="Gast")
    search_host(session, reason="crew")
    actions.take_over(town.event, session.code, "Bela", town.device("Bela"))
    told = town.told(FOUND)[-1]
    assert told.before == {"host": None}
    host_found(current(session))
    assert town.told(FOUND)[-1].before == {}
