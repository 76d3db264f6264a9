"""`tagwerk manage add_event`: an event with a day, rooms and a barcamp, until the organiser's pages do it."""

from argparse import ArgumentParser
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tagwerk.barcamp.actions import open_barcamp
from tagwerk.barcamp.rules import Counts, Policy, PublishMode
from tagwerk.events.actions import add_day, add_room, anchor_slot, found
from tagwerk.events.models import Event
from tagwerk.events.rules import Mode, kind_of_name
from tagwerk.kit.dates import in_utc
from tagwerk.kit.writer import action
from tagwerk.programme.actions import schedule
from tagwerk.programme.rules import Kind

LUNCH = timedelta(hours=1)


class Command(BaseCommand):
    """Make an event as a draft; `set_phase` announces it."""

    help = "Make an event with one day, its rooms and its barcamp. It stays a draft until set_phase announces it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Describe the options."""
        parser.add_argument("slug", help="the event's part of every address, for example ogt-2027")
        parser.add_argument("--name", required=True)
        parser.add_argument("--place", default="")
        parser.add_argument("--date", required=True, type=date.fromisoformat, help="YYYY-MM-DD")
        parser.add_argument("--begin", default="10:00", type=time.fromisoformat, help="first session, local time")
        parser.add_argument("--rounds", default=4, type=int, help="how many sessions follow each other")
        parser.add_argument("--minutes", default=45, type=int)
        parser.add_argument("--pause", default=15, type=int)
        parser.add_argument("--rooms", required=True, help='names and seats: "Saal 120, Raum 2 60, Tisch 1 8"')
        parser.add_argument("--mode", default=Mode.ON_SITE.value, choices=[mode.value for mode in Mode])
        parser.add_argument("--zone", default="Europe/Berlin")
        parser.add_argument("--du", action="store_true", help="address people with du")
        parser.add_argument("--lunch", type=time.fromisoformat, help="a break of an hour that no delay moves")
        parser.add_argument("--people", default=250, type=int, help="how many are expected")
        parser.add_argument("--threshold", default=5, type=int)
        parser.add_argument("--policy", default=Policy.THRESHOLD.value, choices=[policy.value for policy in Policy])
        parser.add_argument(
            "--publish",
            default=PublishMode.TOGETHER.value,
            choices=[mode.value for mode in PublishMode],
            help="announce one plan after the pitches, or each topic as soon as enough people want it",
        )
        parser.add_argument("--counts", default=Counts.ENOUGH.value, choices=[counts.value for counts in Counts])

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it and say what is next."""
        if Event.objects.at(options["slug"]).exists():
            raise CommandError(f"There is already an event at {options['slug']}.")
        rooms = [_room(text.strip()) for text in options["rooms"].split(",") if text.strip()]
        event = make(options, rooms)
        self.stdout.write(f"{event.name} is there as a draft. Next:")
        self.stdout.write(f"  tagwerk manage add_person you@example.org --event {event.slug} --role organiser")
        self.stdout.write(f"  tagwerk manage set_phase {event.slug} announced")


@action
def make(options: dict[str, Any], rooms: list[tuple[str, int]]) -> Event:
    """Make the event with everything that belongs to it, or nothing."""
    event = found(
        options["slug"],
        options["name"],
        expected_people=options["people"],
        place=options["place"],
        zone=options["zone"],
        address_form=Event.Address.DU if options["du"] else Event.Address.SIE,
    )
    open_barcamp(
        event,
        policy=options["policy"],
        threshold=options["threshold"],
        counts=options["counts"],
        publish_mode=options["publish"],
    )
    for name, capacity in rooms:
        add_room(event, name, capacity, kind=kind_of_name(name))
    for slot in add_day(event, options["date"], options["mode"], _spans(event, options)):
        if not slot.is_open:
            schedule(event, slot, None, title="Mittagspause", kind=Kind.BREAK)
            anchor_slot(slot, anchored=True)
    return event


def _spans(event: Event, options: dict[str, Any]) -> list[tuple[datetime, datetime, bool]]:
    """Give the sessions' times and whether they are open; those that would reach into lunch begin after it."""
    begin = in_utc(options["date"], options["begin"], event.timezone)
    length, pause = timedelta(minutes=options["minutes"]), timedelta(minutes=options["pause"])
    lunch = in_utc(options["date"], options["lunch"], event.timezone) if options["lunch"] else None
    spans = []
    for _round in range(options["rounds"]):
        if lunch and begin < lunch + LUNCH and begin + length > lunch:
            begin = lunch + LUNCH
        spans.append((begin, begin + length, True))
        begin += length + pause
    return sorted([*spans, (lunch, lunch + LUNCH, False)] if lunch else spans)


def _room(text: str) -> tuple[str, int]:
    name, _space, seats = text.rpartition(" ")
    if not name or not seats.isdigit() or not int(seats):
        raise CommandError(f'A room needs a name and its seats, such as "Raum 2 60"; "{text}" is not that.')
    return name, int(seats)
