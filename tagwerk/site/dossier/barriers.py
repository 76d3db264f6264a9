"""The report on accessibility: what is checked of the software and where, what is not, what the organisers said of the house."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from tagwerk.events.models import Event
from tagwerk.programme.labels import AID_NAMES, KIND_NAMES
from tagwerk.programme.models import Session

_PAGES = "tests/stories/test_everybody_can_use_every_page.py"
_VIEW = "tests/stories/test_pages_are_seen_and_heard_as_people_need_it.py"


@dataclass(frozen=True)
class Check:
    """Something that is tested at each change of the software, and the file that does it."""

    words: Any
    proof: str


CHECKS = (
    Check(
        _(
            "Jede Seite, für Besuch, Teilnahme und Team, deutsch und englisch: automatische Prüfung mit axe-core nach den "
            "Regeln zu WCAG 2.0, 2.1 und 2.2, Stufen A und AA, in hellen und dunklen Farben, schmal und breit."
        ),
        _PAGES,
    ),
    Check(
        _("Kontrast jedes Textes in dunklen Farben, noch einmal eigens gemessen: 4,5 zu 1, große Schrift 3 zu 1."),
        _PAGES,
    ),
    Check(_("Bei 320 Pixeln Breite wird nichts abgeschnitten und nichts seitwärts geschoben."), _PAGES),
    Check(_("Was man antippen kann, ist mindestens 24 Pixel groß; alles nimmt den Fokus an und zeigt ihn."), _PAGES),
    Check(_("Gültiges HTML, Sprache der Seite, ein Titel, genau eine Hauptüberschrift."), _PAGES),
    Check(_("Keine Bewegung, wenn jemand das im System so eingestellt hat."), _PAGES),
    Check(
        _(
            "Nur mit der Tastatur: vorschlagen, Interesse zeigen, suchen, am Schreibtisch verschieben, festhalten und absagen."
        ),
        "tests/stories/test_keyboard_alone_is_enough.py",
    ),
    Check(_("Schrift bis 175 %, starke Kontraste, keine Bewegung, Vorlesen: an einer Stelle wählbar."), _VIEW),
    Check(
        _("Lesen, Vorschlagen, Interesse zeigen und Planen ohne JavaScript."),
        "tests/stories/test_without_javascript.py",
    ),
    Check(
        _("Teilnahme ohne Telefon mit einer Karte aus Papier."),
        "tests/stories/test_people_without_a_phone.py",
    ),
    Check(
        _("Neue Inhalte verschieben nicht, was jemand gerade liest."),
        "tests/stories/test_the_list_stays_as_it_was_seen.py",
    ),
    Check(
        _("Die Leinwand ist aus zehn Metern lesbar."),
        "tests/stories/test_walls_are_read_from_ten_metres.py",
    ),
    Check(
        _("Das Programm als PDF ist getaggt: Sprache, Titel, Überschriften, Tabellenköpfe, Lesezeichen."),
        "tests/exchange/test_programme_pdf.py",
    ),
)
LIMITS = (
    _("Automatische Prüfungen finden nur einen Teil aller Barrieren."),
    _("Dokumentierte Prüfungen mit Bildschirmlesern oder durch Menschen mit Behinderungen gibt es bisher nicht."),
    _("Die Prüfungen laufen in Chromium; Firefox und Safari werden nicht automatisch geprüft."),
    _("Die PDF-Dateien folgen PDF/UA-1, sind aber nicht mit einem Prüfprogramm dafür (veraPDF, PAC) bestätigt."),
    _(
        "Folien werden ausgegeben, wie Vortragende sie geschickt haben; ihre Barrierefreiheit prüft niemand automatisch."
    ),
    _("Online-Räume gehören anderen Anbietern; für sie gilt deren Erklärung."),
    _("Texte in Leichter Sprache schreibt Tagwerk nicht; es zeigt, was jemand dafür eingetragen hat."),
    _("Deutsche Gebärdensprache zur Erklärung dieser Seiten gibt es nicht."),
)


def of_rooms(event: Event) -> list[dict[str, Any]]:
    """Give each room with what it offers, as the organisers ticked it."""
    return [{"name": room.name, "features": room.feature_names} for room in event.rooms.all()]


def of_sessions(event: Event) -> list[dict[str, Any]]:
    """Give the public sessions with captions, sign language and the like, in order of time."""
    placed = Session.objects.of(event).filter(placement__is_active=True).in_order()
    return [_session(session) for session in placed if session.aids or session.plain_summary]


def _session(session: Session) -> dict[str, Any]:
    aids = [str(AID_NAMES.get(aid, aid)) for aid in session.aids]
    aids += [str(_("Zusammenfassung in Leichter Sprache"))] if session.plain_summary else []
    kind = KIND_NAMES.get(session.kind, session.kind)
    return {"start": session.placement.slot.start, "title": session.title or str(kind), "aids": ", ".join(aids)}
