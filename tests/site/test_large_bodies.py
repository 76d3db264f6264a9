"""Large bodies are read for those who bring the cookie that their page is for."""

from urllib.parse import unquote

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory

from tagwerk.contributions import browsers
from tagwerk.kit.guard import LARGEST_BODY, NOT_OPEN, TOO_LARGE, Scope
from tagwerk.kit.slides import LARGEST
from tagwerk.people.actors import cookie_name
from tagwerk.site.asgi import guard
from tagwerk.site.refusing import RefusalMiddleware
from tests.kit.asgi import scope
from tests.town import Town, signed_in

SMALL = 64 * 1024
SLIDES, DESK = "/tag/contributions/mine/slides/", "/en/tag/desk/programme/import/"
AUTHOR = [f"{cookie_name('author.tag', secure=secure)}=x" for secure in (False, True)]


def largest(path: str, cookie: str) -> int:
    sent: Scope = scope(path, method="POST", cookie=cookie)
    return guard._largest(sent)  # noqa: SLF001 - what the running house would take, without sending it


@pytest.mark.parametrize(
    ("path", "cookies", "without"),
    [
        (SLIDES, AUTHOR, SMALL),
        ("/tag/contributions/mine/photo/", AUTHOR, SMALL),
        (DESK, ["a=b; tw-session=x"], LARGEST_BODY),
        ("/tag/desk/market/new/", ["tw-session=x"], LARGEST_BODY),
        ("/tag/desk/setup/lists/partners/new/", ["tw-session=x"], LARGEST_BODY),
    ],
)
def test_without_its_cookie_a_path_takes_what_any_path_takes(path: str, cookies: list[str], without: int) -> None:
    for cookie in cookies:
        assert largest(path, f"x=y; {cookie}") > 2 * 1024 * 1024
        assert largest(path, cookie.replace("tw-", "no-")) == without
    assert largest(path, "") == without


def test_the_cookies_are_those_that_the_house_sets(town: Town) -> None:
    desk = signed_in(town.mara)
    assert largest(DESK, "; ".join(f"{name}=x" for name in desk.cookies)) == 8 * 1024 * 1024
    answer = HttpResponse()
    browsers.remember(RequestFactory().get("/"), answer, town.event, "secret")
    assert largest(SLIDES, answer.cookies.output(header="", sep=";")) > LARGEST


@pytest.mark.parametrize(
    ("path", "leads"),
    [
        (SLIDES, "/tag/contributions/link/?closed=lost"),
        ("/en/tag/contributions/mine/photo/", "/en/tag/contributions/link/?closed=lost"),
        (DESK.removeprefix("/en"), "/accounts/login/?next=/tag/desk/"),
    ],
)
def test_a_large_file_for_a_page_that_is_not_open_leads_to_where_it_opens(path: str, leads: str) -> None:
    house = RefusalMiddleware(lambda _request: pytest.fail("it goes on without its body"))
    request = RequestFactory().post(path)
    request.user = AnonymousUser()
    request.scope = {TOO_LARGE: SMALL, NOT_OPEN: True}  # type: ignore[attr-defined]
    answer = house(request)
    assert (answer.status_code, unquote(answer.headers["Location"])) == (302, leads)
    request.META["HTTP_ACCEPT"] = "application/json"
    del request.headers
    assert house(request).status_code == 403
