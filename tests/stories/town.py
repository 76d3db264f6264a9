"""A filled town for the stories: every kind of topic and session at once, and events that are empty or say *du*."""

from dataclasses import dataclass
from typing import Any

from tests.stories.house import House

ENOUGH = 2
LONG = "Wie wird aus einem Haushaltsplan ein Gespräch mit allen?"


@dataclass(frozen=True)
class Town:
    """Codes of what stands in the event."""

    planned: dict[str, Any]
    moved: dict[str, Any]
    cancelled: dict[str, Any]
    open: dict[str, Any]
    wanted: dict[str, Any]


def fill(house: House) -> Town:
    """Bring topics of every kind, sessions that stand, moved and fall out, and a notice."""
    people = [house.device() for _number in range(house.threshold())]
    planned, moved, cancelled = (
        _planned(house, people, title, host)
        for title, host in (("GovBot im Bürgeramt", "Kim L."), ("LoRaWAN misst Pegel", "Mara"), ("Drohnen", ""))
    )
    status, answer = house.move(moved["session"], **house.free_place(but=2))
    assert status == 200, answer
    assert house.crew_sends(f"sessions/{cancelled['session']}/cancel/") == 302
    words = {"description": "Erst lesen.\n\nDann reden: gern auch laut.", "mode": "online"}
    house.announce("Mittagessen ist da")
    long = house.propose(LONG, host_name="Öznur Ç.", **words)
    return Town(planned, moved, cancelled, long, house.propose("Offene Daten verstehen", wanted=True))


def _planned(house: House, people: list[str], title: str, host: str) -> Any:
    topic = house.propose(title, host_name=host)
    for person in people:
        house.ask("PUT", f"/topics/{topic['code']}/interest", None, person)
    found = house.ask("GET", f"/topics/{topic['code']}")[1]
    assert found["state"] == "planned", found
    return found


def another_event(house: House, slug: str, address: str = "sie") -> House:
    """Found a second event in the same program, empty, live and with a desk behind the demo's door.

    From then on two people are enough in every event: filling them is quick.
    """
    code = f"from tests.stories.town import found_another as f; print(f('{slug}', '{address}'))"
    return house.of(slug, house.run(code))


def open_call(slug: str) -> None:
    """Let an event ask for contributions, and people answer it, inside the program."""
    from tagwerk.events.models import Event
    from tagwerk.people.models import Person
    from tagwerk.site.demo.call import open_demo_call
    from tagwerk.site.demo.event import MODERATOR

    open_demo_call(Event.objects.get(realm__slug=slug), Person.objects.get(email=MODERATOR))


def found_another(slug: str, address: str) -> str:
    """Found the event inside the program; gives the token of its crew."""
    from tagwerk.barcamp.actions import open_barcamp
    from tagwerk.barcamp.models import Barcamp
    from tagwerk.events.actions import found
    from tagwerk.people.actions import grant, make_api_token
    from tagwerk.people.models import Person
    from tagwerk.people.rules import RoleKind
    from tagwerk.site.demo import event as demo

    Barcamp.objects.update(threshold=ENOUGH)
    event = found(slug, "Barcamp Nebenan", phase="live", address_form=address, place="Bürgerhaus", expected_people=900)
    open_barcamp(event, publish_mode="sofort", counts="exact", threshold=ENOUGH)
    demo._make_rooms(event)  # noqa: SLF001 - the same rooms and slots as next door
    demo._make_day(event)  # noqa: SLF001
    person = Person.objects.get(email=demo.MODERATOR)
    grant(person, event.realm, RoleKind.ORGANISER)
    return make_api_token(event.realm, "stories", RoleKind.ORGANISER, person)[1]


def search_a_plan(slug: str) -> None:
    """Search for a plan inside the program, with a room closed meanwhile, so that it has something to change."""
    from tagwerk.barcamp.actions.searching import begin_search
    from tagwerk.barcamp.planner.runs import follow
    from tagwerk.barcamp.planner.whole import whole_of
    from tagwerk.events.actions import change_room
    from tagwerk.events.models import Event
    from tagwerk.programme.models import Session
    from tagwerk.timetable.background import Order, Run

    event = Event.objects.at(slug).get()
    session = Session.objects.filter(event=event, topic__isnull=False, placement__is_active=True).first()
    room = session.placement.room_id if session else None
    change_room(event, room or 0, is_open=False)
    whole = whole_of(event, "keep")
    asked = {"style": "keep", "seconds": 2}
    run = begin_search(event, "plan", 0, asked, whole.given())  # type: ignore[arg-type]
    follow(run, whole, Run(whole.problem, Order(seconds=None, moves=300, keep=whole.keep)))
    change_room(event, room or 0, is_open=True)
