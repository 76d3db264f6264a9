"""Five-minute tickets for streams that are not public: signed, bound to audience, event, person and rights."""

from dataclasses import dataclass

from django.core import signing

SALT = "tagwerk.live.ticket"
SECONDS = 300


@dataclass(frozen=True)
class Ticket:
    """What a private stream may be opened with.

    `holder` is a mark such as `person:3`, `rights` the version of the holder's rights when it was issued:
    when it changes, the stream closes.
    """

    stream: int
    audience: str
    holder: str
    rights: int


def issue(ticket: Ticket) -> str:
    """Sign a ticket."""
    values = [ticket.stream, ticket.audience, ticket.holder, ticket.rights]
    return signing.dumps(values, salt=SALT, compress=False)


def read(text: str) -> Ticket | None:
    """Give the ticket behind a text; None when it is forged or older than five minutes."""
    try:
        stream, audience, holder, rights = signing.loads(text, salt=SALT, max_age=SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Ticket(int(stream), str(audience), str(holder), int(rights))
