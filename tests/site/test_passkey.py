"""A passkey is set up and used in a real browser, under the strict CSP, with Chromium's virtual authenticator."""

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tagwerk.events.actions import found
from tagwerk.people import actions as people
from tagwerk.people.rules import RoleKind

PASSWORD = "ein langer Satz als Passwort"
MAIL = "mia@musterstadt.example"


@pytest.fixture
def page(browser: Browser) -> Page:
    """A browser whose device has a fingerprint reader that always says yes."""
    page = browser.new_context(locale="de-DE").new_page()
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    abilities = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": abilities})
    return page


@pytest.mark.django_db(transaction=True)
def test_a_passkey_opens_the_desk_without_a_password(page: Page, live_server: LiveServer) -> None:
    event = found("fest", "Ein kleines Fest", phase="live")
    people.grant(people.add_person(MAIL, "Mia", PASSWORD), event.realm, RoleKind.MODERATOR)
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    home = live_server.url.replace("127.0.0.1", "localhost")

    page.goto(f"{home}/fest/desk/")
    page.get_by_label("E-Mail-Adresse").fill(MAIL)
    page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Anmelden", exact=True).click()
    expect(page.get_by_role("heading", name="Noch ein Schritt")).to_be_visible()

    page.get_by_role("link", name="Passkey einrichten").click()
    page.get_by_label("Name des Geräts").fill("Diensthandy")
    page.get_by_role("button", name="Passkey einrichten").click()
    page.get_by_role("link", name="weiter zum Schreibtisch").click()
    expect(page).to_have_url(f"{home}/fest/desk/")

    page.goto(f"{home}/accounts/2fa/")
    expect(page.get_by_text("Diensthandy", exact=True)).to_be_visible()
    page.get_by_role("button", name="Abmelden").click()
    page.goto(f"{home}/fest/desk/")
    page.get_by_role("button", name="Mit Passkey anmelden").click()
    expect(page).to_have_url(f"{home}/fest/desk/")

    page.context.clear_cookies()
    page.goto(f"{home}/fest/desk/")
    page.get_by_label("E-Mail-Adresse").fill(MAIL)
    page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Anmelden", exact=True).click()
    page.get_by_role("button", name="Passkey oder Sicherheitsschlüssel nehmen").click()
    expect(page).to_have_url(f"{home}/fest/desk/")
    assert not [text for text in complaints if "Content Security Policy" in text]
