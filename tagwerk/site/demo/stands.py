"""Fills the market of 2020 in the demo: 14 stands stood there, their names are not documented, so all of them are invented."""

from collections.abc import Mapping

from tagwerk.events.models import Event, Room
from tagwerk.kit.writer import action
from tagwerk.market import actions
from tagwerk.programme.models import Session, Track
from tagwerk.site.demo.ogt import AREAS, SAMPLE_STAND, STANDS

SHOWS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "Ideenwerkstatt Rathaus": ("Wie aus einem Zettel im Flur ein Vorhaben wird", ("Beteiligung", "Methoden")),
    "Prototypen in fünf Tagen": ("Am Montag eine Frage, am Freitag etwas zum Ausprobieren", ("Methoden",)),
    "Sensoren am Isarufer": ("Wasserstand und Temperatur, live auf einer Karte", ("Sensoren", "Offene Daten")),
    "Chatbot Musterle": ("Antwortet auf Fragen zum Wohnsitz, auch nachts", ("Bürgerservice",)),
    "Lernreise Verwaltung": ("Ein halbes Jahr voneinander lernen, quer durch die Referate", ("Lernen",)),
    "Digitalführerschein": ("Zwölf kurze Übungen für den Arbeitsalltag", ("Lernen", "Beschäftigte")),
    "Spielend verändern": ("Ein Brettspiel über den Umgang mit Neuem", ("Lernen", "Methoden")),
    "Leichte Sprache leicht gemacht": ("Ihr Bescheid in Leichter Sprache, gleich am Stand", ("Barrierefreiheit",)),
    "Nachbarschaft im Netz": ("Wie ein Stadtteil sich selbst organisiert", ("Beteiligung",)),
    "Faktencheck Stadtgespräch": ("Gerüchte aus dem Netz, nachgeprüft", ("Medien",)),
    "Bürgerservice ohne Umweg": ("Drei Anträge, die ohne Papier auskommen", ("Bürgerservice",)),
    "Offene Haushaltsdaten": ("Wofür die Stadt Geld ausgibt, zum Anklicken", ("Offene Daten",)),
    "Digitale Akte im Alltag": ("Was nach einem Jahr ohne Papier anders ist", ("Beschäftigte",)),
    "Karten für alle": ("Offene Geodaten für Schule, Verein und Verwaltung", ("Offene Daten",)),
}


@action
def make_market(
    event: Event, sessions: Mapping[str, Session], tracks: Mapping[str, Track], rooms: Mapping[str, Room]
) -> None:
    """Enter the stands of the market, each with the session that is held there."""
    for number, (name, area) in enumerate(STANDS, 1):
        shows, tags = SHOWS[name]
        room = rooms[f"Marktplatz {AREAS[area]}"]
        words = {
            "name": name,
            "shows": shows,
            "about": SAMPLE_STAND,
            "number": str(number),
            "room": room,
            "track": tracks[AREAS[area]],
            "tags": list(tags),
            "join_url": f"https://video.example/ogt-2020/stand-{number}",
        }
        actions.set_sessions(actions.add_booth(event, words), [sessions[name].code])
