"""Registers the room `programme` with Django."""

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    """The room `programme`."""

    name = "tagwerk.programme"
    label = "programme"
    default_auto_field = "django.db.models.BigAutoField"
