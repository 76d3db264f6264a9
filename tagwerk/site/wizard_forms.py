"""The five screens on which somebody describes a new event; each field has a default that most can leave as it is."""

from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tagwerk.events.first_rules import Pasted, Rhythm, is_slug, pasted_rooms, slug_of, stretches
from tagwerk.events.models import ACCENTS, FEATURE_NAMES, Event
from tagwerk.events.rules import Feature, Mode
from tagwerk.events.words import MODE_NAMES
from tagwerk.kit.day_words import in_words
from tagwerk.kit.form_fields import NO_CHOICE, TextField
from tagwerk.people.models import Realm

BARCAMP, CONFERENCE = "barcamp", "conference"
MOST_DAYS = 7
EARLIEST, LATEST = 2000, 2100
DATE, CLOCK = _("Bitte geben Sie ein Datum an."), _("Bitte geben Sie eine Uhrzeit wie 10:15 an.")
NUMBER = _("Bitte geben Sie eine ganze Zahl an.")
FEATURES = (Feature.STEP_FREE, Feature.LOOP, Feature.SIGN_LANGUAGE, Feature.PROJECTOR, Feature.HYBRID)
ACCENT_NAMES = {
    "blau": _("Blau"),
    "petrol": _("Petrol"),
    "gruen": _("Grün"),
    "oliv": _("Oliv"),
    "orange": _("Orange"),
    "rot": _("Rot"),
    "beere": _("Beere"),
    "violett": _("Violett"),
}


class Screen(forms.Form):
    """One screen; `before` holds the checked answers of the screens before it."""

    def __init__(self, *args: Any, before: Mapping[str, Any], **kwargs: Any) -> None:
        self.before = before
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages.setdefault("invalid_choice", NO_CHOICE)
            field.error_messages["required"] = _("Bitte füllen Sie dieses Feld aus.")
            if isinstance(field, forms.ChoiceField):
                field.error_messages["invalid_choice"] = NO_CHOICE

    def dates(self) -> list[date]:
        """Give the dates of the event."""
        start = self.before["start"]
        return [start["first"] + timedelta(days=number) for number in range(start["days"])]


def number(label: Any, least: int, most: int, usual: int) -> forms.IntegerField:
    """Give a field for a whole number with a usual value."""
    messages = {
        "invalid": NUMBER,
        "min_value": _("Mindestens %(limit_value)s."),
        "max_value": _("Höchstens %(limit_value)s."),
    }
    return forms.IntegerField(label=label, min_value=least, max_value=most, initial=usual, error_messages=messages)


def clock(label: Any, usual: str, *, required: bool = True) -> forms.TimeField:
    """Give a field for a time of day."""
    return forms.TimeField(
        label=label,
        initial=usual,
        required=required,
        input_formats=["%H:%M", "%H:%M:%S", "%H.%M", "%H"],
        error_messages={"invalid": CLOCK},
    )


class StartForm(Screen):
    """Name, date, place."""

    name = TextField(label=_("Wie heißt die Veranstaltung?"), max_length=120)
    first = forms.DateField(
        label=_("Erster Tag"), input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y"], error_messages={"invalid": DATE}
    )
    days = number(_("Wie viele Tage?"), 1, MOST_DAYS, 1)
    place = TextField(label=_("Wo?"), max_length=160, required=False)
    slug = TextField(label=_("Adresse im Netz"), max_length=60, required=False)

    def clean_first(self) -> date:
        """Refuse years that are slips of the finger."""
        first: date = self.cleaned_data["first"]
        if not EARLIEST <= first.year <= LATEST:
            raise forms.ValidationError(DATE)
        return first

    def clean(self) -> dict[str, Any]:
        """Make the address from the name unless one was typed; it has to be free."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        typed = said.get("slug", "").strip("/").lower()
        slug = typed or slug_of(said.get("name", ""))
        if "name" in said and not is_slug(slug):
            self.add_error("slug", _("Bitte nur Buchstaben a–z, Ziffern und Bindestriche, zum Beispiel ogt-2027."))
        elif Realm.objects.filter(slug=slug).exists():
            self.add_error("slug", _("Diese Adresse ist schon vergeben. Wie wäre es mit einer Jahreszahl dahinter?"))
        said["slug"] = slug
        return said


class DaysForm(Screen):
    """The mode of each day, and whether its programme stands or comes from everybody."""

    people = number(_("Wie viele Menschen erwarten Sie ungefähr?"), 1, 100_000, 120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        modes = [(mode.value, MODE_NAMES[mode]) for mode in Mode]
        kinds = [
            (BARCAMP, _("Barcamp: Themen kommen von allen")),
            (CONFERENCE, _("Konferenz: das Programm steht fest")),
        ]
        for position, _day in enumerate(self.dates()):
            self.fields[f"mode_{position}"] = forms.ChoiceField(
                label=_("Wie findet der Tag statt?"),
                choices=modes,
                initial=Mode.ON_SITE.value,
                error_messages={"invalid_choice": NO_CHOICE},
            )
            self.fields[f"kind_{position}"] = forms.ChoiceField(
                label=_("Was ist es für ein Tag?"),
                choices=kinds,
                initial=BARCAMP,
                error_messages={"invalid_choice": NO_CHOICE},
            )

    def by_day(self) -> list[dict[str, Any]]:
        """Give the fields of each day for the page."""
        return [
            {"date": in_words(day, "l, j. F Y"), "mode": self[f"mode_{n}"], "kind": self[f"kind_{n}"]}
            for n, day in enumerate(self.dates())
        ]


class RoomsForm(Screen):
    """Rooms as they are pasted, then what each of them offers; `asked` is the list for which that was shown."""

    rooms = TextField(label=_("Räume und Plätze"), lines=True, max_length=4000)
    asked = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = self.data if self.is_bound else self.initial
        self.pasted = _pasted(said, "rooms")
        known = {room.name: _list(said, f"features_{n}") for n, room in enumerate(_pasted(said, "asked").rooms)}
        self.features = {room.name: known.get(room.name, []) for room in self.pasted.rooms}
        self.is_asked = bool(known) and [room.name for room in self.pasted.rooms] == list(known)

    def clean_rooms(self) -> str:
        """Name what could not be read as a room."""
        text: str = self.cleaned_data["rooms"]
        found = pasted_rooms(text)
        if found.unread:
            raise forms.ValidationError(
                _("Hier fehlen Name oder Plätze: „%(piece)s“. So geht es: „Raum 2 30“."),
                params={"piece": found.unread[0][:60]},
            )
        if found.doubled:
            raise forms.ValidationError(
                _("„%(name)s“ steht zweimal da. Bitte geben Sie jedem Raum einen eigenen Namen."),
                params={"name": found.doubled[0]},
            )
        return text

    def ticks(self) -> list[dict[str, Any]]:
        """Give each room with what it may offer, for the page."""
        return [
            {
                "name": room.name,
                "seats": room.seats,
                "field": f"features_{position}",
                "choices": [(f.value, FEATURE_NAMES[f], f.value in self.features[room.name]) for f in FEATURES],
            }
            for position, room in enumerate(self.pasted.rooms)
        ]


class RhythmForm(Screen):
    """From when to when, how long a session is, what interrupts them."""

    length = number(_("Länge einer Session in Minuten"), 5, 240, 45)
    pause = number(_("Pause danach in Minuten"), 0, 120, 15)
    lunch = clock(_("Mittagspause ab"), "12:30", required=False)
    lunch_minutes = number(_("Länge der Mittagspause in Minuten"), 10, 180, 60)
    pitch = forms.BooleanField(label=_("Mit Vorstellungsrunde am Anfang"), required=False, initial=True)
    pitch_minutes = number(_("Dauer der Vorstellungsrunde in Minuten"), 5, 180, 30)
    planning_minutes = number(_("Planungspause danach in Minuten"), 5, 60, 15)
    closing_minutes = number(_("Gemeinsamer Abschluss am Ende in Minuten (0: keiner)"), 0, 120, 15)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for position, _day in enumerate(self.dates()):
            self.fields[f"begin_{position}"] = clock(_("Beginn"), "10:00")
            self.fields[f"end_{position}"] = clock(_("Ende"), "16:00")
        self.has_barcamp = any(self.before["days"][f"kind_{n}"] == BARCAMP for n in range(len(self.dates())))

    def by_day(self) -> list[dict[str, Any]]:
        """Give the fields of each day for the page."""
        return [
            {"date": in_words(day, "l, j. F Y"), "begin": self[f"begin_{n}"], "end": self[f"end_{n}"]}
            for n, day in enumerate(self.dates())
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse a day in which no session fits."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            for position, kind in enumerate(self.kinds()):
                if not stretches(rhythm_of(said, position, is_barcamp=kind == BARCAMP)):
                    self.add_error(f"end_{position}", _now("In dieser Zeit hat keine Session Platz."))
        return said

    def kinds(self) -> Sequence[str]:
        """Give what kind of day each is."""
        return [self.before["days"][f"kind_{n}"] for n in range(len(self.dates()))]


def rhythm_of(said: Mapping[str, Any], position: int, *, is_barcamp: bool) -> Rhythm:
    """Give the rhythm of one day from the checked answers; a pitch round belongs to barcamps."""
    return Rhythm(
        begin=_time(said[f"begin_{position}"]),
        end=_time(said[f"end_{position}"]),
        length=said["length"],
        pause=said["pause"],
        lunch=said["lunch"],
        lunch_minutes=said["lunch_minutes"],
        pitch_minutes=said["pitch_minutes"] if said["pitch"] and is_barcamp else 0,
        planning_minutes=said["planning_minutes"],
        closing_minutes=said["closing_minutes"],
    )


def _with_example(word: Any, example: str) -> str:
    return format_html('{}: <span lang="de">{}</span>', word, example)


_spoken = lazy(_with_example, str)


class ToneForm(Screen):
    """Sie or du, and the colour."""

    address_form = forms.ChoiceField(
        label=pgettext_lazy("Anrede", "Wie sprechen Sie die Teilnehmenden an?"),
        choices=[
            (Event.Address.SIE, _spoken(_("förmlich"), "„Was interessiert Sie?“")),
            (Event.Address.DU, _spoken(_("vertraut"), "„Was interessiert dich?“")),
        ],
        initial=Event.Address.SIE,
    )
    accent = forms.ChoiceField(
        label=_("Farbe der Veranstaltung"), choices=[(name, ACCENT_NAMES[name]) for name in ACCENTS], initial=ACCENTS[0]
    )


def _time(value: time) -> time:
    return value.replace(second=0, microsecond=0)


def _pasted(said: Mapping[str, Any], name: str) -> Pasted:
    return pasted_rooms(str(said.get(name) or ""))


def _list(said: Any, name: str) -> list[str]:
    """Give all values of a field, from a form that was sent or from answers that were kept."""
    return list(said.getlist(name) if hasattr(said, "getlist") else said.get(name) or [])
