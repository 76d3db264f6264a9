"""A prepared statement finds, stores and deletes exactly what the ORM would."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import IntegrityError, models, transaction
from django.db.models.functions import Lower
from django.utils import timezone

from tagwerk.kit.models import Receipt
from tagwerk.kit.prepared import Prepared, add, add_if_new, store

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
KEYS = ("k", "%s", "100 %", "'; --", "\N{SNOWMAN}0", "Ünïcode ☃")


def receipt(key: str, **fields: Any) -> Receipt:
    usual = {
        "scope": "device:1",
        "fingerprint": "f",
        "status": 200,
        "body": {"n": [1, None]},
        "given_at": timezone.now(),
    }
    return Receipt(key=key, **(usual | fields))


def values(row: models.Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


@pytest.mark.parametrize("key", KEYS)
def test_a_prepared_query_finds_what_the_orm_finds(key: str) -> None:
    for name in KEYS:
        receipt(name).save()
    query = Prepared(lambda scope, key: Receipt.objects.filter(scope=scope, key=key))
    found, same = query.first("device:1", key), Receipt.objects.get(key=key)
    assert found is not None
    assert values(found) == values(same)
    assert query.first("device:2", key) is None


def test_a_prepared_query_brings_what_is_related(django_assert_num_queries: Any) -> None:
    permission = Permission.objects.select_related("content_type").order_by("pk")[0]
    query = Prepared(lambda number: Permission.objects.filter(pk=number).select_related("content_type"))
    found = query.first(permission.pk)
    assert found is not None
    with django_assert_num_queries(0):
        assert values(found.content_type) == values(permission.content_type)


def test_a_value_that_arrives_changed_cannot_be_prepared() -> None:
    query = Prepared(lambda key: Receipt.objects.annotate(low=Lower("key")).filter(low__startswith=key))
    with pytest.raises(TypeError):
        query.first("k")


def test_only_what_matches_is_deleted() -> None:
    for name in KEYS:
        receipt(name).save()
    query = Prepared(lambda scope, status: Receipt.objects.filter(scope=scope, status=status, key__in=KEYS[:2]))
    assert query.delete("device:1", 201) == 0
    assert query.delete("device:1", 200) == 2
    assert set(Receipt.objects.values_list("key", flat=True)) == set(KEYS[2:])


def test_a_row_is_added_as_the_orm_would() -> None:
    row = receipt("k")
    add(row)
    expected = values(row) | {"id": Receipt.objects.get().pk}
    assert values(Receipt.objects.get()) == expected


def test_a_row_is_added_once() -> None:
    assert add_if_new(receipt("k"))
    assert not add_if_new(receipt("k", body={}))
    with pytest.raises(IntegrityError), transaction.atomic():
        add(receipt("k"))
    assert Receipt.objects.get().body == {"n": [1, None]}


def test_only_an_equal_row_keeps_a_new_one_out() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        add_if_new(receipt("k", fingerprint=None))


def test_only_the_named_fields_are_stored() -> None:
    row = receipt("k")
    row.save()
    row.status, row.body, row.fingerprint = 201, {"new": True}, "other"
    store(row, "status", "body")
    stored = Receipt.objects.get()
    assert (stored.status, stored.body, stored.fingerprint) == (201, {"new": True}, "f")
