"""Form fields for what people type: cleaned before it is measured, with our words for what does not hold."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from tagwerk.kit.dates import NotOnTheClock, in_utc
from tagwerk.kit.fields import UNREADABLE
from tagwerk.kit.text import Unreadable, clean

LONG_TEXT = _("Bitte kürzen Sie auf höchstens %(limit_value)s Zeichen. (Jetzt: %(show_value)s)")
NO_CHOICE = _("Bitte wählen Sie eine der angebotenen Möglichkeiten.")
NO_SUCH_TIME = _("Diese Uhrzeit gibt es an dem Tag nicht: Die Uhr wird vorgestellt. Bitte wählen Sie eine andere.")


class TextField(forms.CharField):
    """A text field that cleans what was typed before it is measured."""

    def __init__(self, *, lines: bool = False, **kwargs: Any) -> None:
        self.lines = lines
        kwargs["error_messages"] = {"max_length": LONG_TEXT, **kwargs.get("error_messages", {})}
        super().__init__(**kwargs)
        # Django's own check for NUL would answer first and in other words.
        self.validators = [v for v in self.validators if type(v).__name__ != "ProhibitNullCharactersValidator"]

    def to_python(self, value: Any) -> str:
        """Clean the text; what cannot be text is refused."""
        try:
            return clean(str(value), lines=self.lines) if value is not None else ""
        except Unreadable as fault:
            raise forms.ValidationError(UNREADABLE, code="unreadable") from fault


def moment(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """Give a local time in UTC, of an hour that comes twice the first; raises `ValidationError` for one that is skipped."""
    try:
        return in_utc(day, clock, zone, fold=0)
    except NotOnTheClock as fault:
        raise forms.ValidationError(NO_SUCH_TIME, code="not-on-the-clock") from fault
