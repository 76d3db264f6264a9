"""Takes back what the crew did with sessions, slots, walls, notices and devices."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tagwerk.events.actions import anchor_slot, switch_walls
from tagwerk.events.models import Event, Room, Slot
from tagwerk.live.models import Change
from tagwerk.people import minting
from tagwerk.people.rules import RoleKind
from tagwerk.programme import actions
from tagwerk.site.alarms import instead_of, is_taking_over
from tagwerk.site.finding import announcement_at, session_at
from tagwerk.site.rooms import topics_panel
from tagwerk.site.undoable import Undoable


def _move(event: Event, change: Change, mark: str) -> int:
    slot, room = Slot.objects.get(pk=change.before["slot"]), Room.objects.filter(pk=change.before["room"]).first()
    return actions.move(session_at(event, change.code), slot, room, revision=change.revision, actor=mark)


def _rearrange_back(event: Event, change: Change, mark: str) -> int:
    said = change.before["reasons"]
    moves = [actions.Move(code, slot, room, said[code]) for code, slot, room in change.before["moves"]]
    return actions.rearrange(event, moves, revision=change.revision, freely=True, actor=mark)


def _restore(event: Event, change: Change, mark: str) -> int:
    return actions.restore(session_at(event, change.code), revision=change.revision, actor=mark)


def _cancel(event: Event, change: Change, mark: str) -> int:
    return actions.cancel(session_at(event, change.code), revision=change.revision, actor=mark)


def _pin(event: Event, change: Change, mark: str) -> int:
    session, pinned = session_at(event, change.code), change.before["pinned"]
    return actions.pin(session, pinned=pinned, revision=change.revision, actor=mark)


def _pin_all(event: Event, change: Change, mark: str) -> int:
    return actions.pin_again(event, change.before["sessions"], pinned=change.before["pinned"], actor=mark)


def _fill(event: Event, change: Change, mark: str) -> int:
    session, full = session_at(event, change.code), change.before["full"]
    return actions.mark_full(session, full=full, revision=change.revision, actor=mark)


def _sum_up(event: Event, change: Change, mark: str) -> int:
    session, insight = session_at(event, change.code), change.before["insight"]
    return actions.sum_up(session, insight, revision=change.revision, actor=mark)


def _host_times(event: Event, change: Change, mark: str) -> int:
    return actions.withdraw_absence(event, change.code, withdrawn=change.before["withdrawn"], actor=mark)


def _withdraw(event: Event, change: Change, mark: str) -> int:
    return actions.withdraw_announcement(announcement_at(event, change.code), actor=mark)


def _walls(event: Event, change: Change, mark: str) -> int:
    return switch_walls(event, change.before["wall"], revision=change.revision, actor=mark)


def _devices(event: Event, change: Change, mark: str) -> int:
    return minting.put_back(event.realm, change.before, actor=mark)


def _search_again(event: Event, change: Change, mark: str) -> int:
    if is_taking_over(change):
        return int(topics_panel().hosts.give_back(event, change, instead_of(change), mark))
    told = actions.search_host(session_at(event, change.code), reason="crew", actor=mark)
    return told or change.revision


def _shift_back(event: Event, change: Change, mark: str) -> int:
    minutes, times = -change.before["minutes"], change.before["times"]
    return actions.take_delay_back(event, times, minutes, revision=change.revision, actor=mark)


def _anchor_again(event: Event, change: Change, mark: str) -> int:
    slot = Slot.objects.select_related("day__event__realm").get(pk=change.before["slot"], day__event=event)
    return anchor_slot(slot, anchored=change.before["anchored"], actor=mark)


def _send_back(event: Event, change: Change, mark: str) -> int:
    return int(topics_panel().hosts.send_back(event, change, mark))


def _take_release_back(event: Event, change: Change, mark: str) -> int:
    return actions.take_release_back(event, change.before, actor=mark)


def _show_again(event: Event, change: Change, mark: str) -> int:
    return actions.show_again(event, change.before, actor=mark)


def _rearranged(number: int) -> str:
    return ngettext("%(n)s Session verschoben.", "%(n)s Sessions verschoben.", number) % {"n": number}


PROGRAMME: Mapping[str, Undoable] = {
    "session.moved": Undoable(lambda _change: _("Verschoben."), _move),
    "sessions.rearranged": Undoable(
        lambda change: _rearranged(len(change.after["moves"])),
        _rearrange_back,
        is_possible=lambda change: bool(change.after),  # a part of a release goes back with it
    ),
    "programme.released": Undoable(
        lambda _change: _("Veröffentlicht."),
        _take_release_back,
        is_possible=lambda change: bool(change.before),
        role=RoleKind.MODERATOR,
    ),
    "programme.hidden": Undoable(
        lambda _change: _("Verborgen."),
        _show_again,
        is_possible=lambda change: "places" in change.before,
        role=RoleKind.MODERATOR,
    ),
    "session.cancelled": Undoable(lambda _change: _("Abgesagt."), _restore),
    "session.restored": Undoable(lambda _change: _("Findet doch statt."), _cancel),
    "session.pinned": Undoable(lambda _change: _("Gemerkt."), _pin),
    "sessions.pinned": Undoable(lambda _change: _("Gemerkt."), _pin_all, role=RoleKind.MODERATOR),
    "session.full": Undoable(lambda _change: _("Gemerkt."), _fill),
    "session.insight": Undoable(lambda _change: _("Gemerkt."), _sum_up),
    "host.times": Undoable(lambda _change: _("Gemerkt."), _host_times),
    "walls": Undoable(lambda _change: _("Wände umgeschaltet."), _walls),
    "announcement": Undoable(lambda _change: _("Mitgeteilt."), _withdraw),
    "session.host_found": Undoable(lambda _change: _("Es ist jemand da."), _search_again),
    "slots.shifted": Undoable(lambda _change: _("Verschoben."), _shift_back, role=RoleKind.MODERATOR),
    "slot.anchored": Undoable(lambda _change: _("Gemerkt."), _anchor_again, role=RoleKind.MODERATOR),
    "topic.planned": Undoable(lambda _change: _("Eingeplant."), _send_back),
    "devices.house": Undoable(lambda _change: _("Gezählt."), _devices),
    "devices.budget": Undoable(lambda _change: _("Mehr Geräte zählen."), _devices, role=RoleKind.MODERATOR),
}
