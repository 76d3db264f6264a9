"""The story of the first visit: little to load, nothing from elsewhere, nothing stored, nothing to complain about."""

import http.client
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.stories.conftest import PHONE
from tests.stories.places import PLACES, Place, Tour

MOST_REQUESTS = 10
MOST_BYTES = 120 * 1024
PRIVATE = ("/{event}/mine/", "/{event}/desk/", "/accounts/login/", "/nirgends/")
ONLY_LOOKED_AT = [
    place for place in PLACES if place.who == "anybody" and (not place.do or "details" in place.do.__name__)
]


@pytest.mark.parametrize("path", ["", "topics/", "topics/new/"])
def test_the_first_page_costs_little(tour: Tour, browser: Browser, path: str) -> None:
    with browser.new_context(viewport=PHONE) as context:
        page = context.new_page()
        wire = context.new_cdp_session(page)
        asked: list[str] = []
        received: list[float] = []
        wire.on("Network.requestWillBeSent", lambda event: asked.append(event["request"]["url"]))
        wire.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
        wire.send("Network.enable")
        page.goto(tour.house.at(path), wait_until="load")
        page.evaluate("document.fonts.ready.then(() => true)")
        expect(page.locator("[data-live-state]")).to_have_text("live")
        asked = [url for url in asked if not url.startswith("data:")]  # inside the style sheet already
        assert 3 < len(asked) <= MOST_REQUESTS, asked
        assert 10 * 1024 < sum(received) <= MOST_BYTES, (sum(received), asked)


def test_reading_stores_nothing(tour: Tour, browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        for place in ONLY_LOOKED_AT:
            tour.go(page, place)
            assert context.cookies() == [], place.name
            assert page.evaluate("localStorage.length") == 0, place.name
        page.goto(tour.house.at("topics/"))
        page.get_by_role("button", name="Interessiert mich").first.click()
        expect(page.get_by_text("Gezählt.")).to_be_visible()
        assert [cookie["httpOnly"] for cookie in context.cookies()] == [True]
        assert page.evaluate("localStorage.length") > 0
        page.get_by_role("button", name="Zurücknehmen").first.click()
        expect(page.get_by_text("Zurückgenommen.")).to_be_visible()


@pytest.mark.parametrize("place", ONLY_LOOKED_AT, ids=lambda place: place.name)
def test_the_headers_allow_nothing_that_is_not_needed(tour: Tour, place: Place) -> None:
    headers, body = _get(tour, tour.address(place))
    policy = {
        part.split()[0]: part.split()[1:] for part in headers["Content-Security-Policy"].split(";") if part.split()
    }
    fallback = policy.get("default-src")
    assert policy.get("script-src", fallback) == ["'self'"]
    assert policy.get("style-src", fallback) == ["'self'"]
    assert policy.get("object-src", fallback) == ["'none'"]
    assert policy["frame-ancestors"] in (["'none'"], ["'self'"])
    assert {"base-uri", "form-action"} <= set(policy)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] in ("no-referrer", "same-origin")
    assert "Cross-Origin-Opener-Policy" in headers
    assert "Set-Cookie" not in headers
    assert not re.search(r"\d+\.\d+", headers.get("Server", ""))
    assert "X-Powered-By" not in headers
    assert not re.search(
        r"<[^>]+\s(?:on[a-z]+|style)\s*=|<script(?![^>]*(?:\bsrc=|type=.application/ld\+json.))|<style\b", body
    )
    if place.path in PRIVATE:
        assert "no-store" in headers["Cache-Control"]
        assert headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("name", ["Host", "X-Forwarded-Host"])
def test_a_foreign_host_is_not_repeated(tour: Tour, name: str) -> None:
    headers, body = _get(tour, tour.house.at(""), **{name: "evil.example"})
    assert "evil.example" not in body
    assert "evil.example" not in headers.get("Location", "")


def _get(tour: Tour, address: str, **headers: str) -> tuple[http.client.HTTPMessage, str]:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 80, timeout=30)
    connection.request("GET", f"{parts.path}?{parts.query}", headers=headers)
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.headers, body
