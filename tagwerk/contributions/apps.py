"""Registers the room `contributions` with Django."""

from django.apps import AppConfig


class ContributionsConfig(AppConfig):
    """The room `contributions`."""

    name = "tagwerk.contributions"
    label = "contributions"
    default_auto_field = "django.db.models.BigAutoField"
