"""Takes the place of Django's `date` in all templates, so that forms are written once, as German has them."""

from typing import Any

from django import template
from django.template import defaultfilters

from tagwerk.kit.day_words import form_of

register = template.Library()


@register.filter(name="date", expects_localtime=True, is_safe=False)
def date(moment: Any, form: str | None = None) -> str:
    """Give a date or a time in the language of now."""
    return str(defaultfilters.date(moment, form_of(form) if form else None))
