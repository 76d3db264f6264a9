"""The programme for other programs: valid, at the known addresses, with versions that only rise."""

import json
import xml.etree.ElementTree as ET
from typing import Any

import icalendar
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tagwerk.exchange import printer
from tagwerk.exchange.printer import missing
from tagwerk.programme import actions, exports
from tagwerk.programme.models import DraftPlace, Session
from tests.site.test_programme_pages import released
from tests.town import Town, planned

NAMES = ("schedule.xml", "schedule.json", "schedule.v2.json", "schedule.ics", "schedule.csv")


def export(town: Town, client: Client, name: str, **headers: str) -> Any:
    return client.get(f"/{town.slug}/schedule/export/{name}", headers=headers)


@pytest.mark.parametrize("name", NAMES)
def test_every_format_names_every_public_session(town: Town, client: Client, name: str) -> None:
    planned(town)
    released(town)
    actions.draft(town.event, {"title": "Geheimnis"})
    answer = export(town, client, name)
    assert answer.status_code == 200
    text = answer.content.decode().replace("\r\n ", "")
    assert "Offene Daten" in text
    assert "Offener Bürgerhaushalt" in text
    assert "Ada Beispiel" in text
    assert "Geheimnis" not in text
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("name", NAMES)
def test_who_has_it_already_gets_304_until_something_changes(town: Town, client: Client, name: str) -> None:
    session = released(town)
    tag = export(town, client, name).headers["ETag"]
    assert export(town, client, name, **{"If-None-Match": tag}).status_code == 304
    actions.announce(town.event, "Nichts vom Programm")
    assert export(town, client, name, **{"If-None-Match": tag}).status_code == 304
    actions.edit(session, {"title": "Neuer Titel"})
    assert export(town, client, name, **{"If-None-Match": tag}).status_code == 200


def test_the_version_rises_and_ids_stay_when_a_session_moves(town: Town, client: Client) -> None:
    session = released(town)

    def seen() -> tuple[int, str, str, str]:
        root = ET.fromstring(export(town, client, "schedule.xml").content)  # noqa: S314 - our own
        event = next(one for one in root.iter("event") if one.get("code") == session.code)
        return (
            int(root.findtext("version") or 0),
            event.get("id") or "",
            event.get("guid") or "",
            event.findtext("room") or "",
        )

    before = seen()
    actions.move(session, town.slots[1], town.rooms[2])
    after = seen()
    assert after[0] > before[0]
    assert after[1:3] == before[1:3]
    assert after[3] == "Werkstatt"


def test_addresses_lie_under_the_host_that_was_asked(town: Town, client: Client) -> None:
    released(town)
    data = json.loads(export(town, client, "schedule.json").content)
    assert data["schedule"]["base_url"] == f"http://testserver/{town.slug}/"


def test_a_theme_has_a_calendar_of_its_own(town: Town, client: Client) -> None:
    one, _other = released(town), released(town, 17, 1, title="Anderes")
    actions.edit(one, {"track": actions.add_track(town.event, "Daten")})
    found = icalendar.Calendar.from_ical(export(town, client, "tracks/daten.ics").content)
    assert [str(entry["summary"]) for entry in found.walk("VEVENT")] == ["Offener Bürgerhaushalt"]
    assert export(town, client, "tracks/nichts.ics").status_code == 404
    assert export(town, client, "schedule.doc").status_code == 404


def test_one_hostile_record_never_breaks_the_export_of_the_others(town: Town, client: Client) -> None:
    bad = released(town)
    released(town, 17, 1, title="Gut")
    Session.objects.filter(pk=bad.pk).update(
        title="]]></title>&<!--", links=[{"url": "https://a.example/\nx", "title": ""}]
    )
    for name in NAMES:
        assert b"Gut" in export(town, client, name).content
    assert ET.fromstring(export(town, client, "schedule.xml").content).tag == "schedule"  # noqa: S314 - our own


def upload(desk: Client, town: Town, content: bytes, name: str = "programm.xml") -> Any:
    return desk.post(f"/{town.slug}/desk/programme/import/", {"file": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize("name", [name for name in NAMES if not name.endswith("ics")])
def test_an_export_is_read_again_and_changes_nothing(town: Town, desk: Client, client: Client, name: str) -> None:
    released(town)
    content = export(town, client, name).content
    assert upload(desk, town, content, name).status_code == 302
    page = desk.get(f"/{town.slug}/desk/programme/import/").content.decode()
    assert "Alles darin steht schon genauso im Programm." in page, page[page.index("<main") :]


def test_a_file_is_looked_at_taken_over_and_released(
    town: Town, neighbours: Town, desk: Client, client: Client
) -> None:
    released(neighbours, title="Vom Nachbarn")
    content = export(neighbours, client, "schedule.json").content
    upload(desk, town, content, "nachbarn.json")
    page = desk.get(f"/{town.slug}/desk/programme/import/").content.decode()
    assert "nachbarn.json" in page
    assert "Vom Nachbarn" in page
    assert not DraftPlace.objects.exists()
    desk.post(f"/{town.slug}/desk/programme/import/", {"apply": "on", "rooms": "on"})
    assert Session.objects.filter(event=town.event, title="Vom Nachbarn", draft_place__isnull=False).exists()
    assert "nachbarn.json" in desk.get(f"/{town.slug}/desk/programme/import/").content.decode()
    assert desk.post(f"/{town.slug}/desk/programme/import/", {"back": "on"}).status_code == 302
    assert not Session.objects.filter(event=town.event, title="Vom Nachbarn").exists()
    assert desk.post(f"/{town.slug}/desk/programme/import/", {"back": "on"}).status_code == 409


@pytest.mark.parametrize(
    "content",
    [b"", b"kein Programm", b"<schedule", b'{"schedule": {}}', b"\xff\xfe\x00", b"a;b;c\n1;2;3"],
)
def test_a_file_that_is_none_is_refused_in_words(town: Town, desk: Client, content: bytes) -> None:
    answer = upload(desk, town, content)
    assert answer.status_code == 422
    assert "Diese Datei ließ sich nicht einlesen" in answer.content.decode()


def test_a_file_is_put_aside(town: Town, desk: Client, client: Client) -> None:
    released(town)
    upload(desk, town, export(town, client, "schedule.xml").content)
    desk.post(f"/{town.slug}/desk/programme/import/", {"discard": "on"})
    assert "Noch ist nichts übernommen." not in desk.get(f"/{town.slug}/desk/programme/import/").content.decode()


def test_versions_say_what_changed(town: Town, desk: Client, client: Client) -> None:
    session = released(town)
    export(town, client, "schedule.xml")
    actions.edit(session, {"title": "Ganz anders"})
    export(town, client, "schedule.xml")
    page = desk.get(f"/{town.slug}/desk/programme/editions/").content.decode()
    assert "Fassung 2" in page
    assert "Ganz anders" in page


def test_notices_are_a_feed(town: Town, client: Client) -> None:
    actions.announce(town.event, "Mittagessen ist da & <heiß>")
    atom = ET.fromstring(client.get(f"/{town.slug}/feed.atom").content)  # noqa: S314 - our own
    assert [one.text for one in atom.iter("{http://www.w3.org/2005/Atom}title")][1:] == ["Mittagessen ist da & <heiß>"]
    feed = json.loads(client.get(f"/{town.slug}/feed.json").content)
    assert feed["items"][0]["content_html"] == "<p>Mittagessen ist da &amp; &lt;heiß&gt;</p>"


def test_pages_describe_what_they_show(town: Town, client: Client) -> None:
    session = released(town, title="</script><b>Titel")

    def described(path: str) -> Any:
        page = client.get(f"/{town.slug}/{path}").content.decode()
        return json.loads(page.partition('<script type="application/ld+json">')[2].partition("</script>")[0])

    found = described(f"sessions/{session.code}/")
    assert (found["name"], found["superEvent"]["name"]) == ("</script><b>Titel", town.event.name)
    assert found["startDate"].startswith(town.day.date.isoformat())
    whole = described("")
    assert (whole["@type"], whole["name"]) == ("Event", town.event.name)
    assert "subEvent" not in whole


@pytest.mark.skipif(bool(missing()), reason=f"WeasyPrint or Pango is not on this machine: {missing()}")
def test_the_programme_is_printed_once_a_minute_at_most(town: Town, client: Client) -> None:
    session = released(town)
    first = export(town, client, "programme.pdf")
    assert (first.status_code, first.headers["Content-Type"], first.content[:5]) == (200, "application/pdf", b"%PDF-")
    actions.edit(session, {"title": "Neuer Titel"})
    again = export(town, client, "programme.pdf", **{"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_who_asks_while_it_is_printed_is_asked_to_wait(town: Town, client: Client) -> None:
    exports.printed.clear()
    with printer.turn:
        answer = export(town, client, "programme.pdf")
    assert answer.status_code == 503
    assert "wird gerade gedruckt" in answer.content.decode()
