"""A running Tagwerk for the stories: the demo itself, in a process of its own, with nobody else in the room."""

import http.client
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.stories.backstage import Backstage

EVENT = "barcamp"
STARTS_WITHIN = 60.0


@dataclass
class House:
    """A running program and what its start printed."""

    process: "subprocess.Popen[str]"
    base: str
    token: str
    folder: Path
    backstage: Backstage
    event: str = EVENT

    @property
    def port(self) -> int:
        return urlsplit(self.base).port or 80

    def of(self, event: str, token: str) -> "House":
        """Give the same program with another of its events, whose crew has `token`."""
        return replace(self, event=event, token=token)

    def at(self, path: str, language: str = "de") -> str:
        """Give a page of the event: `house.at("topics/")`."""
        return f"{self.base}{'/en' if language == 'en' else ''}/{self.event}/{path}"

    def ask(self, method: str, path: str, body: Any = None, token: str = "", **headers: str) -> tuple[int, Any]:
        """Call the API of the event; gives status and JSON."""
        parts = urlsplit(self.base)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 80, timeout=30)
        headers |= {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        data = None if body is None else json.dumps(body)
        connection.request(method, f"/api/v1/events/{self.event}{path}", data, headers)
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        return answer.status, json.loads(text) if text else None

    def device(self) -> str:
        """Give the token of a new device."""
        return str(self.ask("POST", "/devices", {})[1]["token"])

    def state(self) -> Any:
        """Give the event as the crew sees it."""
        return self.ask("GET", "", token=self.token)[1]

    def propose(self, title: str, **words: Any) -> Any:
        """Let somebody with a new device bring a topic."""
        status, topic = self.ask("POST", "/topics", {"title": title, **words}, self.device())
        assert status == 201, topic
        return topic

    def back(self, code: str, people: int) -> None:
        """Let so many new devices show interest."""
        for _person in range(people):
            status, answer = self.ask("PUT", f"/topics/{code}/interest", None, self.device())
            assert status == 200, answer

    def threshold(self) -> int:
        """Give how many it takes."""
        return int(self.state()["barcamp"]["threshold"])

    def planned(self, title: str, **words: Any) -> Any:
        """Bring a topic and enough interest; gives the topic with its place."""
        topic = self.propose(title, **words)
        self.back(topic["code"], self.threshold())
        return self.ask("GET", f"/topics/{topic['code']}")[1]

    def announce(self, text: str) -> Any:
        """Let the crew tell everybody something."""
        return self.ask("POST", "/announcements", {"text": text}, self.token)[1]

    def free_place(self, *, but: int = 0) -> dict[str, int]:
        """Give a free place; `but` skips so many, so that a story can have several."""
        state = self.state()
        taken = {(session["slot"], session["room"]) for session in state["sessions"]}
        slots = [slot["id"] for slot in state["slots"] if slot["open"]]
        free = [(slot, room["id"]) for slot in slots for room in state["rooms"] if (slot, room["id"]) not in taken]
        slot, room = free[but]
        return {"slot": slot, "room": room}

    def move(self, session: str, **place: int) -> tuple[int, Any]:
        """Let the crew move a session."""
        return self.ask("POST", f"/sessions/{session}/move", place, self.token)

    def crew_sends(self, path: str, **fields: str) -> int:
        """Send a form of the desk as the demo's moderator; gives the status."""
        status, cookies = self._send(f"/demo/{self.event}/", {}, "")
        assert status == 302, status
        return self._send(f"/{self.event}/desk/{path}", fields, cookies)[0]

    def _send(self, path: str, fields: dict[str, str], cookies: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.base, "Cookie": cookies}
        connection.request("POST", path, urlencode(fields), headers)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        set_cookies = answer.headers.get_all("Set-Cookie") or []
        return answer.status, "; ".join(cookie.partition(";")[0] for cookie in set_cookies)

    def run(self, code: str) -> str:
        """Run Python inside the program's settings, as `tagwerk manage shell` does; gives what it prints."""
        return self.backstage.run(code)

    def card(self) -> str:
        """Print a participation card; gives its code."""
        made = f"make_cards(Realm.objects.get(slug='{self.event}'), 1)[0].code"
        return self.run(
            f"from tagwerk.people.cards import make_cards; from tagwerk.people.models import Realm; print({made})"
        )

    def stop(self) -> None:
        """End the program as an operator would."""
        self.backstage.leave()
        self.process.terminate()
        self.process.wait(timeout=20)

    def kill(self) -> None:
        """End the program as a power cut would."""
        self.process.kill()
        self.process.wait(timeout=20)

    def come_back(self) -> None:
        """Start the program again, at the same address and with the same data."""
        again = start(self.folder, self.port)
        self.process, self.token = again.process, again.token


def start(folder: Path, port: int = 0) -> House:
    """Start the demo on the database in `folder` (or on `DATABASE_URL`) and wait until it is ready."""
    command = [sys.executable, "-m", "tagwerk", "demo", "--quiet-crowd", "--port", str(port)]
    process = subprocess.Popen(
        command, env=environment(folder), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    printed = _read_until_ready(process)
    base = urlsplit(printed["participant"])
    backstage = Backstage(environment(folder))
    return House(process, f"{base.scheme}://{base.netloc}", printed["api token"], folder, backstage)


def environment(folder: Path) -> dict[str, str]:
    """Give the variables of a program whose data lies in `folder`."""
    mine = ("TAGWERK_WRITER", "TAGWERK_TEST_DATABASE", "TAGWERK_SECRET_KEY")  # what the unit tests want
    kept = {name: value for name, value in os.environ.items() if name not in mine}
    return {**kept, "TAGWERK_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "tagwerk.site.settings"}


def _read_until_ready(process: "subprocess.Popen[str]") -> dict[str, str]:
    printed: dict[str, str] = {}
    deadline = time.monotonic() + STARTS_WITHIN
    assert process.stdout
    assert process.stderr
    for line in process.stdout:
        name, _colon, value = line.strip().partition(": ")
        printed[name] = value
        if name == "ready":
            return printed
        assert time.monotonic() < deadline
    raise AssertionError(process.stderr.read())
