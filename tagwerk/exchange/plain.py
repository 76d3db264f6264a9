"""A programme as values that JSON can hold, to keep a released version; and back."""

import dataclasses
import hashlib
import json
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from tagwerk.exchange.schedule import Schedule

Values = dict[str, Any]


def to_values(schedule: Schedule) -> Values:
    """Give a programme as JSON's values; what has its default is left out."""
    return _values(schedule)


def from_values(values: Values) -> Schedule:
    """Give back what `to_values` gave, also of an older version of ours: unknown keys are passed over."""
    found: Schedule = _built(Schedule, values)
    return found


def digest(values: Values) -> str:
    """Give a number for a state: the same for the same programme, whatever its version is called and when it was made."""
    told = {key: value for key, value in values.items() if key not in {"version", "changed_at"}}
    return hashlib.sha256(json.dumps(told, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _values(record: Any) -> Values:
    found = {}
    for field in dataclasses.fields(record):
        value = getattr(record, field.name)
        if value != field.default:
            found[field.name] = _value(value)
    return found


def _value(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_value(one) for one in value]
    if dataclasses.is_dataclass(value):
        return _values(value)
    return value.isoformat() if isinstance(value, date) else value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _built(kind: Any, value: Any) -> Any:
    if get_origin(kind) is UnionType:
        return None if value is None else _built(get_args(kind)[0], value)
    if get_origin(kind) is tuple:
        return tuple(_built(get_args(kind)[0], one) for one in value)
    if dataclasses.is_dataclass(kind):
        hints = _hints(kind)  # type: ignore[arg-type]
        known = {name: _built(hints[name], one) for name, one in value.items() if name in hints}
        return kind(**known)  # type: ignore[operator]
    if kind in (datetime, date):
        return kind.fromisoformat(value)
    return kind(value) if issubclass(kind, StrEnum) else value
