"""A wiring table for races: changes are numbered and stored, and nothing is rendered, which would take most of the time."""

from collections.abc import Mapping

RENDERERS: Mapping[str, str] = {}
REACTIONS: Mapping[str, tuple[str, ...]] = {}
ADDRESSES: Mapping[str, str] = {}
ANSWERS: Mapping[str, str] = {}
