"""What stands around a programme is said, changed by two at once, and needed before an event is announced."""

import pytest

from tagwerk.events import actions
from tagwerk.events.actions.framing import MOST_ENTRIES, MOST_OUTLINES, entry_at, part_of
from tagwerk.events.frame_rules import Need
from tagwerk.events.models import Duties, Event, Logo, Outline, Partner, Venue
from tagwerk.events.rules import Phase
from tagwerk.kit.refusals import Invalid, Refusal, Unknown
from tests.town import Town


def as_draft(town: Town) -> Event:
    Event.objects.filter(pk=town.event.pk).update(phase=Phase.DRAFT)
    return Event.objects.get(pk=town.event.pk)


def say_everything(event: Event) -> None:
    actions.add_entry(event, "bodies", {"name": "Stadt Musterstadt"})
    texts = {"imprint": "Rathausplatz 1", "privacy_contact": "datenschutz@musterstadt.example"}
    actions.say_frame(event, "duties", {**texts, "accessibility_contact": "barrierefrei@musterstadt.example"})
    actions.say_frame(event, "event", {"contact_mail": "hallo@musterstadt.example"})


def test_an_announcement_says_what_is_missing(town: Town) -> None:
    event = as_draft(town)
    with pytest.raises(Refusal) as refusal:
        actions.enter_phase(event, Phase.ANNOUNCED)
    assert refusal.value.kind == "not-ready"
    assert list(refusal.value.errors) == [need.value for need in Need]
    assert Event.objects.get(pk=event.pk).phase == Phase.DRAFT


def test_an_event_with_everything_is_announced(town: Town) -> None:
    event = as_draft(town)
    say_everything(event)
    actions.enter_phase(event, Phase.ANNOUNCED)
    assert Event.objects.get(pk=event.pk).phase == Phase.ANNOUNCED


def test_the_operator_may_announce_anyway(town: Town) -> None:
    actions.enter_phase(as_draft(town), Phase.ANNOUNCED, anyway=True)
    assert town.told("event.phase")


def test_two_people_change_different_fields_of_one_part(town: Town) -> None:
    actions.say_frame(town.event, "venue", {"name": "Bürgerhaus"}, actor="person:1")
    actions.say_frame(town.event, "venue", {"way": "Bus 5"}, actor="person:2")
    venue = part_of(town.event, "venue")
    assert isinstance(venue, Venue)
    assert (venue.name, venue.way) == ("Bürgerhaus", "Bus 5")
    assert [change.touches for change in town.told("event.changed")] == [["frame:venue:name"], ["frame:venue:way"]]


def test_nothing_changed_is_nothing_told(town: Town) -> None:
    actions.say_frame(town.event, "duties", {})
    assert not town.told("event.changed")
    assert not Duties.objects.exists()


def test_the_ledger_holds_no_words_of_the_frame(town: Town) -> None:
    actions.say_frame(town.event, "event", {"contact_mail": "geheim@musterstadt.example"})
    (change,) = town.told("event.changed")
    assert "geheim" not in f"{change.before}{change.after}{change.words}"
    assert "public" not in change.words


def test_what_is_typed_is_cleaned(town: Town) -> None:
    actions.say_frame(town.event, "event", {"motto": "Mehr\u202e  reden\n"})
    assert Event.objects.get(pk=town.event.pk).motto == "Mehr reden"


@pytest.mark.parametrize("part", ["bodies", "partners", "dates"])
def test_entries_are_added_changed_moved_and_removed(town: Town, part: str) -> None:
    name = "title" if part == "dates" else "name"
    first, second = (actions.add_entry(town.event, part, {name: title}) for title in ("Erste", "Zweite"))
    actions.change_entry(town.event, part, first.pk, {name: "Die Erste", "url": "www.example.org"})
    assert entry_at(town.event, part, first.pk).url == "https://www.example.org"
    actions.move_entry_up(town.event, part, second.pk)
    actions.move_entry_up(town.event, part, second.pk)
    model = type(first)
    assert [str(entry) for entry in model.objects.filter(event=town.event)] == ["Zweite", "Die Erste"]
    actions.remove_entry(town.event, part, second.pk)
    third = actions.add_entry(town.event, part, {name: "Dritte"})
    assert [str(entry) for entry in model.objects.filter(event=town.event)] == ["Die Erste", str(third)]


def test_a_link_that_is_none_is_named_and_nothing_is_stored(town: Town) -> None:
    with pytest.raises(Invalid) as refusal:
        actions.add_entry(town.event, "partners", {"name": "X", "url": "javascript:alert(1)"})
    assert list(refusal.value.errors) == ["url"]
    with pytest.raises(Invalid) as refusal:
        actions.say_frame(town.event, "venue", {"map_url": "ftp://x.example"})
    assert list(refusal.value.errors) == ["map_url"]
    assert not Partner.objects.exists()


def test_a_neighbours_entry_does_not_exist_here(town: Town, neighbours: Town) -> None:
    entry = actions.add_entry(neighbours.event, "partners", {"name": "Nachbar"})
    for kind in ("partners", "spies"):
        with pytest.raises(Unknown):
            entry_at(town.event, kind, entry.pk)


def test_there_is_an_end_to_entries(town: Town) -> None:
    Partner.objects.bulk_create(Partner(event=town.event, name=str(number)) for number in range(MOST_ENTRIES))
    with pytest.raises(Refusal) as refusal:
        actions.add_entry(town.event, "partners", {"name": "Noch einer"})
    assert refusal.value.kind == "too-many"


def test_a_partner_has_one_logo(town: Town) -> None:
    partner = actions.add_entry(town.event, "partners", {"name": "Stadtwerke"})
    actions.set_logo(partner, b"one", "a" * 32, (10, 5))
    actions.set_logo(partner, b"two", "b" * 32, (20, 8))
    logo = Logo.objects.get()
    assert (bytes(logo.data), str(logo), logo.width, logo.height) == (b"two", "b" * 32, 20, 8)


def test_what_was_typed_is_kept_screen_by_screen(town: Town) -> None:
    outline = actions.start_outline(town.mara)
    actions.keep_answers(outline, "start", {"name": ["Fest"]})
    actions.keep_answers(outline, "rooms", {"rooms": ["kaputt"]})
    actions.keep_answers(outline, "start", {"name": ["Großes Fest"]})
    outline.refresh_from_db()
    assert outline.answers == {"start": {"name": ["Großes Fest"]}, "rooms": {"rooms": ["kaputt"]}}
    actions.forget_outline(outline)
    assert not Outline.objects.exists()


def test_old_beginnings_are_forgotten(town: Town) -> None:
    first = actions.start_outline(town.mara)
    for _time in range(MOST_OUTLINES):
        actions.start_outline(town.mara)
    assert town.mara.outlines.count() == MOST_OUTLINES
    assert not Outline.objects.filter(pk=first.pk).exists()
