"""Beginning and ending a rehearsal at the desk, and where its copy shows up and where not."""

import http.server
import json
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest
from django.test import Client

from tagwerk.events.models import Event
from tagwerk.people.actions import grant
from tagwerk.people.rules import RoleKind
from tagwerk.site.crowds import Crowds
from tests.town import Town, browser

pytestmark = pytest.mark.django_db
BAND = '<aside class="probe"'


def test_the_desk_begins_and_ends_a_rehearsal(town: Town, desk: Client) -> None:
    here, copy = f"/{town.slug}/desk/rehearsal/", f"/{town.slug}-probe/"
    assert "Probelauf starten" in desk.get(here).content.decode()
    assert desk.post(here, {"do": "begin"}).headers["Location"] == here
    assert "Ja, Probe beenden" in desk.get(here).content.decode()
    for page in ("", "topics/", "schedule/", "board/", "mine/", "desk/", "desk/rehearsal/"):
        html = desk.get(copy + page).content.decode()
        assert BAND in html
        assert '<meta name="robots" content="noindex' in html
    assert BAND not in desk.get(f"/{town.slug}/desk/").content.decode()
    ended = desk.post(f"{copy}desk/rehearsal/", {"do": "end"})
    assert ended.headers["Location"] == f"{here}?over=1"
    assert "ganz gelöscht" in desk.get(ended.headers["Location"]).content.decode()
    assert browser().get(copy).status_code == 404
    assert desk.post(here, {"do": "end"}).headers["Location"] == here, "nothing is left to end"
    assert Event.objects.filter(pk=town.event.pk).exists()


def test_a_rehearsal_stands_in_no_list_and_says_what_it_is(town: Town, desk: Client) -> None:
    desk.post(f"/{town.slug}/desk/rehearsal/", {"do": "begin"})
    assert f"{town.slug}-probe" not in browser().get("/").content.decode()
    assert [event["slug"] for event in Client().get("/api/v1/events").json()] == [town.slug]
    states = [Client().get(f"/api/v1/events/{slug}").json() for slug in (town.slug, f"{town.slug}-probe")]
    assert [(state["rehearsal"], state["demo"]) for state in states] == [(False, False), (True, False)]


def test_a_helper_cannot_begin_one(town: Town, desk: Client) -> None:
    grant(town.mara, town.event.realm, RoleKind.HELPER)
    assert desk.post(f"/{town.slug}/desk/rehearsal/", {"do": "begin"}).status_code == 403
    assert desk.post(f"/{town.slug}/desk/budget/").status_code == 403
    assert desk.post(f"/{town.slug}/desk/people/", {"people": "120"}).status_code == 302


def test_nobody_is_sent_anywhere_before_the_server_listens() -> None:
    crowds = Crowds()
    crowds.tend()
    crowds.listens("0.0.0.0", 8000)  # noqa: S104 - as an operator says it
    assert crowds.base == "http://127.0.0.1:8000"
    crowds.stop()
    assert crowds.base == ""


@pytest.fixture
def real_event() -> Iterator[tuple[str, list[str]]]:
    """Answer as the API of an event that is neither the demo nor a rehearsal, and note what is asked."""
    asked: list[str] = []

    class Answering(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(f"{self.command} {self.path} {self.headers['Host']}")
            body = json.dumps({"rehearsal": False, "demo": False, "topics": []}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_PUT = do_GET  # noqa: N815 - the names that the library calls

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that the library uses
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


def test_the_crowd_goes_home_at_once_from_a_real_event(real_event: tuple[str, list[str]]) -> None:
    base, asked = real_event
    command = [sys.executable, "-m", "tagwerk.site.demo.crowd", base, "ernst", "--host", "barcamp.example"]
    assert subprocess.run(command, check=False, timeout=20).returncode == 0
    assert set(asked) == {"GET /api/v1/events/ernst barcamp.example"}, "it looked, and touched nothing"
