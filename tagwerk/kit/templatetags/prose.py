"""Shows formatted text."""

from django import template
from django.utils.safestring import SafeString

from tagwerk.kit.prose import html_of

register = template.Library()


@register.filter
def prose(text: str) -> SafeString:
    """Give Markdown as safe HTML."""
    return html_of(text)
