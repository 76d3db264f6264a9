"""What is said around a programme: texts, duties, the house, partners, next dates, and the answers of a beginning."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from tagwerk.events.around import Body, Duties, Logo, NextDate, Outline, Partner, Venue
from tagwerk.events.changes import FrameChanged
from tagwerk.events.frame_rules import NotALink, link
from tagwerk.events.models import Event
from tagwerk.kit.refusals import Invalid, Refusal, Unknown
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold, tell
from tagwerk.people.actions import rename_realm
from tagwerk.people.models import Person

MOST_ENTRIES = 100
MOST_OUTLINES = 20
ENTRIES: Mapping[str, type[Body | Partner | NextDate]] = {"bodies": Body, "partners": Partner, "dates": NextDate}
LINKS = ("url", "map_url")


@action
def say_frame(event: Event, part: str, changed: Mapping[str, Any], *, actor: str = "") -> None:
    """Write the `changed` fields of a part (`event`, `duties`, `venue`); what others changed meanwhile stays."""
    hold(event.stream)
    checked = _checked(changed)
    if not checked:
        return
    row = part_of(event, part)
    for name, value in checked.items():
        setattr(row, name, value)
    row.save(update_fields=checked if row.pk else None)
    if part == "event" and "name" in checked:
        rename_realm(event.stream, checked["name"])
    _tell(event, part, sorted(checked), actor)


def part_of(event: Event, part: str) -> Event | Duties | Venue:
    """Give a part as it stands in the database; where nothing was said yet, an empty one that is not stored."""
    if part == "event":
        return Event.objects.select_related("realm").get(pk=event.pk)
    if part == "duties":
        return Duties.objects.filter(event=event).first() or Duties(event=event)
    return Venue.objects.filter(event=event).first() or Venue(event=event)


@action
def add_entry(event: Event, kind: str, fields: Mapping[str, Any], *, actor: str = "") -> Any:
    """Add a responsible body, a partner or a next date behind the others, and give it."""
    hold(event.stream)
    model = ENTRIES[kind]
    mine = model.objects.filter(event=event)
    if mine.count() >= MOST_ENTRIES:
        raise Refusal("too-many", _("Mehr Einträge passen hier nicht hin."))
    last = mine.aggregate(last=Max("position"))["last"]
    entry = model.objects.create(event=event, position=0 if last is None else last + 1, **_checked(fields))
    _tell(event, kind, [f"+{entry.pk}"], actor)
    return entry


@action
def change_entry(event: Event, kind: str, number: int, fields: Mapping[str, Any], *, actor: str = "") -> None:
    """Change an entry; raises `Unknown` when it is gone."""
    hold(event.stream)
    entry = entry_at(event, kind, number)
    for name, value in _checked(fields).items():
        setattr(entry, name, value)
    entry.save()
    _tell(event, kind, [f"{number}"], actor)


@action
def remove_entry(event: Event, kind: str, number: int, *, actor: str = "") -> None:
    """Remove an entry; raises `Unknown` when it is gone."""
    hold(event.stream)
    entry_at(event, kind, number).delete()
    _tell(event, kind, [f"-{number}"], actor)


@action
def move_entry_up(event: Event, kind: str, number: int, *, actor: str = "") -> None:
    """Let an entry change places with the one before it; the first stays where it is."""
    hold(event.stream)
    entry = entry_at(event, kind, number)
    before = ENTRIES[kind].objects.filter(event=event, position__lt=entry.position).last()
    if before is None:
        return
    entry.position, before.position = before.position, entry.position
    entry.save(update_fields=["position"])
    before.save(update_fields=["position"])
    _tell(event, kind, [f"{number}"], actor)


@action
def set_logo(partner: Partner, picture: bytes, digest: str, size: tuple[int, int], *, actor: str = "") -> None:
    """Give a partner a logo that we drew ourselves, in place of an older one."""
    hold(partner.event.stream)
    values = {"data": picture, "digest": digest, "width": size[0], "height": size[1]}
    Logo.objects.update_or_create(partner=partner, defaults=values)
    _tell(partner.event, "partners", [f"{partner.pk}"], actor)


@action
def drop_logo(partner: Partner, *, actor: str = "") -> None:
    """Take a partner's logo away; everything else stays."""
    hold(partner.event.stream)
    Logo.objects.filter(partner=partner).delete()
    _tell(partner.event, "partners", [f"{partner.pk}"], actor)


def entry_at(event: Event, kind: str, number: int) -> Any:
    """Give an entry of an event; raises `Unknown`."""
    entry = ENTRIES[kind].objects.filter(event=event, pk=number).first() if kind in ENTRIES else None
    if entry is None:
        raise Unknown("no-such-entry", _("Diesen Eintrag gibt es nicht (mehr)."))
    return entry


@action
def start_outline(person: Person) -> Outline:
    """Begin to describe a new event; the oldest beginnings of somebody who begins often are forgotten."""
    outline = Outline.objects.create(person=person)
    kept = list(person.outlines.values_list("pk", flat=True)[:MOST_OUTLINES])
    person.outlines.exclude(pk__in=kept).delete()
    return outline


@action
def keep_answers(outline: Outline, screen: str, said: Mapping[str, list[str]]) -> Outline:
    """Keep what was typed on one screen, right or wrong, so that nothing is lost."""
    outline.refresh_from_db()
    outline.answers = {**outline.answers, screen: dict(said)}
    outline.save()
    return outline


@action
def forget_outline(outline: Outline) -> None:
    """Throw a beginning away."""
    outline.delete()


def _checked(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Give fields with their links checked; raises `Invalid` for a link that is none."""
    checked = dict(fields)
    for name in LINKS:
        if name in checked:
            try:
                checked[name] = link(checked[name])
            except NotALink:
                raise no_link(name) from None
    return checked


def no_link(name: str) -> Invalid:
    """Give the refusal for a link that nobody could open."""
    sentence = _("Bitte geben Sie eine Adresse an, die mit https:// beginnt.")
    return Invalid("no-link", sentence, errors={name: sentence})


def _tell(event: Event, part: str, names: list[str], actor: str) -> None:
    fact = FrameChanged(part=part, touches=tuple(f"frame:{part}:{name}" for name in names), after={"changed": names})
    tell(event.stream, fact, actor=actor)
