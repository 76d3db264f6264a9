"""The own plan in a calendar: a secret address, stable names, rising versions, cancelled stays; and what changed."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar, Component

from tagwerk.barcamp import actions as barcamp
from tagwerk.people.feeds import device_by_feed, feed_secret
from tagwerk.programme import actions
from tagwerk.programme.models import Session
from tagwerk.site.noticing import watch_plans
from tests.programme.test_actions import talk
from tests.town import Town, browser, planned

pytestmark = pytest.mark.django_db


def address(town: Town, name: str) -> str:
    return f"/{town.slug}/mine/{feed_secret(town.device(name))}.ics"


def entries(town: Town, name: str) -> list[Component]:
    answer = Client().get(address(town, name))
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def moment(entry: Any) -> datetime:
    """Give when an entry begins; icalendar's types do not know which property has which value."""
    return entry["DTSTART"].dt  # type: ignore[no-any-return]


def comes(town: Town, session: Session, name: str) -> None:
    barcamp.come(town.event, session.code, town.device(name))


def test_a_calendar_follows_a_session_with_the_same_name_and_a_rising_version(town: Town) -> None:
    session = planned(town, by="Cem")
    comes(town, session, "Dana")
    (before,) = entries(town, "Dana")
    actions.move(session, town.slots[1], town.rooms[2])
    (after,) = entries(town, "Dana")
    assert (before["UID"], before["SEQUENCE"], before["STATUS"]) == (after["UID"], 0, "CONFIRMED")
    assert after["SEQUENCE"] == 1
    assert str(after["LOCATION"]).startswith("Werkstatt")
    assert moment(after) == town.slots[1].start
    assert str(after["SUMMARY"]) == f"1 {session.title}"
    session.refresh_from_db()
    actions.cancel(session)
    (gone,) = entries(town, "Dana")
    assert (gone["UID"], gone["SEQUENCE"], gone["STATUS"]) == (before["UID"], 2, "CANCELLED")
    assert str(gone["SUMMARY"]).startswith("Fällt aus")


def test_own_sessions_are_sure_and_interest_is_not(town: Town) -> None:
    planned(town, by="Cem")
    assert [entry["STATUS"] for entry in entries(town, "Cem")] == ["CONFIRMED"]
    interested = [name for name in ("Aylin", "Bela", "Dana", "Emil") if entries(town, name)]
    assert interested
    assert {entries(town, name)[0]["STATUS"] for name in interested} == {"TENTATIVE"}


def test_who_has_the_calendar_is_answered_304_and_no_secret_opens_another(town: Town) -> None:
    comes(town, planned(town), "Dana")
    first = Client().get(address(town, "Dana"))
    again = Client().get(address(town, "Dana"), headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["Cache-Control"] == "private, no-cache"
    secret = feed_secret(town.device("Dana"))
    for wrong in (
        secret[:-1] + "a",
        "x",
        "1" * 40 + "-a",
        "²-a",
        f"{town.device('Cem').pk}-{secret.partition('-')[2]}",
    ):
        assert Client().get(f"/{town.slug}/mine/{wrong}.ics").status_code == 404


def test_a_new_address_closes_the_old_one_and_forgetting_closes_all(town: Town) -> None:
    old, dana = address(town, "Dana"), browser(town, "Dana")
    page = dana.get(f"/{town.slug}/mine/").text
    assert f"webcal://testserver{old}" in page
    assert dana.post(f"/{town.slug}/mine/calendar/").status_code == 302
    town.device("Dana").refresh_from_db()
    assert Client().get(old).status_code == 404
    assert Client().get(address(town, "Dana")).status_code == 200
    browser(town, "Dana").post(f"/{town.slug}/mine/forget/", {"do": "all"})
    assert device_by_feed(town.event.realm, feed_secret(town.device("Dana"))) is None
    assert Client().post(f"/{town.slug}/mine/calendar/").status_code == 302, "nobody's address is nothing to renew"


def test_those_who_come_hear_from_where_to_where_and_nobody_else(town: Town) -> None:
    session = planned(town, by="Cem")
    comes(town, session, "Dana")
    watch_plans()
    actions.move(session, session.placement.slot, town.rooms[2])
    comes(town, session, "Emil")
    watch_plans()
    assert notices(town, "Dana") == [], "it has not settled yet"
    settle(town)
    (line,) = notices(town, "Dana")
    assert line == f"„{session.title}“ in Werkstatt statt Saal"
    assert notices(town, "Cem") == [line], "who brought it hears of it, too"
    assert line in browser(town, "Dana").get(f"/{town.slug}/mine/").text
    assert notices(town, "Bela") == []
    assert browser().get(f"/{town.slug}/mine/", headers={"Accept": "application/json"}).json()["notices"] == []


def settle(town: Town) -> None:
    """Let what changed have stood for a while."""
    actions.give_notices(town.event, timezone.now() + timedelta(seconds=10))


def notices(town: Town, name: str) -> list[str]:
    mine = browser(town, name).get(f"/{town.slug}/mine/", headers={"Accept": "application/json"}).json()
    return [notice["text"] for notice in mine["notices"]]


def test_the_plan_shows_when_somebody_is_free_and_what_there_is(town: Town) -> None:
    here, there = planned(town, "Radwege", by="Cem"), talk(town, 1, 1)
    page = " ".join(browser(town, "Cem").get(f"/{town.slug}/mine/").text.split())
    assert here.title in page
    assert f'#slot-{town.slots[1].pk}" aria-label="1 Session um 11:00 ansehen">1 Session zur Wahl</a>' in page
    actions.cancel(there)
    assert "zur Wahl" not in browser(town, "Cem").get(f"/{town.slug}/mine/").text
