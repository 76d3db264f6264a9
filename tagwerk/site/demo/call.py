"""The demo's open call, with what a few invented people propose, in several states."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from tagwerk.contributions import actions
from tagwerk.contributions.rules import Ask
from tagwerk.events.models import Event
from tagwerk.people.models import Person
from tagwerk.programme.rules import Kind

OPEN_FOR = timedelta(days=14)
TEXT = """Für den nächsten Barcamp-Tag suchen wir **Erfahrungen aus der Praxis**: Was hat funktioniert, was nicht, was nehmen andere mit?

- Vorträge von 20 Minuten mit Zeit für Fragen
- Werkstätten, in denen alle etwas ausprobieren

Sie müssen nichts perfekt haben. Eine ehrliche Geschichte hilft mehr als schöne Folien."""
REMARK = "Gern früh am Vormittag: Das interessiert viele."
REFUSAL = "Werbung hat bei uns keinen Platz. Eine Erfahrung aus einer Verwaltung nehmen wir gern."
PROPOSALS: tuple[tuple[str, str, int, str, str, str], ...] = (
    (
        "Der Haushalt, den alle verstehen",
        Kind.TALK,
        20,
        "Mira Sandmann",
        "Stadt Musterstadt, Kämmerei",
        "Wie aus 900 Seiten Haushaltsplan eine Seite für das Wohnzimmer wurde, und welche drei Fragen danach wirklich kamen.",
    ),
    (
        "Leichte Sprache in einer Stunde",
        Kind.WORKSHOP,
        45,
        "Tarek Amani",
        "Verein Klartext Musterstadt",
        "Wir übersetzen zusammen einen echten Bescheid. **Bitte bringen Sie einen mit.**",
    ),
    (
        "Open Source im Amt: ein Jahr danach",
        Kind.TALK,
        20,
        "Jule Petersen",
        "Landratsamt Beispielkreis",
        "Was wir vorher versprochen haben, was davon stimmt, und wer uns geholfen hat.",
    ),
    (
        "Sitzbänke melden per Foto",
        Kind.TALK,
        20,
        "Benno Kranz",
        "Seniorenrat Musterstadt",
        "400 Bänke, ein Foto je Bank: eine Karte, die im Rathaus hängt und benutzt wird.",
    ),
    (
        "Mein Produkt löst alles",
        Kind.TALK,
        45,
        "V. Kaufer",
        "Beispiel GmbH",
        "Eine Vorführung unserer Software mit Preisliste.",
    ),
)


def open_demo_call(event: Event, person: Person) -> None:
    """Open the call and let people answer it; one proposal of each state, two that wait to be read."""
    now = timezone.now()
    closes = (now + OPEN_FOR).astimezone(event.timezone).replace(hour=18, minute=0, second=0, microsecond=0)
    words: dict[str, Any] = {"kinds": [Kind.TALK, Kind.WORKSHOP], "lengths": [20, 45], "asks": list(Ask)}
    actions.write_call(event, {**words, "text": TEXT, "opens_at": now, "closes_at": closes})
    rows = []
    for number, (title, kind, minutes, name, organisation, abstract) in enumerate(PROPOSALS):
        said: dict[str, Any] = {"title": title, "kind": kind, "minutes": minutes, "abstract": abstract}
        who = {"name": name, "organisation": organisation, "email": f"person{number}@musterstadt.example"}
        rows.append(actions.propose(event, {**said, **who, "language": "de"}))
    budget, plain, _source, benches, product = rows
    for row, score in ((budget, 5), (plain, 4), (product, 1)):
        actions.score(row, person, score)
    actions.remark(budget, person, REMARK)
    actions.decide(budget, "accepted")
    actions.note_told(budget)
    actions.decide(benches, "waiting")
    actions.decide(product, "declined", REFUSAL)
