"""Makes an event of many sessions beside the demo's; Django has to be set up before this is imported."""

import random
from datetime import datetime, timedelta

from tagwerk.events.actions import add_day, add_room, found
from tagwerk.events.rules import Feature, Mode, Phase
from tagwerk.kit.writer import action
from tagwerk.people.actions import grant
from tagwerk.people.models import Person
from tagwerk.people.rules import RoleKind
from tagwerk.programme import actions
from tagwerk.programme.models import Track
from tagwerk.programme.rules import Kind, Part

SLUG = "programme"
FIRST, EACH, LENGTH = timedelta(hours=9), timedelta(minutes=45), timedelta(minutes=30)
TRACKS = ("Beteiligung", "Offene Daten", "Verwaltung", "Stadtraum", "Technik")
WORDS = [
    "Verwaltung",
    "Stadt",
    "Daten",
    "Dialog",
    "Quartier",
    "Beteiligung",
    "Haushalt",
    "Karte",
    "Schule",
    "Verkehr",
    "Energie",
    "Offen",
    "Digital",
    "Labor",
    "Werkstatt",
    "Netz",
    "Zukunft",
    "Klima",
    "Register",
    "Formular",
]


@action
def make(sessions: int, rooms: int, days: int) -> None:
    """Make an event with a released programme that the demo's moderator runs; the same words each time."""
    chance = random.Random(7)  # noqa: S311 - invented words
    event = found(SLUG, "Open Government Tag", phase=Phase.ANNOUNCED, expected_people=700)
    grant(Person.objects.get(is_demo=True), event.realm, RoleKind.ORGANISER)
    today = datetime.now(tz=event.timezone).replace(hour=0, minute=0, second=0, microsecond=0)
    begins = [today + timedelta(days=number + 7) + FIRST for number in range(days)]
    for begin in begins:
        add_day(event, begin.date(), Mode.ON_SITE, [])
    places = [add_room(event, f"Raum {number + 1}", 80, (Feature.STEP_FREE,)) for number in range(rooms)]
    tracks = [actions.add_track(event, name) for name in TRACKS]
    for number in range(sessions):
        row, column = divmod(number, rooms)
        step, day = divmod(row, days)
        session = actions.draft(event, _told(chance, number, tracks))
        person = {"name": f"Person {number + 1} {_words(chance, 1)}", "biography": _words(chance, 40)}
        actions.set_parts(session, [(actions.add_speaker(event, person), Part.SPEAKER)])
        begin = begins[day] + step * EACH
        actions.put_draft(session, actions.slot_at(event, begin, begin + LENGTH), places[column])
    actions.release(event)


def _told(chance: random.Random, number: int, tracks: list[Track]) -> dict[str, object]:
    return {
        "title": f"{_words(chance, 5).capitalize()} {number + 1}",
        "kind": Kind.TALK,
        "language": "de",
        "description": f"{_words(chance, 40)}\n\n{_words(chance, 120)}",
        "track": tracks[number % len(tracks)],
    }


def _words(chance: random.Random, many: int) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(many))
