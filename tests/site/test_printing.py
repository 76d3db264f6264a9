"""Print pages and the Notfallmappe: what stands on them, what is never stored, who gets them."""

import re
from dataclasses import replace

import pytest
import segno
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tagwerk.events.actions import add_room, say_frame
from tagwerk.events.models import Event
from tagwerk.events.rules import RoomKind
from tagwerk.live.models import Change
from tagwerk.people.cards import make_cards
from tagwerk.people.models import Card
from tagwerk.site.paper.codes import drawn, drawn_wifi, shortest, wifi_text
from tagwerk.site.paper.folder import OFFERED
from tagwerk.site.paper.sheets import MOST_COLUMNS, grids
from tests.town import Town, planned, signed_in, someone_proposes

ALL = ("crew", "grid", "doors", "poster", "topics", "stickers", "cards", "all")
SECRET = "sehr geheim 4711"


def at(town: Town, what: str = "") -> str:
    return f"/{town.slug}/desk/print/{what}"


def rehearsal(town: Town) -> None:
    other = Event.objects.exclude(pk=town.event.pk).get()
    Event.objects.filter(pk=town.event.pk).update(rehearsal_of=other)


@pytest.mark.parametrize("what", ALL)
def test_every_sheet_is_there_in_both_languages_also_when_there_is_little_to_print(
    town: Town, desk: Client, what: str
) -> None:
    for language in ("", "/en"):
        answer = desk.get(f"{language}{at(town, what)}/")
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
        assert 'class="sheet' in answer.text
        assert "data-live=" not in answer.text, "a page that was typed for is not fetched anew"


def test_a_sheet_that_is_none_is_not_found(town: Town, desk: Client) -> None:
    assert desk.get(at(town, "passwords/")).status_code == 404


def test_the_wlan_stands_on_this_page_only_and_in_no_row(town: Town, desk: Client) -> None:
    shown = desk.post(at(town, "poster/"), {"wifi_name": "Gäste & Co", "wifi_password": SECRET})
    assert "Gäste &amp; Co" in shown.text
    assert SECRET in shown.text
    assert SECRET not in desk.get(at(town, "poster/")).text + desk.get(at(town)).text
    assert not Change.objects.filter(words__icontains=SECRET).exists()


@pytest.mark.parametrize("field", ["wifi_name", "wifi_password"])
@pytest.mark.parametrize("value", ["x" * 64, "a\nb", "\x1b", "\0"])
def test_a_wlan_that_nobody_can_type_comes_back_with_a_sentence(
    town: Town, desk: Client, field: str, value: str
) -> None:
    answer = desk.post(at(town, "poster/"), {field: value, "number": "7"})
    assert answer.status_code == 422
    assert "Bitte noch einmal ansehen" in answer.text


def test_the_hall_code_stands_on_the_poster_only_where_the_crew_ticks_it(town: Town, desk: Client) -> None:
    town.event.realm.hall_code = "472913"
    town.event.realm.save()
    assert "472 913" not in desk.get(at(town, "poster/")).text
    assert "472 913" in desk.post(at(town, "poster/"), {"with_code": "on"}).text
    assert "472 913" not in desk.get(at(town, "crew/")).text


def test_an_address_of_38_characters_makes_the_coarsest_pattern() -> None:
    address = shortest("https://mitmachen.musterstadt.de/day1/")
    assert (address, len(address)) == ("HTTPS://MITMACHEN.MUSTERSTADT.DE/DAY1", 37)
    assert segno.make(f"{address}2", error="m", micro=False).version == 2
    assert 'viewBox="0 0 29 29"' in drawn(address), "25 dots and the quiet zone"
    assert drawn_wifi('a;b:"c', "") != drawn_wifi('a;b:"c', "x")


def read_wifi(text: str) -> dict[str, str]:
    """Read the text of a WLAN code as a phone does: parts end at a semicolon that has no backslash before it."""
    scheme, rest = text.split(":", 1)
    assert scheme == "WIFI"
    parts = re.findall(r"((?:\\.|[^\\;])*);", rest, re.DOTALL)
    assert parts[-1] == "", "an empty part ends it"
    named = [part.split(":", 1) for part in parts[:-1]]
    return {name: re.sub(r"\\(.)", r"\1", value, flags=re.DOTALL) for name, value in named}


@given(st.text(min_size=1, max_size=32), st.text(max_size=63))
def test_a_phone_reads_name_and_password_as_they_are(name: str, password: str) -> None:
    read = read_wifi(wifi_text(name, password))
    assert read.get("P", "") == password
    assert (read["S"], read["T"]) == (name, "WPA" if password else "nopass")


def test_each_mark_of_a_wlan_code_is_escaped() -> None:
    assert wifi_text('a\\b;c,d:e"f', "x") == r"WIFI:T:WPA;S:a\\b\;c\,d\:e\"f;P:x;;"
    assert wifi_text("Gäste", "") == "WIFI:T:nopass;S:Gäste;;"


def test_the_wlan_of_the_house_stands_on_the_poster_unless_another_is_typed(town: Town, desk: Client) -> None:
    assert "WLAN" not in desk.get(at(town, "poster/")).text
    assert "Vorausgefüllt" not in desk.get(at(town)).text
    say_frame(town.event, "venue", {"wifi_name": "Buergerhaus", "wifi_password": "a;b:c"})
    shown = desk.get(at(town, "poster/")).text
    assert str(drawn_wifi("Buergerhaus", "a;b:c")) in shown
    assert shown.index("Buergerhaus") < shown.index("Mitmachen")
    choice = desk.get(at(town)).text
    assert 'value="Buergerhaus"' in choice
    assert "Vorausgefüllt aus „Anreise und Haus“." in choice, "that one is stored"
    typed = desk.post(at(town, "poster/"), {"wifi_name": "Gast", "wifi_password": ""}).text
    assert str(drawn_wifi("Gast", "")) in typed
    assert "Buergerhaus" not in typed
    assert "WLAN" not in desk.post(at(town, "poster/"), {"wifi_name": "", "wifi_password": ""}).text


def test_upper_case_leads_to_the_event(town: Town, desk: Client) -> None:
    for asked, leads in ((town.slug.upper(), town.slug), (f"{town.slug.upper()}/topics", f"{town.slug}/topics")):
        assert desk.get(f"/{asked}/").headers["Location"] == f"/{leads}/"
    assert desk.get("/NIRGENDS/").status_code in (302, 404)


def test_new_cards_are_a_stack_that_can_be_printed_again(town: Town, desk: Client) -> None:
    answer = desk.post(at(town, "cards/new/"), {"number": "6", "card_size": "a4"})
    first = desk.get(answer.headers["Location"]).text
    assert (first.count('class="ticket"'), first.count("sheet--cards-a4")) == (6, 2)
    desk.post(at(town, "cards/new/"), {"number": "2"})
    assert desk.get(at(town, "cards/")).text.count('class="ticket"') == 2, "the newest stack"
    assert desk.get(answer.headers["Location"]).text.count('class="ticket"') == 6
    code = Card.objects.first().code  # type: ignore[union-attr]
    assert desk.get(at(town, f"cards/?card={code}&size=a6")).text.count("sheet--cards-a6") == 1
    assert f"?stack={code}" in desk.get(at(town)).text
    small = desk.post(at(town, "cards/new/"), {"number": "3", "card_size": "a6"}).headers["Location"]
    assert desk.get(small).text.count("sheet--cards-a6") == 3


@pytest.mark.parametrize("number", ["0", "401", "-3", "viele", "1e9", "٣٣٣٣"])
def test_a_number_of_cards_that_is_none_is_refused_in_place(town: Town, desk: Client, number: str) -> None:
    assert desk.post(at(town, "cards/new/"), {"number": number}).status_code == 422
    assert not Card.objects.exists()


def test_cards_of_another_event_are_not_printed(town: Town, neighbours: Town, desk: Client) -> None:
    code = make_cards(neighbours.event.realm, 1)[0].code
    assert desk.get(at(town, f"cards/?stack={code}")).status_code == 404
    assert desk.get(at(town, f"cards/?card={code}")).status_code == 404
    assert desk.get(at(neighbours)).status_code == 403


def test_the_plan_stands_on_grid_and_door_with_its_number(town: Town, desk: Client) -> None:
    session = planned(town, "Haushalt lesen", "Bela")
    grid, doors = desk.get(at(town, "grid/")).text, desk.get(at(town, "doors/")).text
    for sheet in (grid, doors):
        assert "Haushalt lesen" in sheet
        assert "Bela" in sheet
        assert "Mittagspause" in sheet
        assert re.search(rf"Stand \d\d:\d\d, Nr\. {town.revision} ", sheet)
    assert doors.count("<h2>") == len(town.rooms)
    desk.post(f"/{town.slug}/desk/sessions/{session.code}/cancel/")
    assert "Haushalt lesen" not in desk.get(at(town, "grid/")).text


def test_many_rooms_and_slots_are_spread_over_pages(town: Town) -> None:
    for number in range(MOST_COLUMNS):
        add_room(town.event, f"Tisch {number}", 8)
    town.event.rooms.filter(name="Tisch 1").update(kind=RoomKind.TABLE)
    pages = grids(town.event)
    assert [(len(page.rooms), page.part, page.parts) for page in pages] == [(8, 1, 2), (3, 2, 2)]
    assert all(len(row.cells) == len(page.rooms) for page in pages for row in page.rows)


def test_an_event_without_rooms_or_slots_prints_too(town: Town, neighbours: Town, desk: Client) -> None:
    empty = replace(neighbours, mara=town.mara)
    empty.event.sessions.all().delete()
    empty.event.days.all().delete()
    empty.event.rooms.all().delete()
    assert grids(empty.event) == []
    assert signed_in(neighbours.mara).get(at(empty, "all/")).status_code == 200
    assert signed_in(neighbours.mara).get(f"/{empty.slug}/desk/folder/").status_code == 200


def test_a_rehearsal_says_so_on_every_sheet(town: Town, neighbours: Town, desk: Client) -> None:
    planned(town)
    make_cards(town.event.realm, 1)
    assert ">PROBE<" not in desk.get(at(town, "all/")).text
    rehearsal(town)
    for what in ALL:
        assert ">PROBE<" in desk.get(at(town, f"{what}/")).text, what
    assert ">PROBE<" in desk.get(f"/{town.slug}/desk/folder/").text


def test_printed_words_follow_the_event(town: Town, desk: Client) -> None:
    make_cards(town.event.realm, 1)
    assert "Ihr Thema. Ihre Stimme." in desk.get(at(town, "all/")).text
    Event.objects.filter(pk=town.event.pk).update(address_form="du")
    shown = desk.get(at(town, "all/")).text
    assert "Dein Thema. Deine Stimme." in shown
    assert "Kreuze die Nummern an" in shown


def test_the_folder_is_one_file_without_anything_from_elsewhere(town: Town, desk: Client) -> None:
    planned(town, "Haushalt lesen", "Bela")
    answer = desk.get(f"/{town.slug}/desk/folder/")
    assert re.fullmatch(
        rf'attachment; filename="notfallmappe-{town.slug}-\d{{4}}\.html"', answer.headers["Content-Disposition"]
    )
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "default-src &#x27;none&#x27;" in answer.text or "default-src 'none'" in answer.text
    assert not re.search(r"(?:src|href)\s*=|@import|url\((?!data:)", answer.text)
    assert "<script" not in answer.text
    for part in ("Haushalt lesen", "Bela", "Alle Themen", "Wer bietet was an", "Wenn das Netz ausfällt", "Werkstatt"):
        assert part in answer.text, part


def test_the_desk_offers_the_folder_to_whoever_announced_the_plan(town: Town, desk: Client) -> None:
    someone_proposes(town)
    newest = Change.objects.filter(stream=town.event.stream).order_by("-revision")[:1].get()
    here = f"/{town.slug}/desk/"
    Change.objects.filter(pk=newest.pk).update(kind="plan.published", actor=f"person:{town.mara.pk + 99}")
    assert "data-folder=" not in desk.get(here).text, "somebody else's announcement"
    Change.objects.filter(pk=newest.pk).update(actor=f"person:{town.mara.pk}")
    assert f'data-revision="{newest.revision}"' in desk.get(here).text
    Change.objects.filter(pk=newest.pk).update(told_at=newest.told_at - 2 * OFFERED)
    assert "data-folder=" not in desk.get(here).text


def test_a_sticker_for_each_place_says_of_when_it_is(town: Town, desk: Client) -> None:
    assert "Noch steht kein Thema im Programm" in desk.get(at(town, "stickers/")).text
    session = planned(town, "Radwege")
    printed = " ".join(desk.get(at(town, "stickers/")).text.split())
    assert printed.count('class="sticker"') == 1
    assert f"{session.placement.room}</p>" in printed
    assert f"Nr. {town.revision}" in printed
