"""What the plain values of the programme are called on pages."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tagwerk.programme.rules import Aid, Kind, Level, Part

KIND_NAMES: Mapping[str, Any] = {
    Kind.TALK: _("Vortrag"),
    Kind.KEYNOTE: _("Hauptvortrag"),
    Kind.PANEL: _("Podium"),
    Kind.WORKSHOP: _("Werkstatt"),
    Kind.BARCAMP: _("Barcamp-Session"),
    Kind.STAND: _("Am Stand"),
    Kind.ENERGIZER: _("Auflockerung"),
    Kind.BREAK: _("Pause"),
    Kind.MARKET: _("Marktzeit"),
}
LEVEL_NAMES: Mapping[str, Any] = {Level.BEGINNER: _("Einstieg"), Level.ADVANCED: _("Fortgeschritten")}
AID_NAMES: Mapping[str, Any] = {
    Aid.CAPTIONS: pgettext_lazy("zum Mitlesen", "Untertitel"),
    Aid.SIGN_LANGUAGE: _("Gebärdensprache"),
    Aid.STEP_FREE: _("stufenlos"),
    Aid.LOOP: _("Induktionsschleife"),
}
PART_NAMES: Mapping[str, Any] = {
    Part.SPEAKER: _("Vortrag"),
    Part.MODERATOR: _("Moderation"),
    Part.PANELLIST: _("auf dem Podium"),
    Part.HOST: _("leitet die Session"),
}
LANGUAGE_NAMES: Mapping[str, Any] = {
    "de": pgettext_lazy("Sprache", "Deutsch"),
    "en": pgettext_lazy("Sprache", "Englisch"),
    "fr": pgettext_lazy("Sprache", "Französisch"),
    "tr": pgettext_lazy("Sprache", "Türkisch"),
    "ar": pgettext_lazy("Sprache", "Arabisch"),
    "uk": pgettext_lazy("Sprache", "Ukrainisch"),
}
UNNAMED = _("Wird noch bekannt gegeben")
"""The title of a place that is still to be filled, or that is under an embargo."""


def language_name(code: str) -> str:
    """Give the name of a language in the active one; an unknown one is shown by its two letters."""
    return str(LANGUAGE_NAMES.get(code, code))
