"""Decisions about what stands around a programme: what an announcement needs, which links and logos are taken."""

from collections.abc import Mapping
from enum import StrEnum
from urllib.parse import urlsplit

LONGEST_LINK = 300


class Need(StrEnum):
    """What must be said before an event is announced; the value names the field in which it is said."""

    BODY = "bodies"
    PRIVACY = "privacy_contact"
    IMPRINT = "imprint"
    ACCESSIBILITY = "accessibility_contact"
    CONTACT = "contact_mail"


class PartnerKind(StrEnum):
    """How somebody belongs to an event that they do not run."""

    PARTNER = "partner"
    SUPPORTER = "supporter"
    MEDIA = "media"


class Conformity(StrEnum):
    """How far the pages meet what the law asks of accessibility, as the responsible body declares it."""

    UNSAID = ""
    FULL = "full"
    PARTIAL = "partial"
    NOT = "not"


class NotALink(ValueError):
    """The text is no address of a page that anybody could open."""


def missing(said: Mapping[Need, object]) -> tuple[Need, ...]:
    """Give what is still missing for an announcement, in the order in which a page asks for it."""
    return tuple(need for need in Need if not said.get(need))


def link(raw: str) -> str:
    """Give a link as it is stored: http or https, on one line; `www.example.org` becomes https.

    Empty text stays empty. Raises `NotALink` for everything else: other schemes, line breaks, passwords in the address.
    """
    text = raw.strip()
    if not text:
        return ""
    if "://" not in text and not text.lower().startswith(("javascript:", "data:", "mailto:", "tel:")):
        text = f"https://{text}"
    if len(text) > LONGEST_LINK or not text.isprintable() or any(sign in text for sign in " \\\"'<>`{}|^"):
        raise NotALink
    try:
        parts = urlsplit(text)
        has_host = "." in (parts.hostname or "") and parts.port != 0
    except ValueError:
        raise NotALink from None
    if parts.scheme not in ("http", "https") or not has_host or parts.username is not None:
        raise NotALink
    return text
