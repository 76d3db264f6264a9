"""The forms in which organisers change days, slots, rooms and the look of an event that exists already."""

import datetime as dt
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tagwerk.events.first_rules import LARGEST_ROOM, LONGEST_ROOM_NAME
from tagwerk.events.models import ACCENTS, FEATURE_NAMES, Event
from tagwerk.events.words import MODE_NAMES
from tagwerk.kit.form_fields import NO_CHOICE, TextField, moment
from tagwerk.site.wizard_forms import ACCENT_NAMES, DATE, EARLIEST, FEATURES, LATEST, clock, number

EARLY = time(6)  # an end before that, and before the beginning, is in the night after


class FrameForm(forms.Form):
    """A part of the frame; `WHERE` names its template."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = _("Bitte füllen Sie dieses Feld aus.")
            if isinstance(field, forms.ChoiceField | forms.MultipleChoiceField):
                field.error_messages["invalid_choice"] = NO_CHOICE


class DayForm(FrameForm):
    """A day and how people take part in it."""

    date = forms.DateField(
        label=_("Datum"), input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y"], error_messages={"invalid": DATE}
    )
    mode = forms.ChoiceField(label=_("Wie findet der Tag statt?"), choices=list(MODE_NAMES.items()))

    def clean_date(self) -> dt.date:
        """Refuse a year that is none of ours."""
        day: dt.date = self.cleaned_data["date"]
        if not EARLIEST <= day.year < LATEST:
            raise forms.ValidationError(_("Bitte prüfen Sie das Jahr."))
        return day


class SlotForm(FrameForm):
    """A slot: its times, and whether it belongs to the barcamp."""

    start = clock(_("Beginn"), "")
    end = clock(_("Ende"), "")
    is_open = forms.BooleanField(label=_("Offen für das Barcamp"), required=False)

    def times(self, day: dt.date, event: Event) -> tuple[datetime, datetime]:
        """Give both ends in UTC; raises `ValidationError` for a time that the clock skips."""
        start, end = self.cleaned_data["start"], self.cleaned_data["end"]
        last = day + timedelta(days=1) if end <= start and end <= EARLY else day
        return moment(day, start, event.timezone), moment(last, end, event.timezone)


class RoomForm(FrameForm):
    """A room: what it is called, how many it holds, what it offers."""

    name = TextField(label=_("Raum"), max_length=LONGEST_ROOM_NAME)
    capacity = number(_("Plätze"), 1, LARGEST_ROOM, 30)
    features = forms.MultipleChoiceField(
        label=_("Was bietet er?"), choices=[(name, FEATURE_NAMES[name]) for name in FEATURES], required=False
    )


class LookForm(FrameForm):
    """The colour, and how people are addressed."""

    address_form = forms.ChoiceField(
        label=_("Wie werden die Teilnehmenden angesprochen?"),
        choices=[(Event.Address.SIE, _("förmlich")), (Event.Address.DU, _("vertraut"))],
    )
    accent = forms.ChoiceField(
        label=_("Farbe der Veranstaltung"), choices=[(name, ACCENT_NAMES[name]) for name in ACCENTS]
    )


FORMS: Mapping[str, type[FrameForm]] = {"days": DayForm, "slots": SlotForm, "rooms": RoomForm}
