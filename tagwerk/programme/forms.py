"""The forms in which the crew prepares sessions and enters who speaks."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tagwerk.events.models import FEATURE_NAMES, Event, Room
from tagwerk.kit.day_words import in_words
from tagwerk.kit.form_fields import TextField, moment
from tagwerk.programme.actions import days_of, no_such_day
from tagwerk.programme.conference_rules import BY_HAND, LONGEST, link_lines, links_of
from tagwerk.programme.labels import AID_NAMES, KIND_NAMES, LANGUAGE_NAMES, LEVEL_NAMES
from tagwerk.programme.models import DraftPlace, Embargo, Participation, Placement, Session
from tagwerk.programme.rules import Kind, Part

WORDS = (
    "title",
    "subtitle",
    "kind",
    "language",
    "level",
    "description",
    "plain_summary",
    "join_url",
    "dial_in",
    "passcode",
)
NO_CHOICE = [("", _("– keine Angabe –"))]
_PART = re.compile(r"\s+[–-]\s+|\s*\(|\s*;\s*")
_PARTS = {
    "moderation": Part.MODERATOR,
    "moderator": Part.MODERATOR,
    "podium": Part.PANELLIST,
    "panel": Part.PANELLIST,
    "leitung": Part.HOST,
    "host": Part.HOST,
}


class DayField(forms.TypedChoiceField):
    """A choice of an event's days, given by `offer`: a date that was typed wrong would be a new day for everybody."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=date.fromisoformat, empty_value=None, **kwargs)

    def offer(self, event: Event) -> None:
        """Offer the days of an event, and say where others come from."""
        days = sorted(days_of(event))
        self.choices = [(day.isoformat(), in_words(day, "D, j. F Y")) for day in days] or [("", _("noch kein Tag"))]
        self.error_messages |= {"invalid_choice": no_such_day(days)}
        if not days:
            self.error_messages |= {"required": no_such_day(days)}


class SessionForm(forms.Form):
    """Everything that is said of a session, and where it shall stand."""

    title = TextField(label=_("Titel"), required=False, max_length=LONGEST["title"])
    kind = forms.ChoiceField(label=_("Art"), choices=[(kind, KIND_NAMES[kind]) for kind in BY_HAND])
    people = TextField(label=_("Wer?"), lines=True, required=False, max_length=2_000)
    day = DayField(label=_("Tag"))
    start = forms.TimeField(label=_("Beginn"))
    end = forms.TimeField(label=_("Ende"))
    room = forms.ChoiceField(label=_("Raum"), required=False)
    track = forms.ChoiceField(label=_("Themenstrang"), required=False)
    new_track = TextField(label=_("Neuer Themenstrang"), required=False, max_length=60)
    subtitle = TextField(label=_("Untertitel"), required=False, max_length=LONGEST["subtitle"])
    description = TextField(label=_("Beschreibung"), lines=True, required=False, max_length=LONGEST["description"])
    plain_summary = TextField(
        label=_("In Leichter Sprache"), lines=True, required=False, max_length=LONGEST["plain_summary"]
    )
    language = forms.ChoiceField(label=_("Sprache"), choices=[*NO_CHOICE, *LANGUAGE_NAMES.items()], required=False)
    level = forms.ChoiceField(label=_("Für wen?"), choices=[("", _("für alle")), *LEVEL_NAMES.items()], required=False)
    aids = forms.MultipleChoiceField(
        label=_("Damit alle folgen können"), choices=list(AID_NAMES.items()), required=False
    )
    needs = forms.MultipleChoiceField(
        label=_("Was braucht der Raum?"), choices=list(FEATURE_NAMES.items()), required=False
    )
    join_url = TextField(label=_("Link zum Online-Raum"), required=False, max_length=LONGEST["join_url"])
    dial_in = TextField(label=_("Einwahl"), required=False, max_length=LONGEST["dial_in"])
    passcode = TextField(label=_("Kenncode"), required=False, max_length=LONGEST["passcode"])
    links = TextField(label=_("Weitere Links"), lines=True, required=False, max_length=4_000)
    embargo = forms.DateTimeField(label=_("Sperrfrist bis"), required=False, input_formats=["%Y-%m-%dT%H:%M"])
    override = TextField(label=_("Warum das trotzdem geht"), required=False, max_length=200)

    def __init__(
        self, event: Event, data: Mapping[str, Any] | None = None, *, initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.event = event
        rooms = [(str(room.pk), room.name) for room in event.rooms.all()]
        tracks = [(track.slug, track.name) for track in event.tracks.all()]
        offer_days(self, event)
        _choices(self, "room", [("", _("das ganze Haus, oder nur online")), *rooms])
        _choices(self, "track", [*NO_CHOICE, *tracks])

    def clean(self) -> dict[str, Any]:
        """Turn day and times into moments; an end at or before the beginning belongs to the next day only at midnight."""
        said = self.cleaned_data
        day, start, end = (said.get(name) for name in ("day", "start", "end"))
        if day and start and end:
            try:
                said["moments"] = self._moments(day, start, end)
            except forms.ValidationError as fault:
                self.add_error("start", fault)
        if said.get("embargo"):
            local = said["embargo"].replace(tzinfo=None)
            try:
                said["embargo"] = moment(local.date(), local.time(), self.event.timezone)
            except forms.ValidationError as fault:
                self.add_error("embargo", fault)
        return said

    def _moments(self, day: date, start: time, end: time) -> tuple[datetime, datetime]:
        first, last = (moment(day, clock, self.event.timezone) for clock in (start, end))
        if last <= first:
            raise forms.ValidationError(_("Das Ende muss nach dem Beginn liegen."), code="times")
        return first, last

    def words(self) -> dict[str, Any]:
        """Give what is said of the session, by the names of its fields."""
        said = self.cleaned_data
        words = {name: said[name] for name in WORDS}
        if said["kind"] == Kind.MARKET and not said["title"]:
            words["title"] = str(KIND_NAMES[Kind.MARKET])
        return words | {"aids": said["aids"], "needs": sorted(said["needs"]), "links": links_of(said["links"])}

    def people_said(self) -> list[tuple[str, Part]]:
        """Give who takes part, by name, in the order of the lines."""
        return [person for line in self.cleaned_data["people"].split("\n") if (person := read_person(line))]

    def room_said(self) -> Room | None:
        """Give the room; None for the whole house, which the hours of the market always concern."""
        number = self.cleaned_data["room"] if self.cleaned_data["kind"] != Kind.MARKET else ""
        return self.event.rooms.get(pk=int(number)) if number else None


def offer_days(form: forms.Form, event: Event) -> None:
    """Let a form offer the days of an event."""
    field = form.fields["day"]
    if isinstance(field, DayField):
        field.offer(event)


def read_person(line: str) -> tuple[str, Part] | None:
    """Read a line such as `Ada Beispiel – Moderation`; None for an empty one."""
    name, *rest = _PART.split(line.strip(), maxsplit=1)
    if not name.strip():
        return None
    said = rest[0].rstrip(") ").casefold() if rest else ""
    part = next((part for word, part in _PARTS.items() if said.startswith(word)), None)
    if part is None and rest:  # a dash that belongs to the name
        return line.strip()[:80], Part.SPEAKER
    return name.strip()[:80], part or Part.SPEAKER


def person_lines(rows: Sequence[tuple[str, str]]) -> str:
    """Give names and parts as `read_person` reads them."""
    words = {Part.MODERATOR: _("Moderation"), Part.PANELLIST: _("Podium"), Part.HOST: _("Leitung")}
    return "\n".join(name if part == Part.SPEAKER else f"{name} – {words[Part(part)]}" for name, part in rows)


def as_said(session: Session) -> dict[str, Any]:
    """Give a session as its form shows it: with what lies under an embargo, at the place of its draft if it has one."""
    embargo = Embargo.objects.filter(session=session).first()
    hidden = embargo.words if embargo else {}
    rows = Participation.objects.filter(session=session).select_related("speaker")
    people = [(row.speaker.name, row.part) for row in rows]
    if embargo:
        names = {speaker.code: speaker.name for speaker in session.event.speakers.all()}
        people = [(names[code], part) for code, part, _instead in hidden.get("parts", []) if code in names]
    said = {name: hidden.get(name, getattr(session, name)) for name in (*WORDS, "aids", "needs")}
    zone = session.event.timezone
    place = DraftPlace.objects.filter(session=session).select_related("slot").first()
    where = place or Placement.objects.filter(session=session).select_related("slot").first()
    if where:
        said |= {
            "day": where.slot.start.astimezone(zone).date().isoformat(),
            "start": f"{where.slot.start.astimezone(zone):%H:%M}",
            "end": f"{where.slot.end.astimezone(zone):%H:%M}",
            "room": str(where.room_id or ""),
        }
    return said | {
        "people": person_lines(people),
        "track": session.track.slug if session.track else "",
        "links": link_lines(hidden.get("links", session.links)),
        "embargo": f"{embargo.until.astimezone(zone):%Y-%m-%dT%H:%M}" if embargo else "",
        "override": place.override if place else "",
    }


class SpeakerForm(forms.Form):
    """What is said of somebody who speaks."""

    name = TextField(label=_("Name"), max_length=80)
    organisation = TextField(label=_("Organisation, Aufgabe"), required=False, max_length=120)
    biography = TextField(label=_("Zur Person"), lines=True, required=False, max_length=4_000)
    links = TextField(label=_("Links im Netz"), lines=True, required=False, max_length=4_000)
    email = forms.EmailField(label=_("E-Mail"), required=False, max_length=200)
    availability = TextField(label=_("Wann können Sie?"), required=False, max_length=300)

    def words(self) -> dict[str, Any]:
        """Give what is said, by the names of the speaker's fields."""
        return {**self.cleaned_data, "links": links_of(self.cleaned_data["links"])}


def _choices(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices
