"""The operator's commands make accounts, roles and tokens, take them away, and say plainly what was wrong."""

import re
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from tagwerk.events.actions import found
from tagwerk.events.models import Event
from tagwerk.kit.refusals import Unauthenticated
from tagwerk.people.actors import by_bearer
from tagwerk.people.models import ApiToken, Person, Role

pytestmark = pytest.mark.django_db
MAIL = "mia@musterstadt.example"


@pytest.fixture
def event() -> Event:
    return found("fest", "Ein kleines Fest", phase="live")


def run(*words: str) -> str:
    said = StringIO()
    call_command(*words, stdout=said)
    return said.getvalue()


def test_a_person_gets_an_account_a_role_and_a_drawn_password(event: Event) -> None:
    said = run("add_person", MAIL, "--event", "fest", "--role", "moderator", "--name", "Mia")
    drawn = re.search(r"password: (\S{20})\n", said)
    assert drawn
    person = Person.objects.get(email=MAIL)
    assert person.check_password(drawn[1])
    assert Role.objects.get(person=person).kind == "moderator"


def test_a_person_who_has_an_account_keeps_the_password(event: Event) -> None:
    run("add_person", MAIL, "--event", "fest", "--role", "moderator")
    assert "password" not in run("add_person", MAIL.upper(), "--event", "fest", "--role", "helper")
    assert [role.kind for role in Role.objects.all()] == ["helper"]
    assert "password: " in run("add_person", MAIL, "--event", "fest", "--role", "helper", "--new-password")


def test_a_lost_second_step_is_forgotten(event: Event) -> None:
    run("add_person", MAIL, "--event", "fest", "--role", "moderator")
    Authenticator.objects.create(user=Person.objects.get(), type=Authenticator.Type.TOTP, data={})
    run("add_person", MAIL, "--event", "fest", "--role", "moderator", "--forget-second-step")
    assert not Authenticator.objects.exists()


def test_somebody_may_make_events_without_belonging_to_one() -> None:
    said = run("add_person", MAIL, "--may-create-events")
    assert "may create events" in said
    assert Person.objects.get().may_found
    assert not Role.objects.exists()


@pytest.mark.parametrize(
    "words", [(), ("--event", "fest"), ("--role", "helper"), ("--role", "helper", "--may-create-events")]
)
def test_event_and_role_belong_together(event: Event, words: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        run("add_person", MAIL, *words)
    assert not Person.objects.exists()


def test_a_role_is_taken_away(event: Event) -> None:
    run("add_person", MAIL, "--event", "fest", "--role", "moderator")
    before = Person.objects.get().rights_version
    run("withdraw_role", MAIL, "--event", "fest")
    assert not Role.objects.exists()
    assert Person.objects.get().rights_version > before


def test_a_token_works_until_it_is_revoked(event: Event) -> None:
    said = run("make_api_token", "--event", "fest", "--role", "organiser", "--label", "Anzeige")
    secret = said.split()[2]
    assert by_bearer(secret, event.realm).roles == ("organiser",)
    assert "Anzeige" in run("revoke_api_token")
    run("revoke_api_token", str(ApiToken.objects.get().pk))
    with pytest.raises(Unauthenticated):
        by_bearer(secret, event.realm)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add_person", MAIL, "--event", "feier", "--role", "helper"), "no event feier. Events: fest"),
        (("add_person", "mia", "--event", "fest", "--role", "helper"), "no mail address"),
        (("withdraw_role", MAIL, "--event", "fest"), "no account"),
        (("revoke_api_token", "7"), "no live token"),
    ],
)
def test_what_was_wrong_is_said(event: Event, words: tuple[str, ...], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        run(*words)


def test_a_role_that_is_not_there_cannot_be_taken_away(event: Event) -> None:
    run("add_person", MAIL, "--event", "fest", "--role", "helper")
    run("withdraw_role", MAIL, "--event", "fest")
    with pytest.raises(CommandError, match="has no role"):
        run("withdraw_role", MAIL, "--event", "fest")
