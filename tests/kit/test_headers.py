"""Headers that every answer carries: nothing is cached, framed, guessed or leaked unless a view says so."""

import pytest

from tests.town import Town, browser

PAGES = ("/", "/{slug}/", "/{slug}/topics/", "/{slug}/schedule/", "/{slug}/board/", "/{slug}/join/", "/imprint/")
PRIVATE = ("/{slug}/mine/", "/accounts/login/", "/nichts/", "/api/v1/events", "/healthz")


@pytest.mark.parametrize("path", PAGES + PRIVATE)
def test_every_answer_is_guarded(town: Town, path: str) -> None:
    headers = browser().get(path.format(slug=town.slug)).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "Access-Control-Allow-Origin" not in headers


@pytest.mark.parametrize("path", PAGES)
def test_pages_that_are_the_same_for_everybody_may_be_cached_and_set_no_cookie(town: Town, path: str) -> None:
    answer = browser(town, "Aylin").get(path.format(slug=town.slug))
    assert answer.headers["Cache-Control"].startswith("public")
    assert not answer.cookies
    assert answer.content == browser().get(path.format(slug=town.slug)).content or "data-now" in answer.text


@pytest.mark.parametrize("path", PRIVATE)
def test_everything_else_is_stored_nowhere_and_found_by_no_search(town: Town, path: str) -> None:
    headers = browser(town, "Aylin").get(path.format(slug=town.slug)).headers
    assert "no-store" in headers["Cache-Control"]
    assert "ETag" not in headers
