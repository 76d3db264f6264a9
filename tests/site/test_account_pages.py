"""Everybody can use the pages of sign-in: axe finds nothing, in both lights, on phones and wide screens, in both languages."""

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tagwerk.people import actions as people
from tagwerk.people.models import Person
from tests.stories.looking import against_the_rules

PASSWORD = "ein langer Satz als Passwort"
OUTSIDE = ("login/?next=/fest/desk/",)
INSIDE = ("2fa/", "2fa/totp/activate/", "2fa/webauthn/add/", "password/change/", "logout/", "reauthenticate/")


def faults(page: Page, address: str) -> dict[str, list[str]]:
    """Look at a page in every light and width."""
    page.goto(address)
    found = against_the_rules(page)
    return {address: found} if found else {}


def let_in(page: Page, home: str, person: Person) -> None:
    """Give the browser a session, as signing in would."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    page.context.add_cookies([{"name": "tw-session", "value": str(session.session_key), "url": home}])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["", "/en"])
def test_axe_finds_nothing(browser: Browser, live_server: LiveServer, language: str) -> None:
    cache.clear()
    page = browser.new_context().new_page()
    base = f"{live_server.url}{language}/accounts/"
    found: dict[str, list[str]] = {}
    for path in OUTSIDE:
        found |= faults(page, base + path)
    let_in(page, live_server.url, people.add_person("mia@musterstadt.example", "Mia", PASSWORD))
    for path in INSIDE:
        if path == "2fa/totp/activate/":  # asked first whether it is still the same person
            page.goto(base + path)
            page.locator("input[type=password]").fill(PASSWORD)
            page.locator("main form button").first.click()
        found |= faults(page, base + path)
    assert found == {}
