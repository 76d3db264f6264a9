"""Looks up what the roof has wired: who renders a fact, and which actions follow it."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string

from tagwerk.live.changes import Fact

Render = Callable[[str], Mapping[str, Any]]
Renderer = Callable[[int, Fact], Render]
Reaction = Callable[[int, Fact, str], None]


def renderer(fact: Fact) -> Renderer | None:
    """Give the function that adds title, text and html to a fact: `(stream, fact) -> (audience) -> fields`.

    The first call loads what is needed, once; the second renders for an audience in the active language.
    """
    dotted = _table("RENDERERS").get(fact.name)
    return _load(dotted) if dotted else None


def reactions(fact: Fact) -> list[Reaction]:
    """Give the actions that follow a fact in the same transaction: `(stream, fact, actor)`."""
    return [_load(dotted) for dotted in _table("REACTIONS").get(fact.name, ()) if is_open(dotted)]


def address(name: str, *args: str) -> str:
    """Give the address that another room (or the roof) answers under a name; empty when that room is closed."""
    known = _table("ADDRESSES")[name]
    return reverse(known, args=args) if is_open(f"tagwerk.{known.partition(':')[0]}") else ""


def ask(name: str, *args: Any) -> Any:
    """Give what a room above answers to a question of a lower floor; None when that room is closed."""
    dotted = _table("ANSWERS")[name]
    return _load(dotted)(*args) if is_open(dotted) else None


def is_open(dotted: str) -> bool:
    """Tell whether the room that a dotted name points into is installed."""
    return apps.is_installed(".".join(dotted.split(".")[:2]))


def wired(name: str) -> Any:
    """Give one named entry of the wiring module."""
    return import_string(f"{settings.TAGWERK_WIRING}.{name}")


def _table(name: str) -> Mapping[str, Any]:
    table: Mapping[str, Any] = wired(name)
    return table


@cache
def _load(dotted: str) -> Any:
    return import_string(dotted)
