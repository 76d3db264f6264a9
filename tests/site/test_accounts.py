"""The crew signs in with two steps, is led there kindly, and nobody gets in by trying or by a stolen session."""

import re
import time
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from tagwerk.events.actions import found
from tagwerk.events.models import Event
from tagwerk.people import actions as people
from tagwerk.people.models import Person
from tagwerk.people.rules import RoleKind

pytestmark = pytest.mark.django_db

PASSWORD = "ein langer Satz als Passwort"
MAIL = "mia@musterstadt.example"
LOGIN, DESK, ACCOUNT = "/accounts/login/", "/fest/desk/", "/accounts/2fa/"


def phone_of_somebody() -> Client:
    """Give a browser: it says that its forms come from our own pages."""
    return Client(headers={"Sec-Fetch-Site": "same-origin"})


@pytest.fixture
def client() -> Client:
    return phone_of_somebody()


@pytest.fixture(autouse=True)
def _no_tries_yet() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def event() -> Event:
    return found("fest", "Ein kleines Fest", phase="live")


@pytest.fixture
def mia(event: Event) -> Person:
    person = people.add_person(MAIL, "Mia", PASSWORD)
    people.grant(person, event.realm, RoleKind.MODERATOR)
    return person


def sign_in(client: Client, password: str = PASSWORD, mail: str = MAIL, **headers: str) -> str:
    """Send the form; give where it leads, or the page when it stays."""
    answer = client.post(LOGIN, {"login": mail, "password": password}, headers=headers)
    return answer.headers.get("Location", "") or answer.content.decode()


def connect_app(client: Client) -> str:
    """Set up an app as a person does; give its secret."""
    page = client.get(f"{ACCOUNT}totp/activate/").content.decode()
    secret = re.findall(r"<code>([A-Z2-7]+)</code>", page)[0]
    answer = client.post(f"{ACCOUNT}totp/activate/", {"code": code_of(secret)})
    assert answer.headers["Location"] == f"{ACCOUNT}recovery-codes/"
    return str(secret)


def code_of(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def test_a_stranger_is_led_to_sign_in_and_back(client: Client, mia: Person) -> None:
    assert client.get(DESK).headers["Location"] == f"{LOGIN}?next=%2Ffest%2Fdesk%2F"
    assert client.get("/en/fest/desk/").headers["Location"] == "/en/accounts/login/?next=%2Fen%2Ffest%2Fdesk%2F"


def test_a_phone_that_voted_is_led_to_sign_in_too(client: Client, mia: Person) -> None:
    client.post("/fest/mine/device/")
    assert client.cookies
    assert client.get(DESK).headers["Location"].startswith(LOGIN)


def test_without_a_second_step_one_is_set_up_before_the_desk_opens(client: Client, mia: Person) -> None:
    answer = client.post(LOGIN, {"login": MAIL, "password": PASSWORD, "next": DESK})
    assert answer.headers["Location"] == DESK
    assert client.get(DESK).headers["Location"] == f"{ACCOUNT}?next=%2Ffest%2Fdesk%2F"
    assert "Noch ein Schritt" in client.get(f"{ACCOUNT}?next={DESK}").content.decode()
    connect_app(client)
    codes = client.get(f"{ACCOUNT}recovery-codes/").content.decode()
    assert codes.count("<li><code>") == 10
    assert f'href="{DESK}"' in codes
    assert client.get(DESK).status_code == 200


def test_recovery_codes_are_shown_once(client: Client, mia: Person) -> None:
    sign_in(client)
    connect_app(client)
    assert "<li><code>" in client.get(f"{ACCOUNT}recovery-codes/").content.decode()
    assert "<li><code>" not in client.get(f"{ACCOUNT}recovery-codes/").content.decode()


def test_password_and_code_open_the_desk(client: Client, mia: Person) -> None:
    sign_in(client)
    secret = connect_app(client)
    phone = phone_of_somebody()
    assert sign_in(phone) == f"{ACCOUNT}authenticate/"
    assert phone.get(DESK).headers["Location"].startswith(LOGIN)
    assert "Dieser Code stimmt nicht" in phone.post(f"{ACCOUNT}authenticate/", {"code": "000000"}).content.decode()
    phone.post(f"{ACCOUNT}authenticate/", {"code": code_of(secret)})
    cache.clear()
    assert phone.get(DESK).status_code in (200, 302)


def test_a_recovery_code_opens_the_desk_once(client: Client, mia: Person) -> None:
    sign_in(client)
    connect_app(client)
    code = re.findall(r"<li><code>(\w+)</code>", client.get(f"{ACCOUNT}recovery-codes/").content.decode())[0]
    for place in ("/accounts/", None):
        phone = phone_of_somebody()
        sign_in(phone)
        assert phone.post(f"{ACCOUNT}authenticate/", {"code": code}).headers.get("Location") == place


def test_a_session_from_before_the_second_step_stays_outside(mia: Person) -> None:
    thief, owner = phone_of_somebody(), phone_of_somebody()
    sign_in(thief)
    sign_in(owner)
    connect_app(owner)
    assert owner.get(DESK).status_code == 200
    assert thief.get(DESK).headers["Location"].startswith(ACCOUNT)


def test_a_person_without_a_role_is_refused(client: Client, event: Event) -> None:
    people.add_person("gast@musterstadt.example", "Gast", PASSWORD)
    sign_in(client, mail="gast@musterstadt.example")
    assert client.get(DESK).status_code == 403


def test_the_session_gets_a_new_number_at_sign_in(client: Client, mia: Person) -> None:
    client.get(f"{ACCOUNT}?next={DESK}")
    session = client.session
    session["planted"] = "1"
    session.save()
    client.cookies["tw-session"] = str(session.session_key)
    sign_in(client)
    assert client.session.session_key != session.session_key


def test_signing_out_needs_a_post(client: Client, mia: Person) -> None:
    sign_in(client)
    assert client.get("/accounts/logout/").status_code == 200
    assert client.get(ACCOUNT).status_code == 200
    client.post("/accounts/logout/")
    assert client.get(ACCOUNT).status_code == 302


@pytest.mark.parametrize(
    "wish", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "http:evil.example"]
)
def test_nobody_is_led_elsewhere(client: Client, mia: Person, wish: str) -> None:
    answer = client.post(LOGIN, {"login": MAIL, "password": PASSWORD, "next": wish})
    assert answer.headers["Location"] == "/accounts/"
    assert "evil" not in client.get(ACCOUNT, {"next": wish}).content.decode()


def test_known_and_unknown_addresses_get_the_same_answer(client: Client, mia: Person) -> None:
    known = sign_in(client, "falsch")
    unknown = sign_in(client, "falsch", mail="nil@musterstadt.example")
    assert "passen nicht zusammen" in known
    assert known.replace(MAIL, "") == unknown.replace("nil@musterstadt.example", "")


def test_an_account_is_guarded_against_guessing_from_many_addresses(settings: Settings, mia: Person) -> None:
    settings.TAGWERK_PROXIES = 1
    for number in range(5):
        sign_in(phone_of_somebody(), "falsch", **{"X-Forwarded-For": f"192.0.2.{number}"})
    assert "Zu viele Versuche" in sign_in(phone_of_somebody(), **{"X-Forwarded-For": "192.0.2.99"})


def test_an_address_is_guarded_whatever_it_claims_to_be(mia: Person) -> None:
    for number in range(10):
        sign_in(
            phone_of_somebody(),
            "falsch",
            f"nil{number}@musterstadt.example",
            **{"X-Forwarded-For": f"192.0.2.{number}"},
        )
    assert "Zu viele Versuche" in sign_in(phone_of_somebody(), **{"X-Forwarded-For": "192.0.2.99"})


def test_another_address_is_not_shut_out_with_it(settings: Settings, mia: Person) -> None:
    settings.TAGWERK_PROXIES = 1
    for number in range(11):
        sign_in(phone_of_somebody(), "falsch", f"nil{number}@musterstadt.example", **{"X-Forwarded-For": "192.0.2.1"})
    assert sign_in(phone_of_somebody(), **{"X-Forwarded-For": "192.0.2.2"}) == "/accounts/"


def test_a_closed_account_stays_outside(client: Client, mia: Person) -> None:
    Person.objects.update(is_active=False)
    assert sign_in(client) == LOGIN
    assert "geschlossen" in client.get(LOGIN).content.decode()


def test_a_new_password_ends_the_other_sessions(client: Client, mia: Person) -> None:
    other = phone_of_somebody()
    sign_in(other)
    sign_in(client)
    words = {"oldpassword": PASSWORD, "password1": "noch ein langer Satz", "password2": "noch ein Satz"}
    assert "sind verschieden" in client.post("/accounts/password/change/", words).content.decode()
    assert client.post("/accounts/password/change/", words | {"password2": words["password1"]}).status_code == 302
    assert client.get(ACCOUNT).status_code == 200
    assert other.get(ACCOUNT).status_code == 302


def test_disconnecting_the_app_shuts_the_desk(client: Client, mia: Person) -> None:
    sign_in(client)
    connect_app(client)
    assert "App trennen?" in client.get(f"{ACCOUNT}totp/deactivate/").content.decode()
    client.post(f"{ACCOUNT}totp/deactivate/")
    assert not Authenticator.objects.exists()
    assert client.get(DESK).headers["Location"].startswith(ACCOUNT)


def test_before_a_change_the_password_is_asked_again(client: Client, mia: Person, settings: Settings) -> None:
    sign_in(client)
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = -1
    asked = client.get(f"{ACCOUNT}totp/activate/").headers["Location"]
    assert asked.startswith("/accounts/reauthenticate/")
    assert "Sind Sie es noch?" in client.get(asked).content.decode()


def test_nobody_signs_up_by_themselves(client: Client) -> None:
    for address in ("/accounts/signup/", "/accounts/password/reset/", "/accounts/email/"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_page_of_sign_in_can_be_read(client: Client, mia: Person, prefix: str) -> None:
    for address in (LOGIN,):
        assert client.get(prefix + address).status_code == 200
    sign_in(client)
    pages = ["", "totp/activate/", "webauthn/add/"]
    assert {client.get(f"{prefix}{ACCOUNT}{page}").status_code for page in pages} == {200}
    connect_app(client)
    pages = ["", "totp/deactivate/", "recovery-codes/", "recovery-codes/generate/", "reauthenticate/"]
    assert {client.get(f"{prefix}{ACCOUNT}{page}").status_code for page in pages} == {200}


def test_who_may_make_events_is_led_to_them_by_the_second_step(client: Client) -> None:
    people.allow_founding(people.add_person(MAIL, "Mia", PASSWORD))
    assert sign_in(client) == "/accounts/"
    assert client.get("/accounts/").headers["Location"] == f"{ACCOUNT}?next=%2Faccounts%2F"
    client.get(f"{ACCOUNT}?next=/accounts/")
    connect_app(client)
    assert 'href="/accounts/"' in client.get(f"{ACCOUNT}recovery-codes/").content.decode()
    assert "Veranstaltung anlegen" in client.get("/accounts/").content.decode()
