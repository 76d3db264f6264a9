"""What is chosen before printing; what is typed of a WLAN is used for this one page and never stored."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tagwerk.kit.refusals import Invalid
from tagwerk.people.cards import MOST_AT_ONCE

POSTER_SIZES = [("a4", "A4"), ("a3", "A3")]
CARD_SIZES = [("a4", _("vier auf A4")), ("a6", _("einzeln A6"))]
TOPIC_SIZES = [("a6", _("A6, vier auf A4")), ("a5", _("A5, zwei auf A4"))]
LONGEST_WIFI_NAME, LONGEST_WIFI_PASSWORD = 32, 63
USUAL_CARDS = 40


class WifiField(forms.CharField):
    """Part of a WLAN's access: taken as it is, for every character counts."""

    def __init__(self, **kwargs: Any) -> None:
        long = _("Das ist für ein WLAN zu lang: höchstens %(limit_value)s Zeichen.")
        super().__init__(required=False, strip=False, error_messages={"max_length": long}, **kwargs)

    def clean(self, value: Any) -> Any:
        """Refuse what nobody can type."""
        text = super().clean(value)
        if not str(text).isprintable():
            raise forms.ValidationError(_("Hier stehen Zeichen, die man nicht tippen kann."))
        return text


class PrintForm(forms.Form):
    """Sizes, the WLAN for the poster, and whether the hall code stands on it."""

    poster_size = forms.ChoiceField(label=_("Größe"), choices=POSTER_SIZES, required=False)
    wifi_name = WifiField(label=_("Name des WLANs"), max_length=LONGEST_WIFI_NAME)
    wifi_password = WifiField(label=_("Passwort des WLANs"), max_length=LONGEST_WIFI_PASSWORD)
    with_code = forms.BooleanField(label=_("Saalcode mit aufs Plakat"), required=False)
    card_size = forms.ChoiceField(label=_("Papier"), choices=CARD_SIZES, required=False)
    topic_size = forms.ChoiceField(label=_("Größe"), choices=TOPIC_SIZES, required=False)
    number = forms.IntegerField(
        label=_("Wie viele neue?"), min_value=1, max_value=MOST_AT_ONCE, required=False, initial=USUAL_CARDS
    )

    def chosen(self) -> dict[str, Any]:
        """Give what was chosen, or the usual for what was not; raises `Invalid`."""
        if not self.is_valid():
            errors = {name: sentences[0] for name, sentences in self.errors.items()}
            raise Invalid("invalid", _("Bitte sehen Sie sich die markierten Felder noch einmal an."), errors=errors)
        usual = {"poster_size": "a4", "card_size": "a4", "topic_size": "a6", "number": USUAL_CARDS}
        return {name: value or usual.get(name, value) for name, value in self.cleaned_data.items()}
