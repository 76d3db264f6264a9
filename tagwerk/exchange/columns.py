"""The columns of a programme as a table: ours in German and English, and those of pretalx's lists."""

from tagwerk.exchange.words import bare

COLUMNS = {
    "code": "Kürzel",
    "title": "Titel",
    "subtitle": "Untertitel",
    "kind": "Art",
    "track": "Themenstrang",
    "room": "Raum",
    "date": "Datum",
    "start": "Beginn",
    "end": "Ende",
    "speakers": "Vortragende",
    "moderators": "Moderation",
    "language": "Sprache",
    "level": "Niveau",
    "abstract": "Beschreibung",
    "plain_summary": "In einfacher Sprache",
    "features": "Barrierefreiheit",
    "links": "Links",
    "state": "Stand",
    "licence": "Lizenz der Aufzeichnung",
    "do_not_record": "Nicht aufzeichnen",
    "url": "Adresse",
    "guid": "UUID",
}
"""Our columns in their order; the words are those of the file, whatever the language of the page."""

_OTHERS = {
    "code": ("Kuerzel", "Code", "ID", "Kennung"),
    "title": ("Title", "Proposal title", "Session title", "Titel der Session", "Vortragstitel", "Sessiontitel"),
    "subtitle": ("Subtitle",),
    "kind": ("Type", "Typ", "Kind", "Session type", "Format", "Sessionart", "Vortragsart"),
    "track": ("Track", "Strang", "Thema", "Theme"),
    "room": ("Room", "Ort", "Saal", "Location"),
    "date": ("Date", "Tag", "Day", "Start (date)", "Beginn (Datum)", "Start Datum"),
    "start": ("Start", "Von", "From", "Uhrzeit", "Startzeit", "Anfang"),
    "start_time": ("Start (time)", "Beginn (Uhrzeit)", "Start time"),
    "end": ("End", "Bis", "To", "Until", "Endzeit"),
    "end_date": ("End (date)", "Ende (Datum)"),
    "end_time": ("End (time)", "Ende (Uhrzeit)", "End time"),
    "duration": ("Duration", "Dauer", "Minuten", "Minutes", "Länge"),
    "speakers": ("Speakers", "Speaker", "Speaker names", "Referierende", "Referenten", "Sprecher", "Personen", "Wer"),
    "speaker_codes": ("Speaker IDs",),
    "moderators": ("Moderators", "Moderator", "Moderierende"),
    "language": ("Language", "Content locale", "Locale"),
    "level": ("Level", "Schwierigkeit", "Vorkenntnisse"),
    "abstract": ("Abstract", "Zusammenfassung", "Kurzfassung", "Inhalt"),
    "description": ("Description", "Langfassung"),
    "plain_summary": ("Plain language", "Plain summary", "Einfache Sprache", "Leichte Sprache"),
    "features": ("Accessibility", "Features", "Merkmale"),
    "links": ("Link", "Resources"),
    "state": ("State", "Status", "Proposal state", "Zustand"),
    "licence": ("Licence", "License", "Lizenz", "Recording licence"),
    "do_not_record": ("Do not record", "Don't record this session.", "Keine Aufzeichnung"),
    "url": ("URL", "Address", "Webadresse"),
    "guid": ("GUID",),
    "name": ("Name",),
    "organisation": ("Organisation", "Organization", "Firma", "Company"),
    "biography": ("Biography", "Biografie", "Biographie", "Über die Person"),
    "session_codes": ("Proposal IDs", "Session IDs"),
    "passed_over": (
        "Email", "E-Mail", "Picture", "Bild", "Created", "Tags", "Notes", "Notizen", "Internal notes", "Slot Count",
        "Pending proposal state", "Median score", "Average (mean) score", "Proposal titles", "Session image",
        "Show this session in public list of featured sessions.",
    ),
}  # fmt: skip

FIELDS = {bare(name): field for field, name in COLUMNS.items()} | {
    bare(name): field for field, names in _OTHERS.items() for name in names
}
"""Which field a heading means, bare of case, accents and signs. What pretalx lists beyond a programme is passed over: mail addresses are never read."""
