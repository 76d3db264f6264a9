"""`tagwerk manage make_api_token`: lets a program work for the crew of an event."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tagwerk.people import actions
from tagwerk.people.management.asking import add_event_argument, add_role_argument, realm_at
from tagwerk.people.rules import RoleKind


class Command(BaseCommand):
    """Prints the token once; only its hash is kept."""

    help = "Make a token for a program that works for the crew; it is printed once."

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the event, the role and what the token is for."""
        add_event_argument(parser)
        add_role_argument(parser)
        parser.add_argument("--label", required=True, help="what it is for, so that it can be found and revoked")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Make it."""
        realm = realm_at(options["event"])
        row, secret = actions.make_api_token(realm, options["label"], RoleKind(options["role"]), None)
        self.stdout.write(f"api token: {secret}")
        self.stdout.write(f"Its number is {row.pk}: tagwerk manage revoke_api_token {row.pk}", self.style.NOTICE)
