"""The papers of an event: what it uses, with its own days, what is missing with the way to it, and as one file."""

import html
import re
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import translation
from django.utils.formats import date_format

from tagwerk.contributions.models import Call
from tagwerk.events.actions import add_entry, say_frame
from tagwerk.events.models import OnlineRoom
from tagwerk.exchange import printer
from tagwerk.market.models import Booth
from tagwerk.people.actions import grant
from tagwerk.people.rules import RoleKind
from tagwerk.programme.models import Session
from tests.pdf import everything_in, lacking, printed
from tests.town import Town, planned, signed_in


@pytest.fixture
def organiser(town: Town) -> Client:
    """Mara's browser; she organises."""
    grant(town.mara, town.event.realm, RoleKind.ORGANISER)
    return signed_in(town.mara)


def papers(client: Client, town: Town, language: str = "") -> str:
    """Give the page as words, without markup and without the frame."""
    page = client.get(f"{language}/{town.slug}/desk/setup/dossier/").content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", main)))


def test_only_what_the_event_uses_is_in_the_record(organiser: Client, town: Town) -> None:
    words = papers(organiser, town)
    assert "Barcamp: Themen, Interesse, Sessions" in words
    for absent in ("Aufruf zu Beiträgen", "Ansprechperson am Stand", "Mailserver", "Anbieter der Online-Räume"):
        assert absent not in words.split("Alle Änderungen, die im Protokoll stehen")[0]
    Call.objects.create(event=town.event)
    Booth.objects.create(event=town.event, code="STAND1", name="Werke", join_url="https://stand.example/raum")
    OnlineRoom.objects.create(event=town.event, name="Stream", url="https://stream.example/saal")
    words = papers(organiser, town)
    assert "Aufruf zu Beiträgen" in words
    assert "Ansprechperson am Stand" in words
    assert "Anbieter der Online-Räume: stand.example, stream.example" in words
    assert "E-Mails" not in words, "no mail server is set up"


def test_who_receives_something_follows_from_how_the_house_is_set_up(
    organiser: Client, town: Town, settings: LazySettings
) -> None:
    assert "fcm.googleapis.com" in papers(organiser, town)
    settings.TAGWERK_PUSH_SERVICES = []
    settings.TAGWERK_MAIL, settings.EMAIL_HOST = True, "mail.musterstadt.example"
    Call.objects.create(event=town.event)
    words = papers(organiser, town)
    assert "Mailserver mail.musterstadt.example" in words
    assert "Hinweise auf das Telefon" not in words
    assert "Übermittlung in Drittländer Keine." in words


def test_the_days_are_those_of_the_event(organiser: Client, town: Town) -> None:
    last = max(slot.end for slot in [*town.slots, *town.breaks])
    with translation.override("de"):
        day = date_format((last + timedelta(days=90)).astimezone(town.event.timezone), "j. F Y")
    assert f"{day} 90 Tage nach der Veranstaltung" in papers(organiser, town)


def test_what_nobody_has_said_is_missing_with_the_way_to_it(organiser: Client, town: Town) -> None:
    page = organiser.get(f"/{town.slug}/desk/setup/dossier/").content.decode()
    missing = page[page.index('id="missing-heading"') : page.index('id="record"')]
    ways = re.findall(r'href="([^"#]+)', missing)
    assert len(ways) == 7
    assert all(organiser.get(way).status_code == 200 for way in ways)
    assert papers(organiser, town).count("Noch nicht angegeben.") == 5
    add_entry(town.event, "bodies", {"name": "Stadt <Musterstadt>"})
    said = {
        "imprint": "x",
        "privacy_contact": "datenschutz@musterstadt.example",
        "accessibility_contact": "barrierefrei@x",
    }
    say_frame(
        town.event, "duties", {**said, "conformity": "partial", "exceptions": "Karten", "enforcement": "Stelle X"}
    )
    say_frame(town.event, "event", {"contact_mail": "hallo@musterstadt.example"})
    say_frame(town.event, "venue", {"accessibility": "Aufzug am Nordeingang"})
    page = organiser.get(f"/{town.slug}/desk/setup/dossier/").content.decode()
    assert "missing-heading" not in page
    assert "Stadt &lt;Musterstadt&gt;" in page
    words = papers(organiser, town)
    assert "Noch nicht angegeben." not in words
    for sentence in ("datenschutz@musterstadt.example", "teilweise vereinbar", "Aufzug am Nordeingang", "Stelle X"):
        assert sentence in words


def test_the_report_names_rooms_and_sessions_with_aids(organiser: Client, town: Town) -> None:
    session = planned(town, "Haushalt")
    Session.objects.filter(pk=session.pk).update(aids=["captions", "sign_language"], plain_summary="Kurz gesagt")
    words = papers(organiser, town)
    assert "Haushalt: Untertitel, Gebärdensprache, Zusammenfassung in Leichter Sprache" in words
    assert "Werkstatt : nichts angegeben" in words
    assert "Saal : stufenlos" in words
    assert "Eine Prüfung durch eine unabhängige Stelle ist das nicht." in words


def test_the_staff_council_reads_what_is_recorded_and_whether_it_goes_back(organiser: Client, town: Town) -> None:
    words = papers(organiser, town)
    assert "Session verschoben alle ja" in words
    assert "Menschen im Haus gezählt Team ja" in words
    assert "Nummer des Kontos oder Geräts" in words
    assert "Eine Anmeldung gilt 14 Stunden." in words


def test_english_is_complete(organiser: Client, town: Town) -> None:
    words = papers(organiser, town, "/en")
    assert "Record of processing activities" in words
    assert "Session moved all yes" in words
    assert not re.search(r"\b(und|nicht|wird|sobald|oder)\b", words)


def test_what_is_set_up_otherwise_is_said_otherwise(organiser: Client, town: Town, settings: LazySettings) -> None:
    assert "https ist in dieser Installation noch nicht eingestellt." in papers(organiser, town)
    settings.LOGGING = {"root": {"level": "DEBUG"}}
    words = papers(organiser, town)
    assert "protokolliert ausführlicher" in words
    assert "kein Protokoll der Seitenaufrufe" not in words


def test_a_rehearsal_and_an_event_without_a_frame_have_papers_too(organiser: Client, town: Town) -> None:
    Session.objects.filter(event=town.event).delete()
    town.event.days.all().delete()
    town.event.rooms.all().delete()
    town.event.rehearsal_of = town.event
    town.event.save()
    words = papers(organiser, town)
    assert "Nur ein Probelauf." in words
    assert "90 Tage nach der Veranstaltung" in words
    assert "Es gibt keine Räume im Haus." in words


@printed
def test_one_file_holds_all_four_and_is_tagged(organiser: Client, town: Town) -> None:
    add_entry(town.event, "bodies", {"name": "Stadt Musterstadt"})
    answer = organiser.get(f"/{town.slug}/desk/setup/dossier.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="unterlagen-{town.slug}.pdf"'
    assert "no-store" in answer.headers["Cache-Control"]
    inside = everything_in(answer.content)
    assert lacking(answer.content, "H1 H2 H3 Table TH LI Link") == []
    assert f"http://testserver/{town.slug}/desk/setup/".encode() in inside, "what is missing leads to where it is said"


@printed
def test_the_english_file_is_english(organiser: Client, town: Town) -> None:
    answer = organiser.get(f"/en/{town.slug}/desk/setup/dossier.pdf")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="papers-{town.slug}.pdf"'
    assert b"/Lang (en)" in everything_in(answer.content)


def test_without_a_printer_the_page_says_so_and_the_browser_prints(
    organiser: Client, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printer, "missing", lambda: "pango")
    page = organiser.get(f"/{town.slug}/desk/setup/dossier/").content.decode()
    assert "fehlt dem System die Bibliothek Pango" in page
    assert "dossier.pdf" not in page
    assert "data-print" in page
    answer = organiser.get(f"/{town.slug}/desk/setup/dossier.pdf")
    assert answer.status_code == 503
    assert "Pango" in answer.content.decode()


def test_one_prints_at_a_time(organiser: Client, town: Town) -> None:
    with printer.turn:
        answer = organiser.get(f"/{town.slug}/desk/setup/dossier.pdf")
    assert answer.status_code == 503
    assert not printer.turn.locked()


def test_the_setup_leads_to_the_papers(organiser: Client, town: Town) -> None:
    page = organiser.get(f"/{town.slug}/desk/setup/").content.decode()
    assert f'href="/{town.slug}/desk/setup/dossier/"' in page
