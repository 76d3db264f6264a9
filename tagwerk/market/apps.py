"""Registers the room `market` with Django."""

from django.apps import AppConfig


class MarketConfig(AppConfig):
    """The room `market`."""

    name = "tagwerk.market"
    label = "market"
    default_auto_field = "django.db.models.BigAutoField"
