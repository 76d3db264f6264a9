"""Finds topics that mean the same in other words: shared pieces of words, weighted by how rare they are.

Words are folded (umlauts, ß, case), small words are left out, and each is cut into pieces of three letters, so that
compounds and endings meet: "Haushaltsdaten" and "Daten zum Haushalt" share most of theirs. A list of words that
stand for each other in administrations (KI and künstliche Intelligenz) adds what letters cannot know.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from tagwerk.kit.text import folded

CLEAR = 0.1  # below it two titles only happen to share letters
SIZE = 3
MEANT = 2.2  # how much more a shared meaning says than a shared piece of a word
WORD = re.compile(r"[a-z0-9]+")

# Function words, and those that stand in every other title of a barcamp.
EMPTY = frozenset(
    [
        "ab",
        "aber",
        "alle",
        "allem",
        "allen",
        "aller",
        "alles",
        "als",
        "also",
        "am",
        "an",
        "andere",
        "anderen",
        "auch",
        "auf",
        "aus",
        "bei",
        "beim",
        "bin",
        "bis",
        "brauchen",
        "braucht",
        "bringen",
        "da",
        "damit",
        "dann",
        "darf",
        "das",
        "dass",
        "dein",
        "dem",
        "den",
        "denn",
        "der",
        "des",
        "dich",
        "die",
        "diese",
        "diesem",
        "dieser",
        "dieses",
        "doch",
        "dort",
        "du",
        "durch",
        "ein",
        "eine",
        "einem",
        "einen",
        "einer",
        "eines",
        "endlich",
        "er",
        "es",
        "etwas",
        "fur",
        "ganz",
        "geht",
        "gehen",
        "gelingt",
        "gemeinsam",
        "genau",
        "gibt",
        "gut",
        "hat",
        "haben",
        "hier",
        "ich",
        "ihr",
        "ihre",
        "im",
        "in",
        "ins",
        "ist",
        "ja",
        "jede",
        "jeder",
        "kann",
        "kein",
        "keine",
        "konnen",
        "lasst",
        "lassen",
        "leicht",
        "machen",
        "macht",
        "man",
        "mehr",
        "mein",
        "mit",
        "muss",
        "nach",
        "nicht",
        "nichts",
        "noch",
        "nur",
        "ob",
        "oder",
        "ohne",
        "richtig",
        "schon",
        "sehr",
        "sein",
        "selbst",
        "sich",
        "sie",
        "sind",
        "so",
        "soll",
        "sollen",
        "sollte",
        "sonst",
        "statt",
        "stattdessen",
        "tun",
        "uber",
        "um",
        "und",
        "uns",
        "unser",
        "unsere",
        "unsrem",
        "unter",
        "viel",
        "viele",
        "vom",
        "von",
        "vor",
        "war",
        "warum",
        "was",
        "weg",
        "welche",
        "wem",
        "wenn",
        "wer",
        "werden",
        "wie",
        "wieder",
        "wir",
        "wird",
        "wirklich",
        "wo",
        "wohin",
        "wollen",
        "wurde",
        "zu",
        "zum",
        "zur",
        "zwischen",
        "besser",
        "neue",
        "neuen",
        "neuer",
        "neues",
        "heute",
        "morgen",
        "tipps",
        "erfahrungen",
        "erfahrung",
        "idee",
        "ideen",
        "beispiel",
        "workshop",
        "session",
        "austausch",
    ]
)

# Words that mean the same; a word belongs to a meaning when it begins with, or as a compound ends in, one of these.
MEANINGS: Sequence[Sequence[str]] = tuple(
    tuple(line.split())
    for line in """
    ki kunstlich intelligenz ai chatgpt sprachmodell llm chatbot automat
    burger einwohner bevolkerung menschen leute publik anwohner
    beteilig partizip mitmach mitbestimm mitred mitentscheid mitwirk mitgestalt einbezieh entscheid burgerrat
    verwaltung amt behord rathaus amter stadtverwaltung dienst dienststell burgerburo
    kommun stadt gemeinde ort stadtisch lokal landkreis
    dorf land landlich region
    daten data datensatz statistik zahlen register
    offen open transparen offentlich einsehbar
    quelloffen foss freie libre software programm opensource linux nextcloud lizenz
    haushalt finanz geld budget etat ausgaben kosten forder zuschuss
    schul unterricht klasse lehr bildung lern kita
    note noten zensur zeugnis
    jugend kinder kids junge jungen schuler eltern
    senior alter altere alten rentner grosseltern rente babyboomer
    verkehr mobil nahverkehr pendel bus bahn strassenbahn opnv
    fahrrad rad radweg rader radfahr
    auto carsharing mitfahr fahrgemeinschaft parken
    klima hitze heisse sommer schatten co2 klimaschutz
    natur grun baum baume wiese bluh artenvielfalt insekten garten gardening gemuse
    energie strom solar photovoltaik balkonkraftwerk warme heiz
    umwelt nachhaltig mull abfall plastik verpack recycl kreislauf
    digital online internet elektronisch app web virtuell netz video videokonferenz
    antrag antrage formular vordruck ausfull
    sprache sprachig verstandlich verstehen deutsch text texte formulier ubersetz
    barriere inklusi behinder rollstuhl screenreader
    dokument pdf datei akte papier
    ehrenamt freiwillig verein engag helfer zivilgesellschaft
    sicher schutz security cyber hack angriff
    datenschutz dsgvo privat personenbezog
    arbeit job personal beschaftig fachkraft team kolleg onboarding einarbeit newcomer buro homeoffice coworking
    vernetz netzwerk kooperation gemeinschaft community nachbar quartier viertel
    information nachricht presse journalis desinformation fake falschmeld
    social instagram mastodon tiktok facebook fediverse twitter soziale
    rat rate politik gremium sitzung ausschuss partei
    wahl wahlen abstimm stimme
    karte geo stadtplan openstreetmap kartier
    sensor mess iot lorawan feinstaub luft
    raum flache leerstand leere gebaude immobilie treffpunkt laden
    bibliothek bucherei leihe ausleihe
    feedback ruckmeld meinung umfrage befrag evaluation wirk
    mangel melden schlagloch kaputt gefahrlich hinweis
    fehler scheiter misslung schief
    fuhr leit chef vorgesetzt hierarchie
    beschaff vergabe einkauf ausschreib
    migra zuwander flucht gefluchtet integration ankomm mehrsprach
    wohn miet bau haus
    gesundheit pflege arzt krank medizin
    spiel gaming game planspiel
    reparier repair wiederverwend
    smartphone handy telefon tablet
    programmier coding code entwickl
    souveran unabhang konzern microsoft abhangig
    kostenlos gratis nulltarif frei umsonst eintritt
    hass hetze bedroh gewalt anfeind populis
    moderation visualis flipchart sketchnote bild methode besprech workshop
    ozg onlinezugang zugang portal
    podcast film audio livestream stream
    essen lebensmittel kantine ernahr
    kultur museum theater kunst sammlung
    wasser regen schwamm pegel
    neu newcomer anfang einstieg ersten
    """.strip().splitlines()
)
SHORT = 4  # a word this short has to stand alone: "ki" is not part of "kind"


def similar(title: str, others: Iterable[tuple[str, str]], most: int = 3) -> list[str]:
    """Give the keys of up to `most` of the `others` (key, text) that come near a title, the nearest first."""
    known = [(key, features(text)) for key, text in others]
    spread = Counter(feature for _key, found in known for feature in found)
    asked = _weighted(features(title), spread, len(known))
    scored = [(_cosine(asked, _weighted(found, spread, len(known))), key) for key, found in known]
    near = sorted((pair for pair in scored if pair[0] >= CLEAR), key=lambda pair: -pair[0])
    return [key for _score, key in near[:most]]


@lru_cache(maxsize=2048)
def features(text: str) -> Counter[str]:
    """Count what a text is made of: pieces of its words, and what they mean (marked with `=`)."""
    found: Counter[str] = Counter()
    for word in _words(text):
        padded = f" {word} "
        found.update(padded[start : start + SIZE] for start in range(len(padded) - SIZE + 1))
        found.update(f"={number}" for number, meaning in enumerate(MEANINGS) if _means(word, meaning))
    return found


def _words(text: str) -> list[str]:
    plain = folded(text).replace("ae", "a").replace("oe", "o").replace("ue", "u")
    return [word for word in WORD.findall(plain) if word not in EMPTY]


def _means(word: str, meaning: Sequence[str]) -> bool:
    return any(
        word == stem or (len(stem) > SHORT - 1 and word.startswith(stem)) or (len(stem) > SHORT and stem in word)
        for stem in meaning
    )


def _weighted(found: Counter[str], spread: Counter[str], size: int) -> dict[str, float]:
    """Weigh rare features more: what half of the titles say tells nothing about one of them."""
    return {
        feature: (1 + math.log(count))
        * math.log((size + 1) / (spread[feature] + 0.5))
        * (MEANT if feature[0] == "=" else 1)
        for feature, count in found.items()
        if spread[feature]
    } | {feature: 0.5 * math.log(size + 2) for feature in found if not spread[feature]}


def _cosine(one: dict[str, float], other: dict[str, float]) -> float:
    shared = sum(weight * other[feature] for feature, weight in one.items() if feature in other)
    length = math.sqrt(sum(w * w for w in one.values()) * sum(w * w for w in other.values()))
    return shared / length if length else 0.0
