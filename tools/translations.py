"""Keep the catalogues: compile them, extract what is new and drop what is gone, check that nothing is missing.

The German text with *Sie* in code and templates is the msgid. Each room has two catalogues: `en` with every message,
`de_DU` only with those in which *Sie* has to become *du*.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract as babel_extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import normalize, read_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
ENGLISH, DU = "en", "de_DU"
USAGE = "Usage: python tools/translations.py compile | extract | check"

KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
FORMAL = re.compile(r"\b(Sie|Ihr|Ihre[mnrs]?|Ihnen|Ihrerseits|Ihretwegen)\b")
INFORMAL = re.compile(r"\b([Dd]u|[Dd]ich|[Dd]ir|[Dd]eine?[mnrs]?|[Ee]uch|[Ee]uer|[Ee]ure[mnrs]?)\b")
PLACEHOLDER = re.compile(r"%%|%\(\w+\)[sd]|%[sd]|\{\w*\}")
ADDRESS = "Anrede"  # the one context in which a message may talk about Sie and du themselves

HEAD = r"""msgid ""
msgstr ""
"Language: {language}\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
"""

Key = tuple[str | None, str]


@dataclass(frozen=True)
class Text:
    """One message as the code says it: where, in which context, and its one or two forms."""

    place: str
    line: int
    context: str | None
    forms: tuple[str, ...]
    comments: tuple[str, ...] = ()

    @property
    def key(self) -> Key:
        return self.context, self.forms[0]


# --- what the code says


def texts(room: Path) -> dict[Key, list[Text]]:
    """Gather every message of a room, each with all the places that say it."""
    found: dict[Key, list[Text]] = {}
    for path in sorted([*room.rglob("*.py"), *room.glob("templates/**/*")]):
        if not path.is_file() or path.suffix not in {".py", ".html", ".txt", ".xml", ".webmanifest"}:
            continue
        source = path.read_text(encoding="utf-8")
        if path.suffix != ".py":  # templatize leaves calls between words; brackets make any indentation valid
            source = f"({templatize(source, origin=str(path))})"
        place = path.relative_to(room.parents[1]).as_posix()
        for text in in_source(source, place):
            found.setdefault(text.key, []).append(text)
    return found


def in_source(source: str, place: str) -> Iterator[Text]:
    stream = BytesIO(source.encode())
    options = {"encoding": "utf-8"}
    for line, forms, comments, context in babel_extract("python", stream, KEYWORDS, ["Translators:"], options):
        both = (forms,) if isinstance(forms, str) else tuple(form for form in forms if form)
        if both and both[0]:
            yield Text(place, line, context, both, tuple(comments))


# --- what the catalogues say


def rooms(root: Path) -> list[Path]:
    return sorted(path.parent for path in (root / "tagwerk").glob("*/__init__.py"))


def catalogue_path(room: Path, language: str) -> Path:
    return room / "locale" / language / "LC_MESSAGES" / "django.po"


def read(path: Path) -> Catalog:
    if not path.exists():
        return Catalog()
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def entries(catalogue: Catalog) -> dict[Key, Message]:
    return {(entry.context, as_tuple(entry.id)[0]): entry for entry in catalogue if entry.id}


def as_tuple(value: str | Iterable[str] | None) -> tuple[str, ...]:
    return (value or "",) if isinstance(value, str) or value is None else tuple(value)


def written(language: str, wanted: list[Text], known: dict[Key, Message]) -> str:
    """Write a catalogue without dates and line numbers, so that a diff shows only what changed."""
    blocks = [HEAD.format(language=language)]
    for text in wanted:
        entry = known.get(text.key)
        strings = as_tuple(entry.string) if entry else ()
        strings = (*strings, "", "")[: len(text.forms)]
        lines = [f"#. {comment}" for comment in text.comments] + [f"#: {text.place}"]
        lines += [f"#, {', '.join(sorted(entry.flags))}"] if entry and entry.fuzzy else []
        lines += [f"msgctxt {normalize(text.context)}"] if text.context is not None else []
        lines += [f"msgid {normalize(text.forms[0])}"]
        if len(text.forms) > 1:
            lines += [f"msgid_plural {normalize(text.forms[1])}"]
            lines += [f"msgstr[{number}] {normalize(string)}" for number, string in enumerate(strings)]
        else:
            lines += [f"msgstr {normalize(strings[0])}"]
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)


# --- the three commands


def compile_all(root: Path) -> None:
    for room in rooms(root):
        for path in sorted(room.glob("locale/*/LC_MESSAGES/django.po")):
            with path.with_suffix(".mo").open("wb") as file:
                write_mo(file, read(path))


def extract(root: Path) -> list[str]:
    """Bring the catalogues up to date and tell what each of them still waits for."""
    waiting = []
    for room in rooms(root):
        found = texts(room)
        for language in (ENGLISH, DU):
            path = catalogue_path(room, language)
            known = entries(read(path))
            wanted = [places[0] for key, places in found.items() if language == ENGLISH or key in known or formal(key)]
            if not wanted:
                path.unlink(missing_ok=True)
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(written(language, wanted, known), encoding="utf-8")
            empty = sum(text.key not in known or not all(as_tuple(known[text.key].string)) for text in wanted)
            if empty:
                waiting.append(f"{path.relative_to(root)}: {empty} to translate")
    return waiting


def formal(key: Key) -> bool:
    return key[0] != ADDRESS and bool(FORMAL.search(key[1]))


def check(root: Path) -> list[str]:
    """Name everything that a reader of English, or of German with du, would stumble over."""
    problems: list[str] = []
    english: dict[Key, tuple[Path, tuple[str, ...]]] = {}
    for room in rooms(root):
        found = texts(room)
        for language in (ENGLISH, DU):
            path = catalogue_path(room, language)
            problems += (f"{path.relative_to(root)}{problem}" for problem in tidy(read(path), found))
        known, du = entries(read(catalogue_path(room, ENGLISH))), entries(read(catalogue_path(room, DU)))
        for key, places in found.items():
            where = f"{places[0].place}:{places[0].line}: “{key[1]}”"
            problems += (f"{where} {problem}" for problem in faults(places[0], known.get(key), du.get(key)))
            if key in known:
                other, strings = english.setdefault(key, (room, as_tuple(known[key].string)))
                if strings != as_tuple(known[key].string):
                    problems.append(f"{where} is said differently in English by {other.name} and {room.name}.")
    return problems


def tidy(catalogue: Catalog, found: dict[Key, list[Text]]) -> Iterator[str]:
    """Find what has no place in a catalogue: guesses of a tool, and messages that nobody says any more."""
    for entry in catalogue.obsolete.values():
        yield f": “{as_tuple(entry.id)[0]}” is dead. Run: python tools/translations.py extract"
    for key, entry in entries(catalogue).items():
        if entry.fuzzy:
            yield f":{entry.lineno}: “{key[1]}” is fuzzy. Read the translation, then remove the flag."
        if key not in found:
            yield f":{entry.lineno}: “{key[1]}” is said nowhere. Run: python tools/translations.py extract"


def faults(text: Text, english: Message | None, du: Message | None) -> Iterator[str]:
    """Find what one message lacks."""
    if english is None or not all(as_tuple(english.string)):
        yield "has no English yet. Run: python tools/translations.py extract, then fill the gap in the catalogue."
    else:
        yield from (f"has other placeholders in English: {gap}" for gap in gaps(text.forms, as_tuple(english.string)))
    strings = as_tuple(du.string) if du else ()
    yield from (f"has other placeholders with du: {gap}" for gap in gaps(text.forms, strings) if all(strings))
    if text.context == ADDRESS:
        return
    if word := next(filter(None, map(INFORMAL.search, text.forms)), None):
        yield f"says “{word[0]}”; messages say Sie, and the catalogue {DU} says du."
    if any(map(FORMAL.search, text.forms)) and not (strings and all(strings)):
        yield f"says Sie and has no form with du yet. Run extract, then fill {DU}; if it means “they”, say it by noun."
    if word := next(filter(None, map(FORMAL.search, strings)), None):
        yield f"still says “{word[0]}” in {DU}."


def gaps(forms: tuple[str, ...], strings: tuple[str, ...]) -> Iterator[str]:
    """Compare the placeholders form by form; a form for exactly one may leave the number out."""
    everything = {name for form in forms for name in PLACEHOLDER.findall(form)}
    for number, (form, string) in enumerate(zip(forms, strings, strict=False)):
        asked, given = set(PLACEHOLDER.findall(form)), set(PLACEHOLDER.findall(string))
        only_one = len(forms) > 1 and number == 0
        if given != asked and not (only_one and given <= everything):
            yield f"“{string}” has {sorted(given)}, not {sorted(asked)}"


def main(arguments: list[str]) -> int:
    settings.configure()  # templatize reads a setting; nothing of Tagwerk itself is needed here
    if arguments == ["compile"]:
        compile_all(ROOT)
        return 0
    if arguments not in (["extract"], ["check"]):
        print(USAGE, file=sys.stderr)
        return 2
    lines = extract(ROOT) if arguments == ["extract"] else check(ROOT)
    print(*lines, sep="\n", end="\n" if lines else "")
    return 1 if lines and arguments == ["check"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
