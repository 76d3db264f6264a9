"""A released version is kept as JSON and comes back as it was."""

import json
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings

from tagwerk.exchange.plain import digest, from_values, to_values
from tagwerk.exchange.ready import prepare
from tagwerk.exchange.schedule import Schedule
from tests.exchange import examples
from tests.exchange.test_round_trip import schedules


@settings(max_examples=40, deadline=None)
@given(schedules())
def test_what_is_kept_comes_back(schedule: Schedule) -> None:
    checked = prepare(schedule).schedule
    assert from_values(json.loads(json.dumps(to_values(checked)))) == checked


def test_the_digest_is_that_of_the_programme_and_not_of_its_version() -> None:
    checked = prepare(examples.everything()).schedule
    same, other = replace(checked, version="9", changed_at=None), replace(checked, talks=checked.talks[1:])
    assert digest(to_values(checked)) == digest(to_values(same)) != digest(to_values(other))


def test_a_key_of_a_later_version_is_passed_over() -> None:
    values = to_values(examples.schedule(examples.talk()))
    values["mood"] = "fine"
    values["talks"][0]["mood"] = "fine"
    assert from_values(values) == examples.schedule(examples.talk())


@pytest.mark.parametrize("number", [500])
def test_five_hundred_sessions_take_no_time(number: int) -> None:
    checked = prepare(examples.many(number)).schedule
    began = time.perf_counter()
    assert from_values(to_values(checked)) == checked
    assert time.perf_counter() - began < 1
