"""A running Tagwerk for the stories: the demo itself, in a process of its own, with nobody else in the room."""

import http.client
import itertools
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

EVENT = "barcamp"
STARTS_WITHIN = 60.0
_keys = itertools.count()


@dataclass
class House:
    """A running program and what its start printed."""

    process: "subprocess.Popen[str]"
    base: str
    token: str

    def at(self, path: str) -> str:
        """Give a page of the event: `house.at("topics/")`."""
        return f"{self.base}/{EVENT}/{path}"

    def ask(self, method: str, path: str, body: Any = None, token: str = "", **headers: str) -> tuple[int, Any]:
        """Call the API of the event; gives status and JSON."""
        parts = urlsplit(self.base)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 80, timeout=30)
        headers |= {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        data = None if body is None else json.dumps(body)
        connection.request(method, f"/api/v1/events/{EVENT}{path}", data, headers)
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

    def stop(self) -> None:
        """End the program as an operator would."""
        self.process.terminate()
        self.process.wait(timeout=20)


def start(folder: Path, port: int = 0) -> House:
    """Start the demo on an empty database in `folder` (or on `DATABASE_URL`) and wait until it is ready."""
    env = {**os.environ, "TAGWERK_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "tagwerk.site.settings"}
    for name in ("TAGWERK_WRITER", "TAGWERK_TEST_DATABASE"):
        env.pop(name, None)
    command = [sys.executable, "-m", "tagwerk", "demo", "--quiet-crowd", "--port", str(port)]
    process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    printed = _read_until_ready(process)
    base = urlsplit(printed["participant"])
    return House(process, f"{base.scheme}://{base.netloc}", printed["api token"])


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


def fresh_key() -> str:
    """Give an idempotency key that nobody used."""
    return f"story-{os.getpid()}-{next(_keys)}"
