"""A refusal: the action was understood and is not allowed, with a sentence that says what to do."""

from collections.abc import Mapping
from typing import Any


class Refusal(Exception):
    """Raised by rules and actions; views turn it into a page or a problem document.

    `kind` is a stable English slug for programs, `detail` a (lazily translated) sentence for people,
    `errors` maps field names to sentences, `extra` is added to the problem document as it is.
    """

    status = 409

    def __init__(
        self,
        kind: str,
        detail: Any,
        *,
        status: int | None = None,
        errors: Mapping[str, Any] | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(kind)
        self.kind = kind
        self.detail = detail
        self.status = status or self.status
        self.errors = dict(errors or {})
        self.extra = dict(extra or {})


class Invalid(Refusal):
    """Input that can be read but does not hold (422)."""

    status = 422


class Unknown(Refusal):
    """Nothing is known under this address, or nothing that this person may know of (404)."""

    status = 404


class Forbidden(Refusal):
    """The person is known and has no right to this (403)."""

    status = 403


class Unauthenticated(Refusal):
    """A token or a sign-in is needed, or the one given is not (or no longer) good (401)."""

    status = 401


class TooMany(Refusal):
    """A limit is reached; try again later (429)."""

    status = 429


class Busy(Refusal):
    """The house cannot write right now; nothing was stored (503)."""

    status = 503
