"""A day, a slot or a room as its form sees it: how it is read, what would follow from a change, how it is written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tagwerk.events import actions as frame
from tagwerk.events.actions.reshaping import check_date, check_times, day_at, room_at, slot_at_number
from tagwerk.events.models import FEATURE_NAMES, Day, Event, Room, Slot
from tagwerk.events.reshaping_rules import Timed
from tagwerk.events.rules import Mode
from tagwerk.kit.day_words import in_words
from tagwerk.kit.refusals import Unknown
from tagwerk.programme import actions
from tagwerk.programme.models import Session
from tagwerk.site.setup_frame_forms import FORMS, DayForm, FrameForm, RoomForm, SlotForm

LISTED = 5
Wanted = Mapping[str, Any]


@dataclass(frozen=True)
class Part:
    """One part of the frame; `row` is None for a new one."""

    kind: str
    title: str
    row: Day | Slot | Room | None
    initial: Mapping[str, Any]
    form: type[FrameForm]
    read: Callable[[Any], Wanted]
    consequences: Callable[[Wanted, Sequence[Session]], list[str]]
    save: Callable[[Wanted, int | None, str], object]
    remove: Callable[[int | None, str], object]
    day: int | None = None


def part_new(event: Event, kind: str, day: int | None) -> Part:
    """Give the part that a form for a new one needs; raises `Unknown` for a slot of no day."""
    maker = {"days": _new_day, "slots": _new_slot, "rooms": _new_room}[kind]
    return maker(event, day)


def part_at(event: Event, kind: str, number: int) -> Part:
    """Give a part that is there; raises `Unknown`."""
    maker = {"days": _day, "slots": _slot, "rooms": _room}[kind]
    return maker(event, number)


def _nothing(_wanted: Wanted, _sessions: Sequence[Session]) -> list[str]:
    return []


def _no_removal(_seen: int | None, _mark: str) -> object:
    raise Unknown("no-such-part", _("Diese Seite gibt es nicht."))


def _new_day(event: Event, _day: int | None) -> Part:
    last = event.days.last()
    return Part(
        "days",
        _("Tag hinzufügen"),
        None,
        {"mode": last.mode if last else Mode.ON_SITE},
        FORMS["days"],
        lambda form: form.cleaned_data,
        _nothing,
        lambda wanted, _seen, mark: frame.add_single_day(event, wanted["date"], wanted["mode"], actor=mark),
        _no_removal,
    )


def _day(event: Event, number: int) -> Part:
    row = day_at(event, number)

    def follow(wanted: Wanted, sessions: Sequence[Session]) -> list[str]:
        check_date(event, wanted["date"], but=number)
        if wanted["date"] == row.date or not sessions:
            return []
        words = ngettext(
            "%(n)s Programmpunkt zieht mit um, zur gleichen Uhrzeit: auf %(day)s.",
            "%(n)s Programmpunkte ziehen mit um, zur gleichen Uhrzeit: auf %(day)s.",
            len(sessions),
        )
        return [words % {"n": len(sessions), "day": in_words(wanted["date"], "l, j. F Y")}]

    return Part(
        "days",
        in_words(row.date, "l, j. F Y"),
        row,
        {"date": row.date.isoformat(), "mode": row.mode},
        DayForm,
        lambda form: form.cleaned_data,
        follow,
        lambda wanted, seen, mark: actions.change_day(
            event, number, wanted["date"], wanted["mode"], revision=seen, actor=mark
        ),
        lambda seen, mark: actions.remove_day(event, number, revision=seen, actor=mark),
    )


def _new_slot(event: Event, day: int | None) -> Part:
    row = day_at(event, day or 0)

    def read(form: SlotForm) -> Wanted:
        return {"times": form.times(row.date, event), "is_open": form.cleaned_data["is_open"]}

    return Part(
        "slots",
        _("Zeitfenster hinzufügen"),
        None,
        {"is_open": row.slots.filter(is_open=True).exists()},
        SlotForm,
        read,
        _nothing,
        lambda wanted, _seen, mark: frame.add_slot(row, *wanted["times"], is_open=wanted["is_open"], actor=mark),
        _no_removal,
        row.pk,
    )


def _slot(event: Event, number: int) -> Part:
    row = slot_at_number(event, number)
    start, end = (moment.astimezone(event.timezone) for moment in (row.start, row.end))

    def read(form: SlotForm) -> Wanted:
        return {"times": form.times(start.date(), event), "is_open": form.cleaned_data["is_open"]}

    def follow(wanted: Wanted, sessions: Sequence[Session]) -> list[str]:
        if wanted["times"] == (row.start, row.end):
            return []
        first, last = wanted["times"]
        check_times(event, Timed(number, first, last, wanted["is_open"] or row.is_anchored))
        times = "–".join(f"{moment.astimezone(event.timezone):%H:%M}" for moment in wanted["times"])
        values = {"old": str(row), "new": times}
        return [_("„%(title)s“: %(new)s statt %(old)s") % {"title": one.title, **values} for one in sessions]

    return Part(
        "slots",
        _("Zeitfenster %(times)s") % {"times": row},
        row,
        {"start": f"{start:%H:%M}", "end": f"{end:%H:%M}", "is_open": row.is_open},
        SlotForm,
        read,
        follow,
        lambda wanted, seen, mark: actions.change_slot(
            event, number, wanted["times"], is_open=wanted["is_open"], revision=seen, actor=mark
        ),
        lambda seen, mark: actions.remove_slot(event, number, revision=seen, actor=mark),
    )


def _new_room(event: Event, _day: int | None) -> Part:
    return Part(
        "rooms",
        _("Raum hinzufügen"),
        None,
        {"capacity": 30},
        RoomForm,
        lambda form: form.cleaned_data,
        _nothing,
        lambda wanted, _seen, mark: frame.open_room(
            event, wanted["name"], wanted["capacity"], wanted["features"], actor=mark
        ),
        _no_removal,
    )


def _room(event: Event, number: int) -> Part:
    row = room_at(event, number)

    def follow(wanted: Wanted, sessions: Sequence[Session]) -> list[str]:
        gone = set(row.features) - set(wanted["features"])
        return [
            _("„%(title)s“ braucht dort: %(needs)s")
            % {"title": one.title, "needs": ", ".join(str(FEATURE_NAMES[name]) for name in gone & set(one.needs))}
            for one in sessions
            if gone & set(one.needs)
        ]

    return Part(
        "rooms",
        row.name,
        row,
        {name: getattr(row, name) for name in ("name", "capacity", "features")},
        RoomForm,
        lambda form: form.cleaned_data,
        follow,
        lambda wanted, seen, mark: frame.edit_room(event, number, wanted, revision=seen, actor=mark),
        lambda seen, mark: actions.remove_room(event, number, revision=seen, actor=mark),
    )
