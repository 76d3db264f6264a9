"""Stands are entered, said anew by two people at once, put aside and shown again, ordered, and deleted for good."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tagwerk.kit.refusals import Refusal
from tagwerk.market import actions
from tagwerk.market.actions import booths
from tagwerk.market.cards import booth_card, sessions_at, stand_of
from tagwerk.market.listing import read_list
from tagwerk.market.models import Booth, BoothLogo, BoothSession
from tagwerk.market.privacy import forget_contacts
from tagwerk.market.rules import KEPT
from tagwerk.programme import actions as programme
from tagwerk.programme.models import Placement, Session
from tests.town import Town, at


def stand(town: Town, name: str = "Stadtwerke", **words: Any) -> Booth:
    return actions.add_booth(town.event, {"name": name, **words})


def at_stand(town: Town, title: str = "Ladesäulen") -> Session:
    return programme.schedule(town.event, town.slots[0], town.rooms[0], title=title, kind="stand")


def refused(act: Any, kind: str) -> Refusal:
    with pytest.raises(Refusal) as caught:
        act()
    assert caught.value.kind == kind
    return caught.value


def names(town: Town) -> list[str]:
    return [booth.name for booth in Booth.objects.of(town.event)]


def test_a_stand_is_entered_and_said_anew_and_its_words_are_not_in_the_ledger(town: Town) -> None:
    booth = stand(town, number="12", place="Foyer", contact_mail="a@stadt.example")
    assert booth_card(booth).where == "Stand 12, Foyer"
    actions.edit_booth(booth, {"name": "Stadtwerke Musterstadt"})
    booth = booths.again(booth)
    assert (booth.name, booth.number) == ("Stadtwerke Musterstadt", "12")
    told = town.told("booth.changed")
    assert len(told) == 2
    assert "Stadtwerke" not in str([(one.words, one.before, one.after) for one in told])


def test_what_does_not_hold_is_named_by_field(town: Town, neighbours: Town) -> None:
    wrong = {"name": "", "contact_mail": "nein", "links": [{"url": "http://a.example/", "title": "A"}]}
    stop = refused(lambda: actions.add_booth(town.event, wrong), "booth")
    assert set(stop.errors) == {"name", "contact_mail", "links"}
    assert "E-Mail" in str(stop.errors["contact_mail"])
    refused(lambda: stand(town, room=neighbours.rooms[0]), "no-such-place")
    booth = stand(town)
    refused(lambda: actions.edit_booth(booth, {"about": 7000 * "x"}), "booth")
    refused(lambda: booths.booth_at(neighbours.event, booth.code), "no-such-booth")


def test_who_was_slower_hears_of_the_other_one(town: Town) -> None:
    booth, seen = stand(town), town.revision
    actions.edit_booth(booth, {"number": "1"}, revision=seen)
    refused(lambda: actions.edit_booth(booth, {"number": "2"}, revision=seen), "stale")
    refused(lambda: actions.put_aside(booth, aside=True, revision=seen), "stale")
    assert booths.again(booth).number == "1"


def test_there_is_an_end_to_stands(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(booths, "MOST_BOOTHS", 1)
    stand(town)
    refused(lambda: stand(town, "Zweite"), "too-many")


def test_stands_are_ordered_by_hand_and_by_their_numbers(town: Town) -> None:
    first, second, third = stand(town, "A", number="12"), stand(town, "B"), stand(town, "C", number="2")
    actions.move_up(third)
    assert names(town) == ["A", "C", "B"]
    actions.move_up(first)
    assert names(town) == ["A", "C", "B"], "the first stays first"
    actions.order_by_number(town.event)
    assert names(town) == ["C", "A", "B"]
    assert second.code


def test_a_stand_is_put_aside_before_it_goes_for_good_and_its_sessions_stay(town: Town) -> None:
    booth, session = stand(town), at_stand(town)
    actions.set_sessions(booth, [session.code])
    assert stand_of(session.pk) is not None
    refused(lambda: actions.remove_booth(booth), "booth-shown")
    actions.put_aside(booth, aside=True)
    assert stand_of(session.pk) is None
    assert not Booth.objects.of(town.event).shown()
    assert town.told("booth.aside")[-1].before == {"aside": False}
    actions.put_aside(booth, aside=False)
    actions.put_aside(booth, aside=True)
    actions.remove_booth(booth)
    assert Session.objects.filter(pk=session.pk).exists()
    refused(lambda: actions.edit_booth(booth, {"number": "1"}), "no-such-booth")


def test_sessions_happen_at_one_stand_each(town: Town) -> None:
    one, other, session = stand(town), stand(town, "Andere"), at_stand(town)
    actions.set_sessions(one, [session.code])
    actions.set_sessions(one, [session.code])
    assert len(town.told("booth.changed")) == 3, "nothing new is not told"
    actions.set_sessions(other, [session.code])
    assert [card.code for card in sessions_at(town.event, other)] == [session.code]
    assert sessions_at(town.event, one) == []
    actions.set_sessions(other, [])
    assert sessions_at(town.event, other) == []
    talk = programme.schedule(town.event, town.slots[1], town.rooms[0], title="Vortrag", kind="talk")
    refused(lambda: actions.set_sessions(one, [talk.code]), "no-such-session")


def test_a_logo_comes_and_goes_alone(town: Town) -> None:
    booth = stand(town, number="7")
    actions.set_logo(booth, b"png", "abc", (10, 20))
    actions.set_logo(booth, b"png", "abd", (10, 20))
    assert BoothLogo.objects.get().digest == "abd"
    actions.drop_logo(booth)
    assert not BoothLogo.objects.exists()
    assert booths.again(booth).number == "7"


def test_a_list_is_taken_over_with_its_themes_and_rooms(town: Town) -> None:
    stand(town, number="1", shows="Strom")
    programme.add_track(town.event, "Energie")
    text = (
        "Name;Stand;Raum;Themenstrang;Schlagworte;Link;Farbe\n"
        "Stadtwerke;2;saal;energie;Strom, Wärme;www.stadtwerke.example;rot\n"
        "Freifunk;3;Foyer;Netze;;;\n"
        "Verein;;;;;;\n"
    )
    listing = read_list(town.event, text.encode())
    assert listing.strangers == ["Farbe"]
    assert actions.take_over(town.event, listing.lines) == 3
    one, other, last = Booth.objects.of(town.event)
    assert (one.number, one.shows, one.room, one.track and one.track.name) == ("2", "Strom", town.rooms[0], "Energie")
    assert (one.tags, one.links[0]["url"]) == (["Strom", "Wärme"], "https://www.stadtwerke.example")
    assert (other.place, other.room, other.track and other.track.name) == ("Foyer", None, "Netze")
    assert (last.place, last.room, last.track) == ("", None, None)
    again = read_list(town.event, text.encode())
    refused(lambda: actions.take_over(town.event, again.lines), "nothing-new")


def test_contacts_are_forgotten_in_time(town: Town) -> None:
    stand(town, contact_name="Ada", contact_mail="a@a.example", about="bleibt")
    over = at(15, 45) + KEPT
    assert forget_contacts(over - timedelta(minutes=1)) == 0
    assert forget_contacts(over + timedelta(minutes=1)) == 1
    booth = Booth.objects.get()
    assert (booth.contact_name, booth.contact_mail, booth.about) == ("", "", "bleibt")


def plan(town: Town, **changes: Any) -> actions.Plan:
    return replace(actions.Plan("Ladesäulen", at(10, 15), at(10, 30), town.rooms[1]), **changes)


def test_a_session_is_prepared_at_its_stand_beside_the_others(town: Town) -> None:
    track = programme.add_track(town.event, "Energie")
    booth, other = stand(town, track=track), stand(town, "Andere")
    first = actions.prepare_at(booth, plan(town))
    second = actions.prepare_at(booth, plan(town, title="Wärme", start=at(14), end=at(14, 30), room=None))
    assert [row.session for row in booth.stand_sessions.order_by("pk")] == [first, second]
    assert (first.track, second.title, second.kind) == (track, "Wärme", "stand")
    assert not Placement.objects.filter(session=first).exists()
    elsewhere = actions.prepare_at(other, plan(town, start=at(11), end=at(11, 10)))
    assert elsewhere.track is None


def test_a_session_that_became_something_else_stays_at_its_stand_and_stops_nothing(town: Town) -> None:
    booth, other = stand(town), stand(town, "Andere")
    first = actions.prepare_at(booth, plan(town))
    programme.edit(first, {"title": "Ladesäulen", "kind": "talk"})
    second = actions.prepare_at(booth, plan(town, title="Wärme", start=at(14), end=at(14, 30), room=None))
    assert [row.session for row in booth.stand_sessions.order_by("pk")] == [first, second]
    actions.set_sessions(booth, [first.code])
    assert [row.session for row in booth.stand_sessions.all()] == [first]
    refused(lambda: actions.set_sessions(other, [first.code]), "no-such-session")
    actions.set_sessions(booth, [])
    refused(lambda: actions.set_sessions(booth, [first.code]), "no-such-session")


def test_a_clash_with_what_stands_or_shall_stand_makes_nothing(town: Town) -> None:
    booth = stand(town)
    actions.prepare_at(booth, plan(town))
    refused(lambda: actions.prepare_at(booth, plan(town, title="Noch einmal")), "clash")
    beside = plan(town, title="Gleichzeitig", start=at(10, 20), end=at(10, 40))
    refused(lambda: actions.prepare_at(booth, beside), "clash")
    assert [row.session.title for row in BoothSession.objects.all()] == ["Ladesäulen"]
    assert not Session.objects.filter(title__in=["Noch einmal", "Gleichzeitig"]).exists()
    assert actions.prepare_at(booth, replace(beside, override="Der Raum ist groß.")).code
    refused(lambda: actions.prepare_at(booth, plan(town, override="Zweimal dort")), "clash")


def test_a_clash_of_others_does_not_stop_it(town: Town) -> None:
    booth = stand(town)
    for title in ("Eins", "Zwei"):
        session = programme.draft(town.event, {"title": title, "kind": "talk"})
        programme.put_draft(session, town.slots[1], town.rooms[0])
    assert actions.prepare_at(booth, plan(town)).code


def test_a_session_at_a_stand_that_is_gone_is_refused(town: Town, neighbours: Town) -> None:
    booth = stand(town)
    refused(lambda: actions.prepare_at(booth, plan(town, room=neighbours.rooms[0])), "no-such-place")
    refused(lambda: actions.prepare_at(booth, plan(town, end=at(10, 15))), "times")
    later = timedelta(days=40)
    slip = refused(
        lambda: actions.prepare_at(booth, plan(town, start=at(9) + later, end=at(10) + later)), "no-such-day"
    )
    assert str(town.day.date.year) in str(slip.errors["day"])
    assert town.event.days.count() == 1
    Booth.objects.all().delete()
    refused(lambda: actions.prepare_at(booth, plan(town)), "no-such-booth")


def html(town: Town, audience: str = "public") -> str:
    """Give the fragments of the last change, as everybody or the crew hears of it in German."""
    return str(json.loads(town.told()[-1].words[audience]["de"]).get("html", ""))


def test_open_pages_of_its_sessions_hear_of_a_stand(town: Town) -> None:
    booth, session = stand(town, number="7"), at_stand(town)
    assert html(town) != "", "a scheduled session"
    actions.set_sessions(booth, [session.code])
    assert f'id="session-whole-{session.code}"' in html(town)
    assert "Stand 7" in html(town)
    actions.edit_booth(booth, {"name": "Umbenannt"})
    assert "Umbenannt" in html(town)
    assert html(town, "crew") == "", "the desk has rows of its own"
    actions.put_aside(booth, aside=True)
    assert "Umbenannt" not in html(town)
    actions.put_aside(booth, aside=False)
    assert "Umbenannt" in html(town)
    actions.set_sessions(booth, [])
    assert session.code in html(town)
    assert "Umbenannt" not in html(town)
    actions.prepare_at(booth, plan(town))
    assert html(town) == "", "a draft is nobody else's"
