"""Registers the room `live` with Django."""

from django.apps import AppConfig


class LiveConfig(AppConfig):
    """The room `live`."""

    name = "tagwerk.live"
    label = "live"
    default_auto_field = "django.db.models.BigAutoField"
