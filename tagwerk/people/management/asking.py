"""What the commands about people share: finding a realm and a person, and saying plainly when there is none."""

from django.core.management.base import CommandError, CommandParser

from tagwerk.people.models import Person, Realm
from tagwerk.people.rules import RoleKind


def add_event_argument(parser: CommandParser, *, required: bool = True) -> None:
    """Ask for the event by its part of the address."""
    parser.add_argument("--event", required=required, metavar="SLUG", help="the event's part of its address")


def add_role_argument(parser: CommandParser, *, required: bool = True) -> None:
    """Ask for a role."""
    kinds = [kind.value for kind in RoleKind]
    parser.add_argument("--role", required=required, choices=kinds, help="each role includes those after it")


def realm_at(slug: str) -> Realm:
    """Give the realm of an event; names the events there are when it is unknown."""
    realm = Realm.objects.filter(slug=slug).first()
    if realm is None:
        known = ", ".join(Realm.objects.order_by("slug").values_list("slug", flat=True)) or "none yet"
        raise CommandError(f"There is no event {slug}. Events: {known}.")
    return realm


def person_at(email: str) -> Person:
    """Give the person with a mail address."""
    person = Person.objects.filter(email__iexact=email).first()
    if person is None:
        raise CommandError(f"There is no account {email}.")
    return person
