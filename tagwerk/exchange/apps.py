"""Registers the room with Django, which finds its texts and templates by that."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """The room of the public formats."""

    name = "tagwerk.exchange"
    label = "exchange"
    default_auto_field = "django.db.models.BigAutoField"
