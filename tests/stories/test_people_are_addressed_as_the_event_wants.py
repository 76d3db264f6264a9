"""The story of words: an event that says *du* never says *Sie*; that the others hold is seen on the way through all pages."""

from dataclasses import replace

import pytest

from tests.stories.places import EVERYBODY, Tour, Who, frame_codes
from tests.stories.town import another_event, fill
from tests.stories.words import FORMAL, GERMAN, INFORMAL, brought_by_people, matching, said


@pytest.fixture(scope="module")
def informal(tour: Tour) -> Tour:
    """Give the way through an event that says *du*."""
    event = another_event(tour.house, "duzen", "du")
    event.run("from tests.stories.town import open_call as f; f('duzen')")
    filled = fill(event)
    sessions = {f"{name}_session": getattr(filled, name)["session"] for name in ("planned", "moved", "cancelled")}
    names = ("planned", "moved", "cancelled", "open", "wanted")
    codes = {name: getattr(filled, name)["code"] for name in names}
    own = {"event": "duzen", "empty": "duzen", "empty_card": event.card(), **frame_codes(event), **codes, **sessions}
    return replace(tour, house=event, codes=own)


@pytest.mark.parametrize("who", EVERYBODY)
def test_an_event_that_says_du_never_says_sie(informal: Tour, who: Who) -> None:
    own = brought_by_people(informal.house)
    pages = {place.name: said(page, own) for place, page in informal.visit(who) if "{event}" in place.path}
    assert {name: found for name, words in pages.items() if (found := matching(words, FORMAL))} == {}
    assert any(matching(words, INFORMAL) for words in pages.values())


def test_the_word_list_would_notice(tour: Tour) -> None:
    own = brought_by_people(tour.house)
    for _place, page in tour.visit("anybody"):
        assert matching(said(page, own), GERMAN)
        return
