"""Registers the room `events` with Django."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """The room `events`."""

    name = "tagwerk.events"
    label = "events"
    default_auto_field = "django.db.models.BigAutoField"
