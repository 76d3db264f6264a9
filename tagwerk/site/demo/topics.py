"""What the simulated crowd brings along: topics, names and how popular each is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CrowdTopic:
    """A topic that somebody of the crowd proposes; `pull` is the share of people it interests (0 to 1)."""

    title: str
    description: str
    host_name: str
    pull: float
    wanted: bool = False
    mode: str = "on_site"


TOPICS = (
    CrowdTopic(
        "GovBot im Bürgerbüro: was fragt die Stadt?",
        "Ein Jahr Chatbot: welche Fragen kommen, welche Antworten fehlen?",
        "Aylin Demir",
        0.42,
    ),
    CrowdTopic(
        "LoRaWAN für Pegel und Parkbänke",
        "Ein Funknetz für Sensoren in der ganzen Stadt, mit Messwerten zum Anfassen.",
        "Jonas Brandt",
        0.38,
    ),
    CrowdTopic(
        "Offene Haushaltsdaten, die man versteht",
        "Der Haushalt hat 900 Seiten. Welche Bilder brauchen wir stattdessen?",
        "Kim Lorenz",
        0.45,
    ),
    CrowdTopic(
        "Digitale Dörfer: was auf dem Land geht",
        "Mitfahrbank, Dorf-App, Sprechstunde per Video.",
        "Frieda Holm",
        0.25,
        mode="online",
    ),
    CrowdTopic(
        "Leichte Sprache ohne Agentur", "Wie wir unsere Bescheide selbst verständlich machen.", "Samira Haddad", 0.33
    ),
    CrowdTopic("Bürgerhaushalt: von 300 Ideen zu 10", "Auswahl, ohne dass jemand verloren geht.", "Marek Nowak", 0.3),
    CrowdTopic("Ein Formular, zwei Minuten", "Wir bauen gemeinsam einen Antrag um.", "Tilda Wagner", 0.36),
    CrowdTopic(
        "Künstliche Intelligenz im Amt: was ist erlaubt?",
        "Spielregeln, die Mitarbeitende wirklich benutzen.",
        "Emre Aksoy",
        0.5,
    ),
    CrowdTopic("Open Source im Rathaus", "Was kostet der Umstieg, was bringt er?", "Lotte Petersen", 0.34),
    CrowdTopic("Jugend entscheidet mit", "Beteiligung, die nicht nach Schule aussieht.", "Noah Schreiber", 0.22),
    CrowdTopic(
        "Ratsinformationen als offene Daten", "OParl in der Praxis, mit Beispielen zum Mitnehmen.", "Ines Kaya", 0.24
    ),
    CrowdTopic(
        "Onlinezugang für alle: Hilfe am Tresen",
        "Digitallotsinnen und Digitallotsen berichten.",
        "Horst Bergmann",
        0.28,
    ),
    CrowdTopic("Barrierefrei prüfen in zehn Minuten", "Ein Selbsttest für jede Seite.", "Mina Yildiz", 0.31),
    CrowdTopic(
        "Nachnutzen statt neu bauen", "Welche Lösung suchst du, welche kannst du teilen?", "Ole Friedrich", 0.27
    ),
    CrowdTopic("Sensoren für Luft im Schulhof", "Wer hilft beim Aufbau?", "", 0.18, wanted=True),
    CrowdTopic("Papierlos ohne Frust", "Was beim Umstieg auf die E-Akte wirklich geholfen hat.", "Greta Ohlsen", 0.29),
)
