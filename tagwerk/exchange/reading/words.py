"""Small things that all readers read alike."""

from django.utils.translation import gettext as _

from tagwerk.exchange import tidy
from tagwerk.exchange.problems import Problems
from tagwerk.exchange.schedule import Kind
from tagwerk.exchange.words import kind_of

LONGEST_NUMBER = 10


def whole_number(text: object) -> int:
    """Read the number of a person or a session; 0 when there is none."""
    shown = str(text).strip()
    return tidy.natural(int(shown)) if shown.isascii() and shown.isdigit() and len(shown) <= LONGEST_NUMBER else 0


def kind_from(problems: Problems, text: str) -> Kind:
    """Read the kind of a session; a word that nobody knows is told once and means a talk."""
    kind = kind_of(text[:80])
    if kind is None and text.strip():
        message = _("Die Art „%(kind)s“ ist unbekannt und wird als Vortrag gelesen.") % {"kind": tidy.text(text, 60)}
        problems.warning(_("Art"), "unknown_kind", message)
    return kind or Kind.TALK


def abstract_of(abstract: str, description: str, *, own: bool) -> str:
    """Give one text out of the two of other programs; in our own files the second is the plain summary."""
    if own or not description or description == abstract:
        return abstract
    return f"{abstract}\n\n{description}" if abstract else description
