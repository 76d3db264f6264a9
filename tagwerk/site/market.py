"""What composed pages show of the market, and how the crew takes back what it did there."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from tagwerk.events.copying import Frame
from tagwerk.events.models import Event
from tagwerk.live.models import Change
from tagwerk.market import actions
from tagwerk.market.actions.booths import booth_at
from tagwerk.market.cards import has_market
from tagwerk.market.privacy import forget_contacts
from tagwerk.people.rules import RoleKind
from tagwerk.programme.actions.copying import Copied
from tagwerk.site.undoable import Undoable

__all__ = ["UNDOABLE", "forget_contacts", "has_market", "join_links"]


def join_links(event: Event) -> list[str]:
    """Give where the online rooms of an event's stands are."""
    return list(event.booths.exclude(join_url="").values_list("join_url", flat=True))


def copy_market(event: Event, frame: Frame, copied: Copied) -> None:
    """Let the crew practise with the stands of an event."""
    actions.copy_booths(event, frame.event, frame.rooms, copied.tracks, copied.sessions)


def _back(event: Event, change: Change, mark: str) -> int:
    booth, aside = booth_at(event, change.code), change.before["aside"]
    return actions.put_aside(booth, aside=aside, revision=change.revision, actor=mark)


def _said(change: Change) -> str:
    return _("Zur Seite gelegt.") if change.after["aside"] else _("Wieder für alle sichtbar.")


UNDOABLE: Mapping[str, Undoable] = {"booth.aside": Undoable(_said, _back, role=RoleKind.MODERATOR)}
