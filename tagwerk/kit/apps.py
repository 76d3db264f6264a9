"""Registers the base with Django."""

from django.apps import AppConfig


class KitConfig(AppConfig):
    """The base of the house."""

    name = "tagwerk.kit"
    label = "kit"
    default_auto_field = "django.db.models.BigAutoField"
