"""The form in which the crew says everything of a stand."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tagwerk.events.models import Event
from tagwerk.kit.form_fields import TextField
from tagwerk.market.models import Booth
from tagwerk.market.rules import LONGEST, tags_of
from tagwerk.programme.conference_rules import link_lines, links_of
from tagwerk.programme.forms import NO_CHOICE

LINES = (
    "name",
    "shows",
    "number",
    "place",
    "join_url",
    "dial_in",
    "passcode",
    "contact_name",
    "contact_mail",
    "contact_phone",
)


class BoothForm(forms.Form):
    """Everything that is said of a stand."""

    name = TextField(label=_("Wer stellt aus?"), max_length=LONGEST["name"])
    shows = TextField(label=_("Was gibt es zu sehen?"), required=False, max_length=LONGEST["shows"])
    about = TextField(label=_("Über den Stand"), lines=True, required=False, max_length=LONGEST["about"])
    track = forms.ChoiceField(label=_("Themenstrang"), required=False)
    tags = TextField(label=_("Schlagworte"), required=False, max_length=600)
    number = TextField(label=_("Standnummer"), required=False, max_length=LONGEST["number"])
    room = forms.ChoiceField(label=_("Raum"), required=False)
    place = TextField(label=_("Wo genau?"), required=False, max_length=LONGEST["place"])
    join_url = TextField(label=_("Link zum Online-Raum"), required=False, max_length=LONGEST["join_url"])
    dial_in = TextField(label=_("Einwahl"), required=False, max_length=LONGEST["dial_in"])
    passcode = TextField(label=_("Kenncode"), required=False, max_length=LONGEST["passcode"])
    links = TextField(label=_("Weitere Links"), lines=True, required=False, max_length=4_000)
    contact_name = TextField(label=_("Ansprechperson"), required=False, max_length=LONGEST["contact_name"])
    contact_mail = TextField(label=_("E-Mail"), required=False, max_length=LONGEST["contact_mail"])
    contact_phone = TextField(label=_("Telefon"), required=False, max_length=LONGEST["contact_phone"])
    sessions = forms.MultipleChoiceField(label=_("Was findet am Stand statt?"), required=False)
    logo = forms.FileField(label=_("Logo"), required=False, allow_empty_file=True)

    def __init__(
        self,
        event: Event,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        *,
        initial: Mapping[str, Any] | None = None,
        sessions: list[tuple[str, str]] | None = None,
    ) -> None:
        super().__init__(data, files, initial=dict(initial or {}))
        self.event = event
        rooms = [(str(room.pk), room.name) for room in event.rooms.all()]
        tracks = [(track.slug, track.name) for track in event.tracks.all()]
        _choices(self, "room", [("", _("in keinem Raum, oder nur online")), *rooms])
        _choices(self, "track", [*NO_CHOICE, *tracks])
        _choices(self, "sessions", sessions or [])

    def words(self) -> dict[str, Any]:
        """Give what is said, by the names of the stand's fields."""
        said = self.cleaned_data
        words: dict[str, Any] = {name: said[name] for name in (*LINES, "about")}
        return words | {
            "links": links_of(said["links"]),
            "tags": tags_of(said["tags"]),
            "room": self.event.rooms.get(pk=int(said["room"])) if said["room"] else None,
            "track": self.event.tracks.get(slug=said["track"]) if said["track"] else None,
        }


def as_said(booth: Booth) -> dict[str, Any]:
    """Give a stand as its form shows it."""
    return {name: getattr(booth, name) for name in (*LINES, "about")} | {
        "links": link_lines(booth.links),
        "tags": ", ".join(booth.tags),
        "room": str(booth.room_id or ""),
        "track": booth.track.slug if booth.track else "",
        "sessions": [row.session.code for row in booth.stand_sessions.select_related("session")],
    }


def _choices(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices
