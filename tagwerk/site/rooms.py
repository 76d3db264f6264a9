"""Which rooms are open: composed pages ask here instead of importing a room that may be closed."""

from importlib import import_module
from types import ModuleType

from tagwerk.live.wiring import is_open


def topics_panel() -> ModuleType:
    """Give what the barcamp shows on composed pages, or its empty stand-in."""
    return import_module("tagwerk.site.topics" if is_open("tagwerk.barcamp") else "tagwerk.site.no_topics")


def market_panel() -> ModuleType:
    """Give what the market shows on composed pages, or its empty stand-in."""
    return import_module("tagwerk.site.market" if is_open("tagwerk.market") else "tagwerk.site.no_market")


def contributions_panel() -> ModuleType:
    """Give what the call for contributions shows on composed pages, or its empty stand-in."""
    is_there = is_open("tagwerk.contributions")
    return import_module("tagwerk.site.contributions" if is_there else "tagwerk.site.no_contributions")
