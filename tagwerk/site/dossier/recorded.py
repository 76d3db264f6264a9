"""Which changes the ledger records, in words: a kind without words fails a test."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from tagwerk.live.changes import PUBLIC, Fact
from tagwerk.site.undo import undoable

WORDS: Mapping[str, Any] = {
    "event.phase": _("Phase der Veranstaltung gewechselt (etwa angekündigt, läuft, vorbei)"),
    "event.changed": _("Texte, Kontakte, Angaben zum Haus oder Partner geändert"),
    "frame.changed": _("Tag, Zeitfenster, Raum oder Aussehen geändert"),
    "day.changed": _("Plätze oder Art eines Tages geändert"),
    "room.switched": _("Raum geöffnet, geschlossen oder anders genutzt"),
    "walls": _("Leinwände umgeschaltet"),
    "slots.shifted": _("Zeiten verschoben"),
    "slot.anchored": _("Zeitfenster festgehalten oder gelöst"),
    "session.scheduled": _("Session von Hand eingeplant"),
    "session.moved": _("Session verschoben"),
    "sessions.rearranged": _("Mehrere Sessions umgestellt"),
    "session.cancelled": _("Session abgesagt"),
    "session.restored": _("Absage zurückgenommen"),
    "session.host_missing": _("Niemand da, der die Session hält"),
    "session.host_found": _("Jemand hält die Session"),
    "session.pinned": _("Session festgehalten oder gelöst"),
    "sessions.pinned": _("Zeitfenster voller Sessions festgehalten oder gelöst"),
    "session.full": _("Session als voll gemeldet, oder wieder frei"),
    "session.insight": _("Wichtigste Erkenntnis einer Session eingetragen"),
    "session.notices": _("Hinweis an alle, die zu einer Session kommen (automatisch)"),
    "session.edited": _("Text oder Beteiligte eines öffentlichen Programmpunkts geändert"),
    "draft.changed": _("Entwurf eines Programmpunkts geändert"),
    "speaker.edited": _("Vortragende Person eingetragen, geändert oder gelöscht"),
    "programme.released": _("Programm veröffentlicht"),
    "programme.hidden": _("Programmpunkte wieder verborgen"),
    "host.times": _("Zeiten eingetragen, zu denen jemand keine Session halten kann"),
    "announcement": _("Mitteilung an alle"),
    "announcement.withdrawn": _("Mitteilung zurückgenommen"),
    "topic.proposed": _("Thema vorgeschlagen"),
    "topic.edited": _("Thema geändert"),
    "topic.adopted": _("Themenwunsch übernommen"),
    "topic.count": _("Interesse an einem Thema gestiegen oder gesunken"),
    "topic.qualified": _("Genug Interesse an einem Thema (automatisch)"),
    "topic.planned": _("Thema eingeplant"),
    "topic.sketched": _("Voraussichtlicher Platz eines Themas (automatisch)"),
    "topic.unplanned": _("Platz eines Themas zurückgenommen"),
    "topic.unplaced": _("Kein Platz für ein Thema (automatisch)"),
    "topic.closed": _("Thema zurückgezogen, beiseitegelegt, abgelehnt oder wieder geöffnet"),
    "topic.admitted": _("Thema ohne genug Interesse zugelassen"),
    "topic.hands": _("Hände gezählt oder geschätzt"),
    "topic.merged": _("Themen zusammengelegt"),
    "topic.split": _("Zusammenlegung getrennt"),
    "topic.twice": _("Thema zweimal angeboten, oder nur einmal"),
    "topic.theme": _("Themenfeld eines Themas geändert"),
    "topics.paired": _("Bedingung zwischen zwei Themen gesetzt oder aufgehoben"),
    "session.coming": _("„Ich komme“ gesagt oder zurückgenommen"),
    "barcamp.rules": _("Regeln des Barcamps geändert"),
    "round.phase": _("Phase der Vorstellungsrunde gewechselt"),
    "stage.step": _("Schritt auf der Bühne: nächstes Thema, mehr Zeit, nicht da"),
    "plan.searched": _("Suche nach einem besseren Plan begonnen oder beendet"),
    "plan.applied": _("Gefundenen Plan übernommen"),
    "plan.published": _("Plan verkündet"),
    "plan.withdrawn": _("Verkündung zurückgenommen"),
    "call.changed": _("Aufruf zu Beiträgen geändert, geöffnet oder geschlossen"),
    "contribution.changed": _("Vorgeschlagener Beitrag eingegangen, geändert, bewertet, entschieden oder beantwortet"),
    "booth.changed": _("Stand eingetragen, geändert oder anders eingeordnet"),
    "booths.changed": _("Mehrere Stände aus einer Liste übernommen"),
    "booth.aside": _("Stand zur Seite gelegt oder wieder gezeigt"),
    "device.verified": _("Gerät hat den Saalcode eingegeben"),
    "device.joined": _("Jemand macht auf einem anderen Telefon weiter"),
    "device.presence": _("Gesagt, ob im Haus oder online dabei"),
    "devices.counted": _("Anzahl der Geräte (automatisch)"),
    "devices.house": _("Menschen im Haus gezählt"),
    "devices.budget": _("Anzahl der Geräte geändert, die zählen"),
}


@dataclass(frozen=True)
class Kind:
    """A kind of change as the papers list it: in words, whether open pages of everybody hear of it, or of the crew alone."""

    name: str
    words: Any
    is_public: bool
    can_go_back: bool


@dataclass(frozen=True)
class Part:
    """What one room records."""

    name: Any
    kinds: list[Kind]


ROOMS: Mapping[str, Any] = {
    "events": _("Veranstaltung und Räume"),
    "programme": _("Programm und Sessions"),
    "barcamp": _("Themen, Bühne und Plan"),
    "contributions": _("Vorgeschlagene Beiträge"),
    "market": _("Marktplatz"),
    "people": _("Geräte"),
}


def recorded() -> list[Part]:
    """List what is recorded, room by room; what a closed room would record is left out."""
    return [Part(name, _kinds(room)) for room, name in ROOMS.items() if apps.is_installed(f"tagwerk.{room}")]


def facts_of(room: str) -> list[type[Fact]]:
    """Give the changes that a room can tell."""
    name = f"tagwerk.{room}.changes"
    if find_spec(name) is None:
        return []
    return [fact for fact in _below(Fact) if fact.__module__ == import_module(name).__name__ and hasattr(fact, "kind")]


def _below(kind: type[Fact]) -> Iterator[type[Fact]]:
    for below in kind.__subclasses__():
        yield below
        yield from _below(below)


def _kinds(room: str) -> list[Kind]:
    facts = facts_of(room)
    public = {fact.kind for fact in facts if fact.audience == PUBLIC}
    told = {fact.kind for fact in facts}
    back = undoable()
    return [Kind(name, words, name in public, name in back) for name, words in WORDS.items() if name in told]
