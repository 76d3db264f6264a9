"""Somebody is asked into the crew: the link is valid once and for a week, and never takes a higher role away."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tagwerk.kit.logs import one_line
from tagwerk.kit.refusals import Refusal, Unknown
from tagwerk.people import inviting
from tagwerk.people.actions import add_person, allow_founding, grant
from tagwerk.people.models import Invitation, Person, Realm
from tagwerk.people.rules import RoleKind
from tests.town import Town


@pytest.fixture
def realm(town: Town) -> Realm:
    return town.event.realm


@pytest.fixture
def jonas(town: Town) -> Person:
    return add_person("jonas@musterstadt.example", "Jonas", "gut gehütet und lang genug")


def test_an_invitation_gives_its_role_once(realm: Realm, town: Town, jonas: Person) -> None:
    row, secret = inviting.invite(realm, "Jonas, Bürgerbüro", RoleKind.MODERATOR, town.mara)
    assert secret not in row.digest
    assert inviting.invitation_of(secret) == row
    assert inviting.accept(secret, jonas).kind == RoleKind.MODERATOR
    assert not Invitation.objects.exists()
    with pytest.raises(Unknown) as refusal:
        inviting.accept(secret, jonas)
    assert refusal.value.kind == "void-invitation"


def test_a_higher_role_stays(realm: Realm, jonas: Person) -> None:
    grant(jonas, realm, RoleKind.ORGANISER)
    secret = inviting.invite(realm, "", RoleKind.HELPER, None)[1]
    assert inviting.accept(secret, jonas).kind == RoleKind.ORGANISER


def test_a_lower_role_rises(realm: Realm, jonas: Person) -> None:
    grant(jonas, realm, RoleKind.HELPER)
    secret = inviting.invite(realm, "", RoleKind.ORGANISER, None)[1]
    assert inviting.accept(secret, jonas).kind == RoleKind.ORGANISER


def test_after_a_week_it_opens_nothing(realm: Realm, jonas: Person) -> None:
    secret = inviting.invite(realm, "", RoleKind.HELPER, None)[1]
    with time_machine.travel(timezone.now() + inviting.VALID + timedelta(seconds=1)):
        assert not inviting.open_invitations(realm).exists()
        with pytest.raises(Unknown):
            inviting.accept(secret, jonas)
        assert inviting.forget_old_invitations() == 1


def test_a_withdrawn_one_opens_nothing_and_only_the_own_can_be_withdrawn(
    realm: Realm, neighbours: Town, jonas: Person
) -> None:
    row, secret = inviting.invite(realm, "", RoleKind.HELPER, None)
    inviting.withdraw_invitation(neighbours.event.realm, row.pk)
    assert inviting.invitation_of(secret) == row
    inviting.withdraw_invitation(realm, row.pk)
    with pytest.raises(Unknown):
        inviting.accept(secret, jonas)


def test_two_who_come_with_the_same_link_get_one_role(
    realm: Realm, jonas: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, secret = inviting.invite(realm, "", RoleKind.HELPER, None)
    monkeypatch.setattr(inviting, "invitation_of", lambda _secret: row)  # both have looked, one was faster
    inviting.accept(secret, jonas)
    with pytest.raises(Unknown):
        inviting.accept(secret, jonas)


def test_there_is_an_end_to_open_invitations(realm: Realm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inviting, "MOST_OPEN", 1)
    inviting.invite(realm, "", RoleKind.HELPER, None)
    with pytest.raises(Refusal):
        inviting.invite(realm, "", RoleKind.HELPER, None)


def test_the_secret_stays_out_of_the_log(realm: Realm) -> None:
    secret = inviting.invite(realm, "", RoleKind.HELPER, None)[1]
    assert secret not in one_line(f"GET /accounts/invitation/{secret}/")


def test_somebody_may_make_events(jonas: Person) -> None:
    assert not jonas.may_found
    allow_founding(jonas)
    assert Person.objects.get(pk=jonas.pk).may_found
