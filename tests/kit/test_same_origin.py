"""In place of CSRF tokens: a write comes from our own pages, or brings a bearer token and no cookies."""

from itertools import product

import pytest
from django.test import Client

from tagwerk.kit.same_origin import is_from_here
from tests.town import Town, browser

HOST = "tagwerk.example:8000"
OURS = f"https://{HOST}"
ORIGINS = (
    "",
    OURS,
    "https://evil.example",
    "https://tagwerk.example",
    "null",
    f"https://{HOST}.evil.example",
    "https://[",
)


@pytest.mark.parametrize(
    ("site", "origin", "has_cookies"),
    list(product(("", "same-origin", "none", "same-site", "cross-site", "nonsense"), ORIGINS, (True, False))),
)
def test_the_whole_truth_table(site: str, origin: str, has_cookies: bool) -> None:  # noqa: FBT001
    if site:
        expected = site in ("same-origin", "none")
    elif origin:
        expected = origin == OURS
    else:
        expected = not has_cookies
    assert is_from_here(site=site, origin=origin, host=HOST, has_cookies=has_cookies) is expected


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "https://[evil"}, {}]
)
def test_a_foreign_page_cannot_act_in_a_visitors_name(town: Town, headers: dict[str, str]) -> None:
    client = Client(headers=headers)
    client.cookies[f"tw-{town.slug}"] = town.phones["Aylin"].secret
    answer = client.post(f"/{town.slug}/topics/new/", {"title": "Untergeschoben"})
    assert answer.status_code == 403
    assert "anderen Website" in answer.text


def test_our_own_page_may_write_and_anybody_may_read(town: Town) -> None:
    assert browser(town, "Aylin").post(f"/{town.slug}/topics/new/", {"title": "Radwege"}).status_code == 302
    assert Client(headers={"Sec-Fetch-Site": "cross-site"}).get(f"/{town.slug}/").status_code == 200


def test_a_bearer_needs_no_page_but_lends_nothing_to_cookies(town: Town) -> None:
    body = {"text": "Der Kaffee ist fertig"}
    alone = Client(headers={"Sec-Fetch-Site": "cross-site", **town.crew})
    assert alone.post(f"{town.api}/announcements", body, "application/json").status_code == 201
    alone.force_login(town.mara)
    assert alone.post(f"{town.api}/announcements", body, "application/json").status_code == 403
