"""`tagwerk manage withdraw_role`: takes a person's role at an event away, at once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tagwerk.people import actions
from tagwerk.people.management.asking import add_event_argument, person_at, realm_at
from tagwerk.people.models import Role


class Command(BaseCommand):
    """The account stays; its open desk pages close within seconds."""

    help = "Take a person's role at an event away; open desk pages close within seconds."

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the person and the event."""
        parser.add_argument("email")
        add_event_argument(parser)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do it."""
        realm, person = realm_at(options["event"]), person_at(options["email"])
        if not Role.objects.filter(person=person, realm=realm).exists():
            raise CommandError(f"{person.email} has no role at {realm.slug}.")
        actions.withdraw_role(person, realm)
        self.stdout.write(f"{person.email} has no role at {realm.slug} any more.")
