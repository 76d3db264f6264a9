"""Towns that were founded once and are put back, row by row, for every test: founding one takes a hundred statements."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models

T = TypeVar("T")
Rows = dict[type[models.Model], list[models.Model]]


def _rows() -> Rows:
    """Give what stands in every table of the house."""
    ours = [app.label for app in apps.get_app_configs() if app.name.startswith("tagwerk.")]
    tables = [model for model in apps.get_models() if model._meta.app_label in (*ours, "mfa")]
    return {model: list(model._base_manager.all()) for model in tables}  # noqa: SLF001 - all rows, whatever a manager hides


@dataclass
class Kept(Generic[T]):
    """What `found` gives, with the rows that it made; begun anew for each database."""

    found: Callable[[], T]
    known: dict[str, tuple[T, Rows]] = field(default_factory=dict)

    def again(self) -> T:
        """Give the town: founded the first time, later put back as it was."""
        key = connection.vendor
        if key not in self.known:
            before = {model: {row.pk for row in rows} for model, rows in _rows().items()}
            town = self.found()
            made = {model: [row for row in rows if row.pk not in before[model]] for model, rows in _rows().items()}
            self.known[key] = deepcopy(town), made
            return town
        town, made = self.known[key]
        for model, rows in _filled(made):
            model._base_manager.bulk_create(deepcopy(rows))  # noqa: SLF001
        self._count_on([model for model, _rows in _filled(made)])
        return deepcopy(town)

    def _count_on(self, tables: list[type[models.Model]]) -> None:
        """Let the next row of each table get the next number."""
        statements = connection.ops.sequence_reset_sql(no_style(), tables)
        if statements:
            with connection.cursor() as cursor:
                cursor.execute(" ".join(statements))


def _filled(rows: Rows) -> Iterator[tuple[type[models.Model], list[models.Model]]]:
    return ((model, found) for model, found in rows.items() if found)
