"""`tagwerk manage add_person`: makes an account (or finds it), gives it a role at an event, or lets it make events."""

import getpass
import secrets
import sys
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from tagwerk.people import actions
from tagwerk.people.management.asking import add_event_argument, add_role_argument, realm_at
from tagwerk.people.models import Person, Realm
from tagwerk.people.rules import RoleKind


class Command(BaseCommand):
    """Asks for the password on a terminal, else draws one and prints it."""

    help = "Make an account, give it a role at an event or let it make events; an account that exists only gets these."

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the person, the event and the role."""
        parser.add_argument("email")
        parser.add_argument("--name", default="", help="shown to the rest of the crew")
        parser.add_argument("--generate", action="store_true", help="draw a password and print it instead of asking")
        parser.add_argument(
            "--new-password", action="store_true", help="also when the account exists: set a new password"
        )
        parser.add_argument("--forget-second-step", action="store_true", help="app, passkeys and codes are lost")
        parser.add_argument(
            "--may-create-events", action="store_true", help="this person makes events by the guided form"
        )
        add_event_argument(parser, required=False)
        add_role_argument(parser, required=False)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do it, and say what to do next."""
        realm = _realm(options)
        email = _checked(options["email"])
        person = Person.objects.filter(email__iexact=email).first()
        if person is None or options["new_password"]:
            draws = options["generate"] or not sys.stdin.isatty()
            password = secrets.token_urlsafe(15) if draws else _asked(email)
            person = self._with_password(person, email, options["name"], password)
            if draws:
                self.stdout.write(f"password: {password}")
        if options["forget_second_step"]:
            actions.forget_second_step(person)
        if realm:
            actions.grant(person, realm, RoleKind(options["role"]))
            self.stdout.write(f"{person.email} is {options['role']} of {realm.slug}.")
        if options["may_create_events"]:
            actions.allow_founding(person)
            self.stdout.write(f"{person.email} may create events: sign in at /accounts/login/.")
        self.stdout.write("At the first sign-in a second step is set up: an authenticator app or a passkey.")

    def _with_password(self, person: Person | None, email: str, name: str, password: str) -> Person:
        if person is None:
            return actions.add_person(email, name, password)
        actions.change_password(person, password)
        return person


def _realm(options: dict[str, Any]) -> Realm | None:
    """Give the event that a role is for; role and event belong together, and one thing at least has to be given."""
    if bool(options["event"]) != bool(options["role"]):
        raise CommandError("--event and --role belong together.")
    if not options["event"] and not options["may_create_events"]:
        raise CommandError("Say --event and --role, or --may-create-events.")
    return realm_at(options["event"]) if options["event"] else None


def _checked(email: str) -> str:
    try:
        validate_email(email)
    except ValidationError:
        raise CommandError(f"{email} is no mail address.") from None
    return email.lower()


def _asked(email: str) -> str:
    password = getpass.getpass("Password: ")
    if password != getpass.getpass("Once more: "):
        raise CommandError("These were two different passwords; nothing was changed.")
    try:
        validate_password(password, Person(email=email))
    except ValidationError as fault:
        raise CommandError(" ".join(fault.messages)) from None
    return password
