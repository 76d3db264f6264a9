"""The wiring table: what follows a change in the same transaction, and which rooms are asked."""

import pytest

from tagwerk.live import wiring
from tagwerk.live.changes import Fact
from tagwerk.programme.actions import announce
from tests.town import Town

pytestmark = pytest.mark.django_db


def test_what_is_wired_follows_a_change_with_its_stream_and_actor(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[tuple[int, str, str]] = []

    def follow(stream: int, fact: Fact, actor: str) -> None:
        heard.append((stream, fact.kind, actor))

    monkeypatch.setattr("tagwerk.site.news.followed_in_a_test", follow, raising=False)
    wired = {"programme.Announced": ("tagwerk.site.news.followed_in_a_test", "tagwerk.cellar.never")}
    monkeypatch.setattr("tagwerk.site.wiring.REACTIONS", wired)
    announce(town.event, "Mittagessen ist da", actor="person:1")
    assert heard == [(town.event.stream, "announcement", "person:1")]


def test_a_closed_room_has_no_address() -> None:
    assert wiring.is_open("tagwerk.barcamp.anything")
    assert not wiring.is_open("tagwerk.cellar.anything")
