"""Reads the lists that pretalx gives its organisers, and what its API answers, as rows of a table."""

from collections.abc import Iterable, Iterator

from tagwerk.exchange.columns import FIELDS
from tagwerk.exchange.reading.documents import Document, in_language, part, parts, said
from tagwerk.exchange.reading.tables import Row
from tagwerk.exchange.words import bare

API_KEYS = {"submission_type", "speakers", "slot", "slots", "content_locale"}


def rows(documents: Iterable[object], language: str) -> Iterator[Row]:
    """Give each document of a list as a row by field."""
    for document in documents:
        if isinstance(document, dict):
            is_answer = "code" in document and bool(API_KEYS & document.keys())
            yield _answer(document, language) if is_answer else _listed(document, language)


def _listed(document: Document, language: str) -> Row:
    """Read an entry of the organiser's list: its keys are the headings of the table."""
    found: Row = {}
    for key, value in document.items():
        field = FIELDS.get(bare(str(key)), "")
        text = "\n".join(in_language(item, language) for item in value) if isinstance(value, list) else ""
        text = text or in_language(value, language) or ("ja" if value is True else "")
        if field and text and not found.get(field):
            found[field] = text
    return found


def _answer(document: Document, language: str) -> Row:
    """Read an entry of the API: with its first slot, whose room and people may be given in full."""
    slots = parts(document, "slots")
    slot = part(document, "slot") or (slots[0] if slots else {})
    speakers = parts(document, "speakers")
    room, kind, track = slot.get("room"), document.get("submission_type"), document.get("track")
    row = {
        "code": said(document, "code"),
        "title": said(document, "title", language=language),
        "kind": said(kind, "name", language=language) or in_language(kind, language),
        "track": said(track, "name", language=language) or in_language(track, language),
        "room": said(room, "name", language=language) or in_language(room, language),
        "start": said(slot, "start"),
        "end": said(slot, "end"),
        "duration": said(document, "duration"),
        "language": said(document, "content_locale"),
        "abstract": said(document, "abstract", language=language),
        "description": said(document, "description", language=language),
        "speakers": "\n".join(said(one, "name") for one in speakers),
        "speaker_codes": "\n".join(said(one, "code") for one in speakers),
        "state": said(document, "state"),
        "do_not_record": "ja" if document.get("do_not_record") is True else "",
    }
    return {field: text for field, text in row.items() if text}
