"""Reads a pasted list of exhibitors, or a table, and lays it beside the stands that are there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tagwerk.events.models import Event
from tagwerk.exchange.reading.limits import Unreadable
from tagwerk.exchange.reading.tables import Row, decoded, joined, rows_of, table
from tagwerk.exchange.words import bare
from tagwerk.kit.text import Unreadable as NoText
from tagwerk.kit.text import clean, folded
from tagwerk.market.models import Booth
from tagwerk.market.rules import MOST_BOOTHS, Line, compared, tags_of

LARGEST = 512 * 1024  # octets of a list
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("Name", "Ausstellende", "Aussteller", "Organisation", "Exhibitor", "Company", "Firma"),
    "number": ("Stand", "Standnummer", "Nummer", "Nr", "Booth", "Stand number"),
    "room": ("Raum", "Ort", "Halle", "Bereich", "Room", "Place", "Area"),
    "shows": ("Zeigt", "Was gibt es zu sehen?", "Was", "Titel", "Shows", "Title"),
    "track": ("Themenstrang", "Thema", "Track", "Theme"),
    "about": ("Beschreibung", "Text", "About", "Description"),
    "links": ("Links", "Link", "Internetseite", "Website", "URL"),
    "tags": ("Schlagworte", "Schlagwörter", "Tags"),
    "contact_name": ("Kontakt", "Ansprechperson", "Contact"),
    "contact_mail": ("E-Mail", "Email", "Mail"),
    "contact_phone": ("Telefon", "Phone"),
    "join_url": ("Online-Raum", "Online", "Video"),
    "dial_in": ("Einwahl", "Dial-in"),
    "passcode": ("Kenncode", "Passcode"),
}
FIELDS = {bare(name): field for field, names in COLUMNS.items() for name in names}
PLAIN = ["name", "number", "room", "shows"]  # what the columns of a list without a head are


@dataclass(frozen=True)
class Listing:
    """A list as it was read: its lines, the headings that mean nothing, and why it cannot be read ("" if it can)."""

    lines: list[Line]
    strangers: list[str]
    fault: str = ""


def read_list(event: Event, data: bytes) -> Listing:
    """Read a list; never raises for what is in it."""
    if len(data) > LARGEST:
        return Listing([], [], "too_large")
    try:
        strangers, rows = _rows(data)
    except Unreadable as fault:
        return Listing([], [], fault.name)
    if not rows or len(rows) > MOST_BOOTHS:
        return Listing([], [], "too_deep" if rows else "empty")
    house = _House(
        {folded(room.name): room.name for room in event.rooms.all()},
        {folded(track.name): track.name for track in event.tracks.all()},
    )
    return Listing(compared([house.words(row) for row in rows], _known(event)), strangers)


def _rows(data: bytes) -> tuple[list[str], list[Row]]:
    try:
        return table(data, ("name",), FIELDS)
    except Unreadable as fault:
        if fault.name != "no_title":
            raise
    return [], [joined(PLAIN, row) for row in rows_of(decoded(data))]


@dataclass(frozen=True)
class _House:
    """Rooms and themes of an event by their names as they are compared."""

    rooms: Mapping[str, str]
    tracks: Mapping[str, str]

    def words(self, row: Row) -> dict[str, Any]:
        """Give the words of a row as a stand has them; a place that is no room of the house is said as such."""
        words: dict[str, Any] = {name: _clean(cell, lines=name == "about") for name, cell in row.items()}
        if "room" in words:
            said = words.pop("room")
            known = self.rooms.get(folded(said))
            words |= {"room": known} if known else {"place": said}
        if "track" in words:
            words["track"] = self.tracks.get(folded(words["track"]), words["track"])[:60]
        if "tags" in words:
            words["tags"] = tags_of(words["tags"])
        if "links" in words:
            urls = (_secure(piece) for piece in words["links"].replace(",", " ").split())
            words["links"] = [{"url": url, "title": url} for url in urls]
        if "join_url" in words:
            words["join_url"] = _secure(words["join_url"])
        return words


def _secure(address: str) -> str:
    return address if "://" in address else f"https://{address}"


def _clean(cell: str, *, lines: bool) -> str:
    try:
        return clean(cell, lines=lines)
    except NoText:
        return "".join(sign for sign in cell if sign.isprintable())


def _known(event: Event) -> Sequence[Mapping[str, Any]]:
    names = [name for name in COLUMNS if name not in ("room", "track")]
    return [
        {name: getattr(booth, name) for name in (*names, "code", "place")}
        | {"room": booth.room.name if booth.room else "", "track": booth.track.name if booth.track else ""}
        for booth in Booth.objects.of(event)
    ]
