"""`tagwerk manage set_phase`: leads an event from one phase to the next."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tagwerk.events.actions import enter_phase
from tagwerk.events.models import Event
from tagwerk.events.rules import Phase, next_phases
from tagwerk.kit.refusals import Refusal


class Command(BaseCommand):
    """Announce an event, open it, close it."""

    help = "Lead an event into its next phase: announced, live, follow_up, documented, archived, postponed, cancelled."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Describe the options."""
        parser.add_argument("slug")
        parser.add_argument("phase", choices=[phase.value for phase in Phase])
        parser.add_argument("--anyway", action="store_true", help="announce although duties are not said yet")

    def handle(self, *args: Any, **options: Any) -> None:
        """Enter the phase, or say which ones may follow."""
        event = Event.objects.at(options["slug"]).first()
        if event is None:
            raise CommandError(f"There is no event at {options['slug']}.")
        try:
            enter_phase(event, options["phase"], anyway=options["anyway"], actor="operator")
        except Refusal as refusal:
            if refusal.kind == "not-ready":
                missing = ", ".join(refusal.errors)
                raise CommandError(
                    f"{event.slug} cannot be announced yet; still missing: {missing}. "
                    f"Say them at /{event.slug}/desk/setup/, or announce it --anyway."
                ) from refusal
            follow = ", ".join(next_phases(event.phase)) or "none"
            raise CommandError(f"{event.slug} is {event.phase}; after that may come: {follow}.") from refusal
        self.stdout.write(f"{event.slug} is {options['phase']} now.")
