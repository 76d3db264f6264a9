"""What stands around the demo's event: an invented city, its house, its partners."""

from tagwerk.events.actions import add_entry, say_frame
from tagwerk.events.models import Event
from tagwerk.kit.writer import action

EVENT = {
    "audience": "Alle, die in Musterstadt leben oder arbeiten, und ihre Verwaltung",
    "hashtag": "#BCMusterstadt",
    "contact_mail": "barcamp@musterstadt.example",
    "contact_phone": "0123 456-0",
}
DUTIES = {
    "imprint": "Stadt Musterstadt, vertreten durch das Amt für Bürgerbeteiligung\n\nDiese Veranstaltung und alle Personen darin sind erfunden.",
    "privacy_contact": "Behördlicher Datenschutz der Stadt Musterstadt\ndatenschutz@musterstadt.example",
    "accessibility_contact": "barrierefrei@musterstadt.example\nTelefon 0123 456-7",
}
VENUE = {
    "name": "Bürgerhaus Musterstadt",
    "address": "Marktplatz 1\n12345 Musterstadt",
    "way": "Bus 5 und 12 bis Marktplatz, von dort drei Minuten zu Fuß.\n\nFahrräder stehen im Hof.",
    "accessibility": "Der Eingang am Marktplatz ist stufenlos, alle Räume außer der Bibliothek erreicht der Aufzug. Im Saal gibt es eine Induktionsschleife.",
    "note": "Kaffee und Wasser stehen im Foyer.",
}
PARTNERS = (
    {"name": "Stadtwerke Musterstadt", "kind": "partner", "url": "https://stadtwerke.musterstadt.example/"},
    {"name": "Freifunk Musterstadt", "kind": "partner", "url": ""},
    {"name": "Sparverein für gute Ideen", "kind": "supporter", "url": ""},
)
NEXT = {"title": "Hackathon Offene Daten", "when": "im Herbst", "place": "Bibliothek Musterstadt", "url": ""}


@action
def dress(event: Event) -> None:
    """Say everything around the programme of the demo's event."""
    say_frame(event, "event", EVENT)
    say_frame(event, "duties", DUTIES)
    say_frame(event, "venue", VENUE)
    add_entry(event, "bodies", {"name": "Stadt Musterstadt", "address": "Marktplatz 1\n12345 Musterstadt", "url": ""})
    for partner in PARTNERS:
        add_entry(event, "partners", partner)
    add_entry(event, "dates", NEXT)
