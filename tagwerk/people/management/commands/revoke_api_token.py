"""`tagwerk manage revoke_api_token`: shuts a program out at once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tagwerk.people import actions
from tagwerk.people.models import ApiToken


class Command(BaseCommand):
    """Without a number it lists the tokens that still open something."""

    help = "Shut a program's token out at once; without a number, list the tokens there are."

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the token by its number."""
        parser.add_argument("number", nargs="?", type=int)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Revoke it, or list them."""
        live = ApiToken.objects.live().select_related("realm").order_by("pk")
        if options["number"] is None:
            for row in live:
                self.stdout.write(f"{row.pk}  {row.realm.slug}  {row.kind}  {row.label}  since {row.made_at:%Y-%m-%d}")
            return
        token = live.filter(pk=options["number"]).first()
        if token is None:
            raise CommandError(f"There is no live token with the number {options['number']}.")
        actions.revoke_api_token(token)
        self.stdout.write(f"{token.label} is revoked.")
