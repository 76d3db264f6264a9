"""Repeats: the same key and body give the first answer again, with another body a refusal."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connections
from django.utils import timezone

from tagwerk.kit.models import Receipt
from tagwerk.kit.receipts import KEPT, SAME_FORM, Answer, Repeat, forget_old_receipts, keyed, once, unkeyed
from tagwerk.kit.refusals import Invalid, Refusal


class Counter:
    """A write that counts how often it was done."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> Answer:
        self.times += 1
        return Answer(201, {"number": self.times, "id": uuid4(), "at": timezone.now()})


def later(by: timedelta) -> None:
    Receipt.objects.update(given_at=timezone.now() - by)


@pytest.mark.django_db
def test_the_same_request_gets_the_first_answer_again() -> None:
    write = Counter()
    first, again = (once(keyed("device:1", "k", "POST", {"a": 1}), write) for _time in range(2))
    assert first == again
    assert write.times == 1


@pytest.mark.django_db
def test_the_key_of_another_request_is_refused() -> None:
    write = Counter()
    once(keyed("device:1", "k", {"a": 1}), write)
    with pytest.raises(Invalid) as refusal:
        once(keyed("device:1", "k", {"a": 2}), write)
    assert (refusal.value.kind, refusal.value.status) == ("idempotency-key-reused", 422)


@pytest.mark.django_db
def test_keys_of_different_devices_have_nothing_to_do_with_each_other() -> None:
    write = Counter()
    answers = [once(keyed(f"device:{number}", "k", {}), write).body["number"] for number in (1, 2)]
    assert answers == [1, 2]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("repeat", "kept"), [(keyed("device:1", "k", {}), KEPT), (unkeyed("device:1", "propose", {}), SAME_FORM)]
)
def test_a_receipt_is_kept_for_its_time_and_not_longer(repeat: Repeat, kept: timedelta) -> None:
    write = Counter()
    once(repeat, write)
    later(kept - timedelta(minutes=1))
    assert once(repeat, write).body["number"] == 1
    later(kept + timedelta(minutes=1))
    assert once(repeat, write).body["number"] == 2


def test_keys_are_kept_for_48_hours_and_forms_for_ten_minutes() -> None:
    assert (timedelta(hours=48), timedelta(minutes=10)) == (KEPT, SAME_FORM)


@pytest.mark.django_db
def test_a_form_with_other_words_is_another_request() -> None:
    write = Counter()
    for words in ({"title": "Eins"}, {"title": "Zwei"}, {"title": "Eins"}):
        once(unkeyed("device:1", "propose", words), write)
    assert write.times == 2


@pytest.mark.parametrize("key", ["ü", "a\nb", "\0", "x" * 129])
def test_an_unusable_key_is_refused(key: str) -> None:
    with pytest.raises(Invalid):
        keyed("device:1", key, {})


@pytest.mark.django_db
def test_a_refused_write_leaves_no_receipt() -> None:
    def refuses() -> Answer:
        raise Refusal("closed", "Geschlossen")

    with pytest.raises(Refusal):
        once(keyed("device:1", "k", {}), refuses)
    assert once(keyed("device:1", "k", {}), Counter()).body["number"] == 1


@pytest.mark.django_db
def test_old_receipts_are_forgotten() -> None:
    for number in range(3):
        once(keyed("device:1", f"k{number}", {}), Counter())
    Receipt.objects.filter(key="key:k0").update(given_at=timezone.now() - KEPT - timedelta(seconds=1))
    assert forget_old_receipts() == 1
    assert Receipt.objects.count() == 2


def test_a_hundred_repeats_at_once_have_one_effect(house: str) -> None:
    write, ready = Counter(), threading.Barrier(8)

    def send(_number: int) -> Answer:
        ready.wait(10)
        try:
            return [once(keyed("device:1", f"k{turn}", {}), write) for turn in range(12)][-1]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, range(8)))
    assert len({answer.body["id"] for answer in answers}) == 1
    assert Receipt.objects.count() == 12
