"""The language of a page comes from its address: German plain, English under /en/; no cookie, no guessing."""

import pytest

from tagwerk.kit.language import german, of_path, other_address
from tests.town import Town, browser


@pytest.mark.parametrize(
    ("path", "language"), [("/", "de"), ("/en/", "en"), ("/en", "en"), ("/english/", "de"), ("/stadt/en/", "de")]
)
def test_only_the_first_part_of_an_address_names_the_language(path: str, language: str) -> None:
    assert of_path(path) == language


@pytest.mark.parametrize("path", ["/", "/musterstadt/", "/musterstadt/topics/"])
def test_every_page_has_a_twin(path: str) -> None:
    assert other_address(other_address(path)) == path
    assert of_path(other_address(path)) == "en"


@pytest.mark.parametrize("path", ["/en//evil.com/", "/en///evil.com/", "/en/\\evil.com/", "/en/\\/evil.com/"])
def test_the_twin_of_a_page_is_never_on_another_host(path: str) -> None:
    assert other_address(path) == "/evil.com/"


@pytest.mark.parametrize(("path", "other"), [("/en", "/"), ("/en/", "/"), ("//evil.com/", "/en//evil.com/")])
def test_the_twin_of_an_odd_address(path: str, other: str) -> None:
    assert other_address(path) == other


def test_no_page_links_to_another_host() -> None:
    assert 'href="//' not in browser().get("/en//evil.com/").text


def test_both_forms_of_german_have_their_catalogue() -> None:
    assert (german(informal=True), german(informal=False)) == ("de-du", "de")


def test_a_page_ignores_the_languages_of_a_browser(town: Town) -> None:
    answer = browser().get(f"/{town.slug}/", headers={"Accept-Language": "en"})
    assert '<html lang="de"' in answer.text
    assert answer.headers["Content-Language"] == "de"
    assert not answer.cookies
    assert '<html lang="en"' in browser().get(f"/en/{town.slug}/").text


@pytest.mark.usefixtures("tongues")
def test_an_event_speaks_its_own_form_of_address(town: Town) -> None:
    formal = browser().get(f"/{town.slug}/join/").text
    town.event.address_form = "du"
    town.event.save()
    informal = browser().get(f"/{town.slug}/join/").text
    assert "[" not in formal
    assert "[du] " in informal
    assert "[en]" not in informal
    assert '<html lang="de"' in informal
    assert "[du]" not in browser().get(f"/en/{town.slug}/join/").text


@pytest.mark.parametrize(
    ("query", "headers", "language"),
    [
        ("", {}, "de"),
        ("?lang=en", {}, "en"),
        ("", {"Accept-Language": "en-GB,en;q=0.8"}, "en"),
        ("?lang=de", {"Accept-Language": "en"}, "de"),
        ("?lang=tlh", {}, "de"),
    ],
)
def test_a_program_gets_its_details_in_the_language_it_asks_for(
    town: Town, tongues: dict[str, str], query: str, headers: dict[str, str], language: str
) -> None:
    answer = browser().get(f"/api/v1/events/nirgendwo{query}", headers=headers)
    assert answer.json()["detail"].startswith(
        tongues[language] + " Diese Veranstaltung" if tongues[language] else "Diese"
    )
    assert answer.json()["title"] == "Not Found"
    assert answer.headers["Content-Language"] == language
