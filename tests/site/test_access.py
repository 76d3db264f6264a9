"""Every route stands in the access matrix, and the crew's routes refuse everybody else."""

import json
import re
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from allauth.mfa.models import Authenticator
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tagwerk.people.actions import grant
from tagwerk.people.rules import RoleKind
from tests.site.routes import ACCESS
from tests.town import Town, browser, planned, signed_in

LISTED = {route for routes in ACCESS.values() for route in routes}
BODIES: dict[str, dict[str, object]] = {  # what a call needs to be read at all
    "move": {"slot": 1, "room": 1},
    "announcements": {"text": "x"},
    "{day}": {"capacity": {}},
    "decline": {"reason": "x"},
    "plan": {"apply": True},
    "round": {"phase": "planning"},
    "delays": {"minutes": 5},
    "fetch": {"slot": 1, "room": 1},
    "steps": {"do": "next"},
    "hand-counts": {"count": 1},
    "merge": {"into": "ABCDEF"},
    "twice": {"twice": True},
}
ORGANISER = [(route, method) for route, methods in ACCESS["organiser"].items() for method in methods.split()]
CREW = [(route, method) for route, methods in ACCESS["crew"].items() for method in methods.split()]


def walk(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """Give every route of the URL table, with its parts in braces."""
    for entry in patterns:
        path = before + _plain(str(entry.pattern))
        if isinstance(entry, URLResolver):
            yield from walk(entry.url_patterns, path)
        else:
            yield path


def _plain(pattern: str) -> str:
    regex = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"{\1}", pattern).strip("^$")
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", regex)


def test_every_route_is_in_the_matrix_and_the_matrix_holds_no_other() -> None:
    found = set(walk(get_resolver().url_patterns))
    assert found - LISTED == set(), "say in tests/site/routes.py who these are for"
    assert LISTED - found == set(), "these routes are gone"


def test_no_route_is_listed_twice() -> None:
    assert sum(len(routes) for routes in ACCESS.values()) == len(LISTED)


def knock(client: Client, town: Town, route: str, method: str, **headers: str) -> HttpResponse:
    session = planned_code(town)
    path = "/" + route.format(
        slug=town.slug,
        code=session,
        day=town.day.pk,
        what="all",
        slot=town.slots[0].pk,
        number=town.slots[0].pk,
        part="duties",
        kind="bodies",
        digest="0",
        slides="AAAAAA",
    )
    body = json.dumps(BODIES.get(route.rpartition("/")[2], {}))
    kind = {"content_type": "application/json", "data": body} if route.startswith("api/") else {}
    answer: HttpResponse = client.generic(method, path, headers=headers, **kind)  # type: ignore[assignment, arg-type]
    return answer


def planned_code(town: Town) -> str:
    placed = town.event.sessions.filter(placement__room__isnull=False).first()
    return (placed or planned(town)).code


def is_refused(route: str, answer: HttpResponse) -> bool:
    to_login = answer.status_code == 302 and re.match(r"/accounts/(login|2fa)/\?next=", answer.headers["Location"])
    return answer.status_code in (401, 403) or (bool(to_login) and not route.startswith("api/"))


Knock = Callable[[str, str], HttpResponse]


def open_to(*visitors: Knock) -> list[tuple[str, str, int]]:
    """Give the crew's routes that somebody was not turned away from; one house for all, as nothing may change in it."""
    return [
        (route, method, number)
        for route, method in CREW + ORGANISER
        for number, visit in enumerate(visitors)
        if not is_refused(route, visit(route, method))
    ]


def test_the_crews_routes_refuse_everybody_else(town: Town, neighbours: Town) -> None:
    planned_code(town)
    before = town.revision
    browsers = [browser(), browser(town, "Aylin"), signed_in(neighbours.mara)]
    bearers = [town.phones["Aylin"].bearer, neighbours.phones["Frida"].bearer, neighbours.crew]
    visitors: list[Knock] = [partial(knock, client, town) for client in browsers]
    visitors += [partial(knock, Client(), town, **headers) for headers in bearers]
    assert open_to(*visitors) == []
    assert town.revision == before, "a refusal changes nothing"


def test_a_password_alone_opens_no_desk(town: Town, desk: Client) -> None:
    planned_code(town)
    only_password = browser()
    only_password.force_login(town.mara)
    assert open_to(partial(knock, only_password, town)) == [], "an account with a factor that was not shown"
    Authenticator.objects.filter(user=town.mara).delete()
    assert open_to(partial(knock, desk, town)) == [], "a factor that is gone"


@pytest.mark.parametrize(("route", "method"), CREW)
def test_the_crews_routes_know_their_crew(town: Town, desk: Client, route: str, method: str) -> None:
    if route.startswith("api/"):
        answer = knock(Client(), town, route, method, **town.crew)
    else:
        answer = knock(desk, town, route, method)
    assert not is_refused(route, answer)
    assert answer.status_code < 500


@pytest.mark.parametrize(("route", "method"), ORGANISER)
def test_the_organisers_routes_know_them_and_no_moderator(town: Town, desk: Client, route: str, method: str) -> None:
    planned_code(town)
    before = town.revision
    assert is_refused(route, knock(desk, town, route, method))
    assert town.revision == before
    grant(town.mara, town.event.realm, RoleKind.ORGANISER)
    answer = knock(desk, town, route, method)
    assert not is_refused(route, answer)
    assert answer.status_code < 500


@pytest.mark.parametrize("route", [route for route, methods in ACCESS["crew"].items() if "GET" not in methods])
def test_nothing_is_done_by_a_link(town: Town, desk: Client, route: str) -> None:
    planned_code(town)
    before = town.revision
    assert knock(desk, town, route, "GET", **(town.crew if route.startswith("api/") else {})).status_code == 405
    assert town.revision == before


@pytest.mark.parametrize("route", ["{slug}/desk/", "{slug}/desk/live-token/"])
def test_a_draft_does_not_exist_for_those_outside(town: Town, neighbours: Town, desk: Client, route: str) -> None:
    planned_code(town)
    type(town.event).objects.filter(pk=town.event.pk).update(phase="draft")
    foreign = signed_in(neighbours.mara)
    assert [knock(client, town, route, "GET").status_code for client in (browser(), foreign, desk)] == [404, 404, 200]


def test_the_demos_door_is_shut_outside_the_demo(town: Town) -> None:
    assert browser().get(f"/demo/{town.slug}/").status_code == 404
    assert browser().post(f"/demo/{town.slug}/").status_code == 404
