"""A day that fills the paper: seven rooms, eight slots with breaks, thirty topics whose titles are as long as can be."""

from datetime import datetime, time, timedelta
from typing import Any

from tests.stories.house import House

TOPICS, ROUNDS = 30, 8
ROOMS = ("Großer Saal", "Raum 2", "Raum 3", "Werkstatt", "Bibliothek", "Ratssitzungszimmer", "Empore")
TITLES = (
    "Wie wird aus einem Haushaltsplan ein Gespräch mit allen hier",
    "Datenschutzfolgenabschätzung für Bürgerbeteiligungsplattform",
    "Offene Daten: was Rathaus, Schule und Verein davon haben, x2",
)


def large(house: House, slug: str, **event: Any) -> House:
    """Found the event inside the program, with the demo's moderator in its crew."""
    code = f"from tests.stories.large import found_large as f; print(f('{slug}', **{event!r}))"
    return house.of(slug, house.run(code))


def found_large(slug: str, **fields: Any) -> str:
    """Found the event; gives the token of its crew."""
    from tagwerk.barcamp.actions import open_barcamp, propose
    from tagwerk.events.actions import add_day, add_room, found
    from tagwerk.kit.dates import in_utc
    from tagwerk.people.actions import grant, make_api_token
    from tagwerk.people.models import Person
    from tagwerk.people.rules import RoleKind
    from tagwerk.programme.actions import schedule
    from tagwerk.programme.rules import Kind
    from tagwerk.site.demo import event as demo

    event = found(slug, "Barcamp Offene Verwaltung Musterstadt", phase="live", place="Bürgerhaus", **fields)
    open_barcamp(event, publish_mode="sofort", counts="exact", threshold=99)
    rooms = [add_room(event, name, 30 + 10 * number, ["step_free"]) for number, name in enumerate(ROOMS)]
    day = (datetime.now(event.timezone) + timedelta(days=1)).date()
    spans = []
    for number in range(ROUNDS):
        start = in_utc(day, time(9 + number), event.timezone)
        spans.append((start, start + timedelta(minutes=45), number != 3))
        if number in (1, 5):
            spans.append((start + timedelta(minutes=45), start + timedelta(hours=1), False))
    slots = add_day(event, day, "on_site", spans)
    closed = [slot for slot in slots if not slot.is_open]
    for slot, title in zip(closed, ("Kaffeepause", "Mittagessen", "Kaffeepause"), strict=True):
        schedule(event, slot, None, title=title, kind=Kind.BREAK)
    places = [(slot, room) for slot in slots if slot.is_open for room in rooms]
    for number in range(TOPICS):
        words = {"title": TITLES[number % len(TITLES)][:60], "host_name": f"Annegret Musterfrau-Schmidt {number}"}
        topic = propose(event, words, None)
        slot, room = places[number]
        topic.session = schedule(event, slot, room, title=topic.title, host_name=topic.host_name)
        topic.state = "planned"
        topic.save()
    person = Person.objects.get(email=demo.MODERATOR)
    grant(person, event.realm, RoleKind.ORGANISER)
    return make_api_token(event.realm, "stories", RoleKind.ORGANISER, person)[1]
