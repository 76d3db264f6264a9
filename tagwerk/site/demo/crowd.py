"""The simulated crowd: proposes and shows interest through the public API, like anybody else.

A program of its own without Django, so that it costs little memory and can do nothing a visitor cannot.
Run by the demo, and by the server for rehearsals, as
`python -m tagwerk.site.demo.crowd BASE_URL SLUG [--only-taps] [--host NAME] [--keep FILE]`. It goes home at once from any other event.
"""

import http
import http.client
import itertools
import json
import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tagwerk.site.demo.topics import TOPICS, CrowdTopic

PEOPLE = 90
TICK = 1.0  # seconds; a hall of a hundred people brings about one tap a second
OPENING, BRINGING, EVERY = 12, 8, 9  # steps: hurried ones, proposals among them, and how rarely one comes later
LOOK_UP, PATIENCE = 20, 5  # steps between two looks at what event this is, and how often to ask one that is silent
NEWCOMER, CURIOSITY, LIKED = 0.4, 0.8, 0.8
HOSTS_LOOK = 5  # steps after which those whose session comes near look at their phones
SOON = timedelta(minutes=9)
HURRY = 0.25  # right at the start a few things happen quickly, so that nobody looks at an empty page


class Hall:
    """The API as the crowd uses it, over one kept connection."""

    def __init__(self, base: str, slug: str, host: str = "") -> None:
        parts = urlsplit(base)
        self._host = {"Host": host} if host else {}
        self._address = (parts.hostname or "127.0.0.1", parts.port or 80)
        self._path = f"/api/v1/events/{slug}"
        self._connection: http.client.HTTPConnection | None = None

    def ask(self, method: str, path: str, body: Any = None, token: str = "") -> Any:
        """Send one request; gives the answer's JSON, or None when it was refused or nobody answered."""
        headers = (
            self._host | {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        )
        try:
            if self._connection is None:
                self._connection = http.client.HTTPConnection(*self._address, timeout=10)
            data = None if body is None else json.dumps(body)
            self._connection.request(method, self._path + path, data, headers)
            answer = self._connection.getresponse()
            text = answer.read()
            return json.loads(text) if answer.status < http.HTTPStatus.BAD_REQUEST else None
        except (OSError, http.client.HTTPException, ValueError):
            self._connection = None
            return None


class Hosts:
    """Those of the crowd who brought a topic: shortly before their session they say that they are there.

    Who brought what is kept in a file, so that they still know after the demo was started again.
    """

    def __init__(self, hall: Hall, keep: Path | None) -> None:
        self.hall, self.keep = hall, keep
        self.tokens: dict[str, str] = {}
        self.said: set[tuple[str, str]] = set()
        with suppress(OSError, ValueError):
            self.tokens = dict(json.loads(keep.read_text(encoding="utf-8"))) if keep else {}

    def remember(self, topic: str, token: str) -> None:
        """Keep who brought a topic."""
        self.tokens[topic] = token
        with suppress(OSError):
            if self.keep:
                self.keep.write_text(json.dumps(self.tokens), encoding="utf-8")

    def look(self) -> None:
        """Let everybody whose session comes near, or runs, say so once."""
        state = self.hall.ask("GET", "") or {}
        now = datetime.now(UTC)
        for session in state.get("sessions", []):
            token, key = self.tokens.get(session["topic"] or ""), (session["code"], session["start"])
            begins, ends = (datetime.fromisoformat(session[name]) for name in ("start", "end"))
            if token and key not in self.said and begins - SOON <= now < ends:
                self.said.add(key)
                self.hall.ask("PUT", f"/sessions/{session['code']}/host-sign", {"sign": "here"}, token)


class Crowd:
    """People with phones, each with a device of its own and a taste for some topics."""

    def __init__(self, hall: Hall, *, brings: bool, keep: Path | None = None, people: int = PEOPLE) -> None:
        self.hall = hall
        self.hosts = Hosts(hall, keep)
        self.brings = brings
        self.random = random.Random(7)  # noqa: S311 - a simulation, and the same one each time
        self.people = people
        self.tokens: list[str] = []
        self.pulls = {topic.title: topic.pull for topic in TOPICS}
        self.asked: dict[str, set[str]] = {}

    def live(self) -> None:
        """Act until stopped, or until this is no event to play with (any more)."""
        home = os.getppid()
        plan = self._proposals() if self._is_play() else iter(())
        for step in itertools.count():
            if os.getppid() != home or (step % LOOK_UP == 0 and not self._is_play()):
                return  # the server or the rehearsal is gone, so the crowd goes home
            if step % HOSTS_LOOK == 0:
                self.hosts.look()
            time.sleep(HURRY if step < OPENING else TICK * self.random.uniform(0.5, 1.5))
            if step < BRINGING or step % EVERY == 0:
                topic = next(plan, None)
                if topic is not None:
                    self._propose(topic)
                    continue
            self._look_and_tap()

    def _is_play(self) -> bool:
        """Tell whether this is the demo or a rehearsal: real events are none of the crowd's business."""
        for _try in range(PATIENCE):
            state = self.hall.ask("GET", "")
            if state is not None:
                return bool(state.get("demo") or state.get("rehearsal"))
            time.sleep(TICK)
        return False

    def _proposals(self) -> Iterator[CrowdTopic]:
        if not self.brings:
            return iter(())
        state = self.hall.ask("GET", "") or {}
        known = {topic["title"] for topic in state.get("topics", [])}
        return iter([topic for topic in TOPICS if topic.title not in known])

    def _phone(self) -> str | None:
        """Give the token of somebody in the hall; new people come in until the hall is full."""
        if len(self.tokens) < self.people and (not self.tokens or self.random.random() < NEWCOMER):
            answer = self.hall.ask("POST", "/devices", {})
            if answer:
                self.tokens.append(answer["token"])
                return self.tokens[-1]
        return self.random.choice(self.tokens) if self.tokens else None

    def _propose(self, topic: CrowdTopic) -> None:
        token = self._phone()
        if token:
            words = {
                "title": topic.title,
                "description": topic.description,
                "host_name": topic.host_name,
                "wanted": topic.wanted,
                "mode": topic.mode,
            }
            brought = self.hall.ask("POST", "/topics", words, token)
            if brought and not topic.wanted:
                self.hosts.remember(brought["code"], token)

    def _look_and_tap(self) -> None:
        """Somebody looks at the list and shows interest in what they like."""
        token = self._phone()
        state = self.hall.ask("GET", "") or {}
        topics = [topic for topic in state.get("topics", []) if topic["code"] not in self.asked.get(token or "", set())]
        if not token or not topics:
            return
        chosen = self.random.sample(topics, min(3, len(topics)))
        news = [topic for topic in topics if topic["title"] not in self.pulls]
        if news and self.random.random() < CURIOSITY:
            chosen[0] = self.random.choice(news)  # what a visitor brought is talked about in the hall
        for topic in chosen:
            self.asked.setdefault(token, set()).add(topic["code"])
            # What a visitor brought is liked, so that they see quickly how a topic becomes a session.
            if self.random.random() < self.pulls.get(topic["title"], LIKED):
                self.hall.ask("PUT", f"/topics/{topic['code']}/interest", None, token)
                time.sleep(0.1)


def main(argv: list[str]) -> int:
    """Run the crowd until it is told to stop."""
    signal.signal(signal.SIGTERM, lambda *_args: sys.exit(0))
    base, slug, *options = argv
    host = options[options.index("--host") + 1] if "--host" in options else ""
    keep = Path(options[options.index("--keep") + 1]) if "--keep" in options else None
    try:
        Crowd(Hall(base, slug, host), brings="--only-taps" not in options, keep=keep).live()
    except KeyboardInterrupt:
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
