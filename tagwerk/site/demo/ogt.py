"""The Open Government Tage of 2019 and 2020 as their public reports tell them; what they leave open is invented and says so."""

from dataclasses import dataclass
from datetime import date

from tagwerk.programme.rules import Kind, Part

SAMPLE_TIME = "*Beispielzeit: Die genaue Uhrzeit ist nicht überliefert.*"
SAMPLE_STAND = "*Der Stand ist erfunden: Die Namen der 14 Stände sind nicht überliefert.*"
S, M, P = Part.SPEAKER, Part.MODERATOR, Part.PANELLIST


@dataclass(frozen=True)
class Item:
    """A session of the past: day (from 0), times, title, who (name, part), where, of which kind, with which theme."""

    day: int
    start: str
    end: str
    title: str
    people: tuple[tuple[str, Part], ...] = ()
    room: str = ""
    kind: Kind = Kind.TALK
    track: str = ""
    text: str = ""


@dataclass(frozen=True)
class Past:
    """An event of the past with everything that its programme needs."""

    slug: str
    name: str
    motto: str
    place: str
    accent: str
    phase: str
    mode: str
    dates: tuple[date, ...]
    rooms: tuple[tuple[str, int, str], ...]  # name, seats, address of its stream
    tracks: tuple[tuple[str, str], ...]
    organisations: dict[str, str]
    items: tuple[Item, ...]
    replaced: tuple[tuple[str, str, str], ...] = ()  # session, who was announced, who came


STREAM = "Livestream"
AREAS = ("Innovation", "Lernkultur", "Kommunikation", "Digitalisierung")
STANDS = (
    ("Ideenwerkstatt Rathaus", 0),
    ("Prototypen in fünf Tagen", 0),
    ("Sensoren am Isarufer", 0),
    ("Chatbot Musterle", 0),
    ("Lernreise Verwaltung", 1),
    ("Digitalführerschein", 1),
    ("Spielend verändern", 1),
    ("Leichte Sprache leicht gemacht", 2),
    ("Nachbarschaft im Netz", 2),
    ("Faktencheck Stadtgespräch", 2),
    ("Bürgerservice ohne Umweg", 3),
    ("Offene Haushaltsdaten", 3),
    ("Digitale Akte im Alltag", 3),
    ("Karten für alle", 3),
)
MARKET_HOURS = (("9:15", "9:40"), ("9:45", "10:10"), ("10:40", "11:05"), ("11:10", "11:35"))
OPEN_ALONE = (("10:10", "10:40"), ("11:35", "12:00"))


def _market() -> tuple[Item, ...]:
    """Give the hour of each stand: those of one area after each other, the areas beside each other."""
    seen = dict.fromkeys(range(len(AREAS)), 0)
    items = []
    for name, area in STANDS:
        start, end = MARKET_HOURS[seen[area]]
        seen[area] += 1
        room = f"Marktplatz {AREAS[area]}"
        items.append(Item(1, start, end, name, (), room, Kind.STAND, AREAS[area], f"{SAMPLE_STAND}\n\n{SAMPLE_TIME}"))
    for start, end in OPEN_ALONE:
        items.append(Item(1, start, end, "Marktzeit", kind=Kind.MARKET, text=SAMPLE_TIME))
    return tuple(items)


OGT_2020 = Past(
    slug="ogt-2020",
    name="Open Government Tag 2020",
    motto="Gute Beispiele der Digitalisierung: Erfahrungen teilen, gemeinsam lernen",
    place="Online, aus München",
    accent="blau",
    phase="documented",
    mode="online",
    dates=(date(2020, 11, 12), date(2020, 11, 13)),
    rooms=(
        (STREAM, 1000, "https://video.example/ogt-2020"),
        *((f"Marktplatz {area}", 250, f"https://video.example/ogt-2020/{area.lower()}") for area in AREAS),
    ),
    tracks=(
        ("Erfahrungen", "petrol"),
        ("Gesellschaft", "violett"),
        *zip(AREAS, ("orange", "gruen", "beere", "blau"), strict=True),
    ),
    organisations={
        "D. Wisskirchen": "Stadt Freiburg im Breisgau",
        "T. Stephan": "Landeshauptstadt München",
        "R. Streng": "Landeshauptstadt München",
        "B. Parringer": "Landeshauptstadt München",
        "F. Marcus": "e-Estonia",
        "Prof. C. Stöcker": "",
        "A. Tielich": "",
        "H. Haas": "",
        "B. Billinger": "",
    },
    items=(
        Item(0, "9:00", "9:20", "Begrüßung", (("A. Tielich", M),), STREAM, Kind.ENERGIZER, text=SAMPLE_TIME),
        Item(
            0,
            "9:20",
            "10:05",
            "#freiburghältzusammen",
            (("D. Wisskirchen", S),),
            STREAM,
            Kind.KEYNOTE,
            "Erfahrungen",
            f"Das eigene soziale Netzwerk einer Stadt mit etwa 2.000 Nutzerinnen und Nutzern.\n\n{SAMPLE_TIME}",
        ),
        Item(
            0,
            "10:15",
            "11:00",
            "Kommunikation und IT im Münchner Krisenstab",
            (("T. Stephan", S), ("B. Parringer", S)),
            STREAM,
            Kind.TALK,
            "Erfahrungen",
            SAMPLE_TIME,
        ),
        Item(0, "11:00", "11:15", "Auflockerung", (("H. Haas", Part.HOST),), STREAM, Kind.ENERGIZER, text=SAMPLE_TIME),
        Item(
            0,
            "11:15",
            "12:00",
            "e-Estonia: Die digitale Gesellschaft",
            (("F. Marcus", S),),
            STREAM,
            Kind.KEYNOTE,
            "Erfahrungen",
            f"99 % der öffentlichen Dienstleistungen gibt es dort digital.\n\n{SAMPLE_TIME}",
        ),
        Item(0, "12:00", "13:00", "Mittagspause", kind=Kind.BREAK),
        Item(
            0,
            "13:00",
            "13:45",
            "Desinformation und digitale Öffentlichkeit",
            (("Prof. C. Stöcker", S),),
            STREAM,
            Kind.KEYNOTE,
            "Gesellschaft",
            SAMPLE_TIME,
        ),
        Item(
            0,
            "13:45",
            "14:00",
            "Auflockerung",
            (("B. Billinger", Part.HOST),),
            STREAM,
            Kind.ENERGIZER,
            text=SAMPLE_TIME,
        ),
        Item(
            0,
            "14:00",
            "15:30",
            "Podium: Was die digitale Gesellschaft zusammenhält",
            (("A. Tielich", M), ("J. Klaus", P), ("U. Buermeyer", P), ("T. Cablitz", P), ("Prof. C. Stöcker", P)),
            STREAM,
            Kind.PANEL,
            "Gesellschaft",
            f"Den Titel haben wir ergänzt.\n\n{SAMPLE_TIME}",
        ),
        Item(0, "15:30", "15:45", "Abschluss", (("A. Tielich", M),), STREAM, Kind.ENERGIZER, text=SAMPLE_TIME),
        Item(
            1,
            "9:00",
            "9:15",
            "Eröffnung des Marktplatzes digitaler Möglichkeiten",
            kind=Kind.ENERGIZER,
            text=SAMPLE_TIME,
        ),
        *_market(),
        Item(1, "12:00", "12:15", "Abschluss des Marktplatzes", kind=Kind.ENERGIZER, text=SAMPLE_TIME),
    ),
    replaced=(("Kommunikation und IT im Münchner Krisenstab", "B. Parringer", "R. Streng"),),
)

HALL = "Großer Saal"
OGT_2019 = Past(
    slug="ogt-2019",
    name="Open Government Tag 2019",
    motto="Mensch statt Technik – Wenn Digitalisierung wirkt",
    place="München",
    accent="violett",
    phase="archived",
    mode="on_site",
    dates=(date(2019, 11, 28),),
    rooms=((HALL, 250, ""), ("Foyer", 120, "")),
    tracks=(("Mensch", "violett"), ("Organisation", "petrol"), ("Marktplatz", "orange")),
    organisations={
        "F. Böhringer": "AOK Baden-Württemberg",
        "R. Heilig": "Stadt Wien",
        "Berufsfeuerwehr München": "Stand im Foyer",
        "E-Government München": "Stand im Foyer",
    },
    items=(
        Item(
            0, "9:00", "9:30", "Eröffnung", (("A. Hübner", S), ("T. Bönig", S)), HALL, Kind.ENERGIZER, text=SAMPLE_TIME
        ),
        Item(
            0,
            "9:30",
            "10:15",
            "Digitale Schnittstellen",
            (("Prof. A. Nassehi", S),),
            HALL,
            Kind.KEYNOTE,
            "Mensch",
            SAMPLE_TIME,
        ),
        Item(
            0,
            "10:15",
            "10:45",
            "Kommunizieren statt plakatieren",
            (("M. Fuchs", S),),
            HALL,
            Kind.TALK,
            "Mensch",
            SAMPLE_TIME,
        ),
        Item(0, "10:45", "11:15", "Kaffeepause", kind=Kind.BREAK),
        Item(
            0,
            "11:15",
            "12:00",
            "Macht digital krank?",
            (("Prof. Nürnberg", S),),
            HALL,
            Kind.TALK,
            "Mensch",
            SAMPLE_TIME,
        ),
        Item(0, "12:00", "13:15", "Mittagspause", kind=Kind.BREAK),
        *(
            Item(0, "12:15", "13:00", name, (), "Foyer", Kind.STAND, "Marktplatz", SAMPLE_TIME)
            for name in ("Stände: Berufsfeuerwehr, Digitalisierungsstrategie, E-Government München",)
        ),
        Item(
            0,
            "13:15",
            "14:00",
            "Digitalisierung als Experiment: DigiTrain 4.0",
            (("Prof. Kozica", S), ("F. Böhringer", S)),
            HALL,
            Kind.TALK,
            "Organisation",
            SAMPLE_TIME,
        ),
        Item(
            0,
            "14:00",
            "14:45",
            "Innovation gemeinsam",
            (("R. Heilig", S),),
            HALL,
            Kind.TALK,
            "Organisation",
            SAMPLE_TIME,
        ),
        Item(
            0,
            "15:00",
            "15:45",
            "Soziale Innovation",
            (("K. Siepmann", S),),
            HALL,
            Kind.TALK,
            "Organisation",
            SAMPLE_TIME,
        ),
        Item(
            0,
            "15:45",
            "16:00",
            "Der Tag in Bildern: Graphic Recording",
            (("H. Haas", S),),
            HALL,
            Kind.ENERGIZER,
            text=SAMPLE_TIME,
        ),
    ),
)
PAST = (OGT_2020, OGT_2019)
