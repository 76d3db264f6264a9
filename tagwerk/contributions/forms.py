"""The forms of a call: what is proposed, what the crew asks for, what somebody says of themselves."""

import contextlib
import hashlib
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tagwerk.contributions.models import Author, Call, Submission
from tagwerk.contributions.rules import LENGTHS, LONGEST, LONGEST_CALL, OFFERED, Ask
from tagwerk.contributions.words import ASK_WORDS, LICENCE_WORDS
from tagwerk.events.models import Event
from tagwerk.kit.form_fields import LONG_TEXT, NO_CHOICE, TextField, moment
from tagwerk.programme.conference_rules import link_lines, links_of
from tagwerk.programme.labels import KIND_NAMES, LANGUAGE_NAMES, LEVEL_NAMES
from tagwerk.programme.rules import Kind, Recording

EMPTY = _("Bitte füllen Sie dieses Feld aus.")
NO_MAIL = _("Bitte geben Sie eine E-Mail-Adresse an, zum Beispiel kim@stadt.example.")
NO_SUCH_MOMENT = _("Bitte geben Sie Tag und Uhrzeit an.")
OPEN_TO_ALL = [("", _("für alle"))]
USUAL_KINDS, USUAL_LENGTHS = [Kind.TALK, Kind.WORKSHOP], [20, 45, 90]
TRAP = "website"
"""A field that people do not see and programs fill in."""


def _line(label: Any, name: str, *, required: bool = False, lines: bool = False) -> TextField:
    messages = {"required": EMPTY, "max_length": LONG_TEXT}
    return TextField(label=label, max_length=LONGEST[name], required=required, lines=lines, error_messages=messages)


class ContributionForm(forms.Form):
    """A proposal, with as much as its call asks for; somebody whom we know does not say again who they are."""

    title = _line(_("Titel"), "title", required=True)
    kind = forms.ChoiceField(label=_("Was soll es werden?"))
    minutes = forms.TypedChoiceField(label=_("Wie lange?"), coerce=int)
    abstract = _line(_("Worum geht es?"), "abstract", required=True, lines=True)
    plain_summary = _line(_("Das Wichtigste in Leichter Sprache"), "plain_summary", lines=True)
    language = forms.ChoiceField(label=_("Sprache"), choices=list(LANGUAGE_NAMES.items()), required=False)
    level = forms.ChoiceField(label=_("Für wen?"), choices=[*OPEN_TO_ALL, *LEVEL_NAMES.items()], required=False)
    track = forms.ChoiceField(label=_("Themenstrang"), required=False)
    needs = _line(_("Was brauchen Sie?"), "needs", lines=True)
    further = _line(_("Wer ist noch dabei?"), "further", lines=True)
    name = _line(_("Ihr Name"), "name", required=True)
    organisation = _line(_("Organisation, Aufgabe"), "organisation")
    email = forms.EmailField(
        label=_("E-Mail"), max_length=LONGEST["email"], error_messages={"required": NO_MAIL, "invalid": NO_MAIL}
    )
    availability = _line(_("Wann passt es Ihnen?"), "availability")
    consent = forms.BooleanField(
        label=_("Einverstanden"), error_messages={"required": _("Ohne Ihr Einverständnis dürfen wir nichts speichern.")}
    )

    def __init__(self, call: Call, *args: Any, is_known: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tracks = {track.slug: track for track in call.event.tracks.all()}
        known = ("name", "organisation", "email", "availability", "consent") if is_known else ()
        asked = {ask for ask in Ask if ask in call.asks and (ask != Ask.TRACK or self.tracks)}
        for name in [*known, *(ask for ask in Ask if ask not in asked)]:
            self.fields.pop(name, None)
        self._choose("kind", [(kind, KIND_NAMES[kind]) for kind in call.kinds])
        self._choose("minutes", [(str(n), _("%(number)s Minuten") % {"number": n}) for n in call.lengths])
        tracks = [(slug, track.name) for slug, track in self.tracks.items()]
        self._choose("track", [("", _("– passt überall –")), *tracks])
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField):
                field.error_messages |= {"invalid_choice": NO_CHOICE, "required": NO_CHOICE}

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields.get(name)
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def words(self) -> dict[str, Any]:
        """Give what was said, by the names of fields."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "consent"}
        if "track" in said:
            said["track"] = self.tracks.get(said["track"])
        return said


def as_proposed(submission: Submission) -> dict[str, Any]:
    """Give a proposal as the form shows it."""
    names = ("title", "kind", "abstract", "plain_summary", "language", "level", "needs", "further")
    track = submission.track.slug if submission.track else ""
    said = {name: getattr(submission, name) for name in names}
    return {**said, "minutes": str(submission.minutes), "track": track}


class CallForm(forms.Form):
    """What an event asks for."""

    text = TextField(
        label=_("Was suchen Sie?"),
        lines=True,
        required=False,
        max_length=LONGEST_CALL,
        error_messages={"max_length": LONG_TEXT},
    )
    kinds = forms.MultipleChoiceField(
        label=_("Was kann man vorschlagen?"),
        choices=[(kind, KIND_NAMES[kind]) for kind in OFFERED],
        error_messages={"required": NO_CHOICE, "invalid_choice": NO_CHOICE},
    )
    lengths = forms.TypedMultipleChoiceField(
        label=_("Wie viele Minuten?"),
        choices=[(str(number), str(number)) for number in LENGTHS],
        coerce=int,
        error_messages={"required": NO_CHOICE, "invalid_choice": NO_CHOICE},
    )
    asks = forms.MultipleChoiceField(
        label=_("Was fragen Sie noch?"),
        choices=list(ASK_WORDS.items()),
        required=False,
        error_messages={"invalid_choice": NO_CHOICE},
    )
    opens_at = forms.CharField(label=_("Beginn"), required=False, max_length=20)
    closes_at = forms.CharField(label=_("Ende"), required=False, max_length=20)
    hides_names = forms.BooleanField(label=_("Namen beim Bewerten verbergen"), required=False)
    reminds = forms.BooleanField(label=_("Von selbst erinnern"), required=False)

    def __init__(self, event: Event, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event

    def clean_opens_at(self) -> Any:
        """Read the beginning in the event's zone."""
        return self._moment("opens_at")

    def clean_closes_at(self) -> Any:
        """Read the end in the event's zone."""
        return self._moment("closes_at")

    def _moment(self, name: str) -> Any:
        typed = self.cleaned_data[name].strip()
        if not typed:
            return None
        for form in ("%Y-%m-%dT%H:%M", "%d.%m.%Y %H:%M"):
            with contextlib.suppress(ValueError):
                found = datetime.strptime(typed, form)  # noqa: DTZ007 - the event's zone comes next
                return moment(found.date(), found.time(), self.event.timezone)
        raise forms.ValidationError(NO_SUCH_MOMENT)


def as_called(event: Event) -> dict[str, Any]:
    """Give a call as its form shows it, or what a new one begins with."""
    call = Call.objects.filter(event=event).first()
    if call is None:
        asks = [ask for ask in Ask if ask != Ask.AVAILABILITY]
        lengths = [str(number) for number in USUAL_LENGTHS]
        return {"kinds": USUAL_KINDS, "lengths": lengths, "asks": asks, "reminds": True}
    zone = event.timezone
    moments = {name: getattr(call, name) for name in ("opens_at", "closes_at")}
    said = {name: getattr(call, name) for name in ("text", "kinds", "asks", "hides_names", "reminds")}
    typed = {name: f"{at.astimezone(zone):%Y-%m-%dT%H:%M}" if at else "" for name, at in moments.items()}
    return {**said, **typed, "lengths": [str(number) for number in call.lengths]}


def _print(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class CareForm(forms.Form):
    """What somebody who speaks says of themselves."""

    organisation = _line(_("Organisation, Aufgabe"), "organisation")
    biography = TextField(
        label=_("Zur Person"), lines=True, required=False, max_length=4_000, error_messages={"max_length": LONG_TEXT}
    )
    links = TextField(label=_("Links im Netz"), lines=True, required=False, max_length=4_000)
    availability = _line(_("Wann passt es Ihnen?"), "availability")
    technical = TextField(
        label=_("Was brauchen Sie?"),
        lines=True,
        required=False,
        max_length=1_000,
        error_messages={"max_length": LONG_TEXT},
    )
    rehearsal_url = TextField(label=_("Probeaufnahme"), required=False, max_length=300)
    seen = forms.CharField(required=False, max_length=200)  # hidden: what stood there, so that only changes are written

    def words(self) -> dict[str, Any]:
        """Give what somebody changed against what they saw, by the names of the speaker's fields.

        A page that stayed open writes nothing old over what the crew corrected meanwhile.
        """
        said = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        seen = dict(zip(said, self.cleaned_data["seen"].split("-"), strict=False))
        changed = {name: value for name, value in said.items() if seen.get(name) != _print(value)}
        return changed | ({"links": links_of(changed["links"])} if "links" in changed else {})

    @classmethod
    def of(cls, author: Author) -> dict[str, Any]:
        """Give what stands now."""
        speaker = author.speaker
        if speaker is None:
            return {}
        said: dict[str, Any] = {name: getattr(speaker, name) for name in cls.base_fields if name != "seen"}
        said["links"] = link_lines(speaker.links)
        fields = cls.base_fields
        return {**said, "seen": "-".join(_print(str(fields[name].to_python(value))) for name, value in said.items())}


class RecordingForm(forms.Form):
    """Whether a recording may be shown."""

    recording = forms.ChoiceField(
        label=_("Dürfen wir eine Aufzeichnung zeigen?"),
        choices=[(Recording.YES, _("Ja")), (Recording.NO, _("Nein"))],
        error_messages={"required": NO_CHOICE, "invalid_choice": NO_CHOICE},
    )
    recording_licence = forms.ChoiceField(
        label=_("Wer darf sie weiterverwenden?"), choices=list(LICENCE_WORDS.items()), required=False
    )


class LinkForm(forms.Form):
    """Where a personal link shall be sent."""

    email = forms.EmailField(
        label=_("E-Mail"), max_length=LONGEST["email"], error_messages={"required": NO_MAIL, "invalid": NO_MAIL}
    )
