"""Registers the room `barcamp` with Django."""

from django.apps import AppConfig


class BarcampConfig(AppConfig):
    """The room `barcamp`."""

    name = "tagwerk.barcamp"
    label = "barcamp"
    default_auto_field = "django.db.models.BigAutoField"
