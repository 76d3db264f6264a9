"""Dates as people of each language write them: in German a dot stands behind the number of a day, in English none."""

from typing import Any

from django.template import defaultfilters

from tagwerk.kit.language import short

ENGLISH = (("j. N", "j M"), ("j. ", "j "), ("j.n.Y", "j M Y"), ("j.n.", "j M"), ("d.m.Y", "j M Y"), ("d.m.", "j M"))


def form_of(form: str) -> str:
    """Give the form of a date (Django's letters, as German writes it) in the language of now."""
    if short() == "en":
        for german, english in ENGLISH:
            form = form.replace(german, english)
    return form


def in_words(moment: Any, form: str) -> str:
    """Give a date or a time in the language of now."""
    return str(defaultfilters.date(moment, form_of(form)))
