"""Gives a form a key of its own, so that sending it twice counts once and sending its successor counts again."""

import secrets

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def form_key() -> SafeString:
    """Give a hidden field with a key that no other rendered form has."""
    return format_html('<input type="hidden" name="key" value="{}">', secrets.token_urlsafe(9))
