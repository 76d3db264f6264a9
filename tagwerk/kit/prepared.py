"""The few statements behind every tap, put into SQL once and not each time: Django's way to SQL costs more than the disk.

They see and store exactly what the ORM would, signals aside (the house has none). For everything else use the ORM.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.query import get_related_populators
from django.db.models.sql import DeleteQuery

M = TypeVar("M", bound=models.Model)
Value = int | str
# Nobody writes these into a query, and they fit into the smallest column.
PROBES: Mapping[type, Callable[[int], Value]] = {
    int: lambda position: 32_701 + position,
    str: lambda position: f"\N{SNOWMAN}{position}",
}


@dataclass(frozen=True)
class _Statement:
    """SQL and its parameters; a hole is filled with the value of that number, anything else stays."""

    sql: str
    constants: tuple[Any, ...]
    holes: tuple[int | None, ...]

    def parameters(self, values: Sequence[Value]) -> list[Any]:
        pairs = zip(self.holes, self.constants, strict=True)
        return [constant if hole is None else values[hole] for hole, constant in pairs]


@dataclass(frozen=True)
class _Rows:
    """How a row becomes an instance with what it is related to."""

    converters: Mapping[int, Any]
    model: type[models.Model]
    fields: Sequence[str]
    columns: slice
    related: Sequence[Any]

    def instance(self, found: Sequence[Any], db: BaseDatabaseWrapper) -> Any:
        row = list(found)
        for position, (converters, expression) in self.converters.items():
            for convert in converters:
                row[position] = convert(row[position], expression, db)
        made = self.model.from_db(db.alias, self.fields, row[self.columns])
        for populator in self.related:
            populator.populate(row, made)
        return made


class Prepared(Generic[M]):
    """A query in Django's words with holes in it: a function of plain numbers and strings.

    It must not look at the clock, nor at the values: it is asked once, with probes in their place.
    """

    def __init__(self, query: Callable[..., "models.QuerySet[M]"]) -> None:
        self._query = query
        self._select: dict[str, tuple[_Statement, _Rows]] = {}
        self._delete: dict[str, _Statement] = {}

    def first(self, *values: Value) -> M | None:
        """Give one row, None when there is none."""
        return next(iter(self.all(*values)), None)

    def all(self, *values: Value) -> list[M]:
        """Give all rows, in the order of the query."""
        db = _db()
        if db.vendor not in self._select:
            probes = _probes(values)
            compiler = self._query(*probes).query.get_compiler(connection=db)
            self._select[db.vendor] = _statement(compiler, probes), _rows(compiler)
        statement, rows = self._select[db.vendor]
        with db.cursor() as cursor:
            cursor.execute(statement.sql, statement.parameters(values))
            return [rows.instance(row, db) for row in cursor.fetchall()]

    def delete(self, *values: Value) -> int:
        """Delete the rows, on which nothing else may depend; gives their number."""
        db = _db()
        if db.vendor not in self._delete:
            probes = _probes(values)
            query = self._query(*probes).order_by().query.chain(DeleteQuery)
            self._delete[db.vendor] = _statement(query.get_compiler(connection=db), probes)
        statement = self._delete[db.vendor]
        with db.cursor() as cursor:
            cursor.execute(statement.sql, statement.parameters(values))
            return int(cursor.rowcount)


def add(row: models.Model) -> None:
    """Insert a new row: `row.save(force_insert=True)`. Its own number is not learned."""
    _add(row)


def add_if_new(row: models.Model) -> bool:
    """Insert a new row unless a row like it is there already; tells whether it was new."""
    return _add(row, " ON CONFLICT DO NOTHING") == 1


def store(row: models.Model, *names: str) -> None:
    """Store some fields of a row that is there: `row.save(update_fields=names)`."""
    db = _db()
    fields = [_column(type(row), name) for name in names]
    values = [field.get_db_prep_save(field.pre_save(row, add=False), db) for field in fields]
    with db.cursor() as cursor:
        cursor.execute(_update(type(row), names, db.vendor), [*values, row.pk])


def _db() -> BaseDatabaseWrapper:
    return connections[DEFAULT_DB_ALIAS]  # `connection` looks this up again at each use


def _probes(values: Sequence[Value]) -> list[Value]:
    return [PROBES[int if isinstance(value, int) else str](position) for position, value in enumerate(values)]


def _statement(compiler: Any, probes: Sequence[Value]) -> _Statement:
    sql, constants = compiler.as_sql()
    holes = tuple(probes.index(constant) if constant in probes else None for constant in constants)
    if {*range(len(probes))} - {*holes}:
        raise TypeError(sql)  # a value that does not arrive as it was given cannot be filled in later
    return _Statement(sql, tuple(constants), holes)


def _rows(compiler: Any) -> _Rows:
    info, select = compiler.klass_info, compiler.select
    chosen = info["select_fields"]
    columns = slice(chosen[0], chosen[-1] + 1)
    return _Rows(
        converters=compiler.get_converters([column for column, *_rest in select]),
        model=info["model"],
        fields=[column.target.attname for column, *_rest in select[columns]],
        columns=columns,
        related=get_related_populators(info, select, DEFAULT_DB_ALIAS),  # type: ignore[call-arg] # stubs ahead of 5.2
    )


def _add(row: models.Model, unless: str = "") -> int:
    db = _db()
    values = [field.get_db_prep_save(field.pre_save(row, add=True), db) for field in _columns(type(row))]
    with db.cursor() as cursor:
        cursor.execute(_insert(type(row), db.vendor) + unless, values)
        return int(cursor.rowcount)


def _columns(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.local_concrete_fields if not field.primary_key]


def _column(model: type[models.Model], name: str) -> Any:
    return model._meta.get_field(name)


@cache
def _insert(model: type[models.Model], _vendor: str) -> str:
    fields = _columns(model)
    names = ", ".join(_quoted(field.column) for field in fields)
    holes = ", ".join("%s" for _field in fields)
    return f"INSERT INTO {_quoted(model._meta.db_table)} ({names}) VALUES ({holes})"  # noqa: S608 - our own names


@cache
def _update(model: type[models.Model], names: tuple[str, ...], _vendor: str) -> str:
    changes = ", ".join(f"{_quoted(_column(model, name).column)} = %s" for name in names)
    key = _quoted(model._meta.pk.attname)
    return f"UPDATE {_quoted(model._meta.db_table)} SET {changes} WHERE {key} = %s"  # noqa: S608 - our own names


def _quoted(name: str) -> str:
    return _db().ops.quote_name(name)
