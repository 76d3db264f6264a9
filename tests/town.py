"""One small town with named people: Barcamp Musterstadt next month, and a neighbour with people of its own."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone

from tagwerk.barcamp import actions as barcamp
from tagwerk.barcamp.models import Topic
from tagwerk.barcamp.rules import Counts, PublishMode
from tagwerk.events.actions import add_day, add_room, found
from tagwerk.events.models import Day, Event, Room, Slot
from tagwerk.events.rules import Feature, Mode, Phase
from tagwerk.kit.dates import in_utc
from tagwerk.live.models import Change, Stream
from tagwerk.people.actions import add_person, grant, make_api_token, mint_device
from tagwerk.people.models import DeviceToken, Person
from tagwerk.people.rules import RoleKind
from tagwerk.programme.actions import schedule
from tagwerk.programme.models import Session
from tagwerk.programme.rules import Kind
from tests.towns import Kept

ZONE = ZoneInfo("Europe/Berlin")
NAMES = ("Aylin", "Bela", "Cem", "Dana", "Emil")
NEIGHBOURS = ("Frida", "Goran")
THRESHOLD = 3
HOURS = ((10, True), (11, True), (12, False), (14, True), (15, False))  # when a slot begins; open for the barcamp
ROOMS = (
    ("Saal", 100, (Feature.STEP_FREE, Feature.HYBRID, Feature.PROJECTOR)),
    ("Raum 2", 40, (Feature.STEP_FREE, Feature.PROJECTOR)),
    ("Werkstatt", 20, ()),
)


@dataclass(frozen=True)
class Phone:
    """Somebody's device and the secret that only it keeps."""

    device: DeviceToken
    secret: str

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}"}


@dataclass(frozen=True)
class Town:
    """An event with its frame and its people; `token` is an organiser's program."""

    slug: str
    event: Event
    day: Day
    slots: list[Slot]
    breaks: list[Slot]
    rooms: list[Room]
    phones: dict[str, Phone]
    mara: Person
    token: str

    @property
    def api(self) -> str:
        return f"/api/v1/events/{self.slug}"

    @property
    def crew(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    @property
    def revision(self) -> int:
        return Stream.objects.get(pk=self.event.stream).revision

    def device(self, name: str) -> DeviceToken:
        return self.phones[name].device

    def told(self, *kinds: str) -> list[Change]:
        """Give the changes of these kinds (or all) in order."""
        every = Change.objects.filter(stream=self.event.stream).order_by("revision")
        return list(every.filter(kind__in=kinds) if kinds else every)


def the_day() -> date:
    """Give a day in the future without a clock change."""
    day = timezone.localdate() + timedelta(days=30)
    return day if day.weekday() < 5 else day + timedelta(days=2)  # clocks change on Sundays


def at(hour: int, minute: int = 0) -> datetime:
    return in_utc(the_day(), time(hour, minute), ZONE)


def found_town(
    slug: str, name: str, people: Iterable[str] = NAMES, *, phase: Phase = Phase.LIVE, threshold: int = THRESHOLD
) -> Town:
    """Make an event with three rooms, three open slots, breaks, a moderator and people with phones."""
    event = found(slug, name, phase=phase, expected_people=1000)
    spans = [(at(hour), at(hour, 45), is_open) for hour, is_open in HOURS]
    slots = add_day(event, the_day(), Mode.HYBRID, spans)
    breaks = [slot for slot in slots if not slot.is_open]
    for slot, title in zip(breaks, ("Mittagspause", "Abschluss"), strict=True):
        schedule(event, slot, None, title=title, kind=Kind.BREAK)
    rooms = [add_room(event, title, seats, features) for title, seats, features in ROOMS]
    barcamp.open_barcamp(event, publish_mode=PublishMode.AT_ONCE, counts=Counts.EXACT, threshold=threshold)
    mara = add_person(f"mara@{slug}.example", "Mara", "gut gehütet und lang genug")
    Authenticator.objects.create(user=mara, type=Authenticator.Type.TOTP, data={"secret": "for tests"})
    grant(mara, event.realm, RoleKind.MODERATOR)
    _row, token = make_api_token(event.realm, "tests", RoleKind.ORGANISER, mara)
    phones = {person: mint(event, person) for person in people}
    return Town(slug, event, slots[0].day, [slot for slot in slots if slot.is_open], breaks, rooms, phones, mara, token)


def mint(event: Event, person: str) -> Phone:
    return Phone(*mint_device(event.realm, f"origin of {person}"[:32]))


def someone_proposes(town: Town, title: str = "Offene Daten", by: str = "Aylin", **words: Any) -> Topic:
    """Let somebody bring a topic under their own name (`wanted=True`: wish for it)."""
    wanted = words.pop("wanted", False)
    return barcamp.propose(town.event, {"title": title, "host_name": by, **words}, town.device(by), wanted=wanted)


def back_by(town: Town, topic: Topic, people: int) -> Topic:
    """Let the first `people` of the town show interest; beyond the named ones come strangers."""
    phones = list(town.phones.values())
    phones += [mint(town.event, f"stranger {number}") for number in range(len(phones), people)]
    for phone in phones[:people]:
        topic = barcamp.back(town.event, topic.code, phone.device)
    return fresh(topic)


def planned(town: Town, title: str = "Offene Daten", by: str = "Aylin", **words: Any) -> Session:
    """Bring a topic into the programme and give its session."""
    topic = back_by(town, someone_proposes(town, title, by, **words), THRESHOLD)
    assert topic.session is not None, topic.reasons
    return topic.session


def fresh(topic: Topic) -> Topic:
    """Give a topic as it stands in the database, with all that its cards need."""
    return Topic.objects.of(topic.event).get(pk=topic.pk)


def cell(session: Session) -> tuple[int, int | None]:
    """Give where a session stands in the database."""
    placement = Session.objects.get(pk=session.pk).placement
    return placement.slot_id, placement.room_id


def browser(town: Town | None = None, name: str = "") -> Client:
    """Give a browser of today, with the cookie of somebody's phone if a name is given."""
    client = Client(headers={"Sec-Fetch-Site": "same-origin"})
    if town and name:
        client.cookies[f"tw-{town.slug}"] = town.phones[name].secret
    return client


def signed_in(person: Person) -> Client:
    """Give a browser in which somebody of a crew has signed in and shown the second factor."""
    client = browser()
    client.force_login(person)
    request = HttpRequest()
    request.session = client.session
    record_authentication(request, person, method="mfa", type="totp")
    request.session.save()
    return client


MUSTERSTADT = Kept(lambda: found_town("musterstadt", "Barcamp Musterstadt"))
NACHBARSTADT = Kept(lambda: found_town("nachbarstadt", "Barcamp Nachbarstadt", NEIGHBOURS))


@pytest.fixture
def town(db: None) -> Town:
    """Musterstadt, live, where three interested people are enough."""
    return MUSTERSTADT.again()


@pytest.fixture
def neighbours(town: Town) -> Town:
    """Another event in the same house, whose people have no business in Musterstadt."""
    return NACHBARSTADT.again()


@pytest.fixture
def desk(town: Town) -> Client:
    """Mara's browser, signed in."""
    return signed_in(town.mara)


def with_barcamp(town: Town, **fields: Any) -> Town:
    """Run the barcamp of the town by other rules."""
    for name, value in fields.items():
        setattr(town.event.barcamp, name, value)
    town.event.barcamp.save()
    return replace(town, event=Event.objects.get(pk=town.event.pk))
