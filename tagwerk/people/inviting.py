"""Somebody is asked into the crew by a personal link: it is valid once, for a week, and only its hash is with us."""

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tagwerk.kit.refusals import Refusal, Unknown
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold
from tagwerk.people import rules, tokens
from tagwerk.people.actions import grant
from tagwerk.people.models import Invitation, Person, Realm, Role

VALID = timedelta(days=7)
MOST_OPEN = 50


@action
def invite(realm: Realm, label: str, kind: rules.RoleKind, made_by: Person | None) -> tuple[Invitation, str]:
    """Ask somebody into the crew of a realm; gives the row and the secret of the link, which is shown once."""
    hold(realm.pk)
    if open_invitations(realm).count() >= MOST_OPEN:
        raise Refusal("too-many", _("Es sind schon sehr viele Einladungen offen. Bitte nehmen Sie erst einige zurück."))
    secret = tokens.new_secret(tokens.INVITATION)
    until = timezone.now() + VALID
    row = Invitation.objects.create(
        realm=realm, digest=tokens.digest(secret), label=label, kind=kind, made_by=made_by, valid_until=until
    )
    return row, secret


@action
def withdraw_invitation(realm: Realm, number: int) -> None:
    """Make a link void; one that was used or is gone stays as it is."""
    Invitation.objects.filter(realm=realm, pk=number).delete()


@action
def accept(secret: str, person: Person) -> Role:
    """Give a person the role of an invitation and use it up; a higher role that they have already stays.

    Raises `Unknown` when the link is void: used, withdrawn, or older than a week.
    """
    invitation = invitation_of(secret)
    realm = invitation.realm
    hold(realm.pk)
    if not Invitation.objects.filter(pk=invitation.pk).delete()[0]:
        raise void()
    role = Role.objects.filter(person=person, realm=realm).first()
    if role is not None and rules.may([role.kind], rules.RoleKind(invitation.kind)):
        return role
    return grant(person, realm, rules.RoleKind(invitation.kind))


def invitation_of(secret: str) -> Invitation:
    """Give the invitation that a link opens; raises `Unknown`."""
    live = Invitation.objects.filter(valid_until__gt=timezone.now()).select_related("realm", "made_by")
    invitation = live.filter(digest=tokens.digest(secret)).first()
    if invitation is None:
        raise void()
    return invitation


def open_invitations(realm: Realm) -> QuerySet[Invitation]:
    """Give the invitations that still open something."""
    return Invitation.objects.filter(realm=realm, valid_until__gt=timezone.now()).order_by("pk")


@action
def forget_old_invitations() -> int:
    """Delete invitations that nobody took in time; gives their number."""
    return Invitation.objects.filter(valid_until__lte=timezone.now()).delete()[0]


def void() -> Unknown:
    """Give the refusal for a link that opens nothing any more."""
    return Unknown(
        "void-invitation",
        _("Diese Einladung gilt nicht mehr. Bitte lassen Sie sich eine neue schicken."),
    )
