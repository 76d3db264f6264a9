"""What we write is what the public schemas want: validated against the schemas themselves."""

import json
from collections.abc import Callable
from dataclasses import replace

import jsonschema_rs
import pytest
from lxml import etree

from tagwerk.exchange.ready import Ready, prepare
from tagwerk.exchange.schedule import Schedule
from tagwerk.exchange.schedule_json import schedule_json
from tagwerk.exchange.schedule_json_v2 import schedule_json_v2
from tagwerk.exchange.schedule_xml import schedule_xml
from tests.exchange import examples

PROGRAMMES = {
    "everything": examples.everything(),
    "many": examples.many(120),
    "nothing yet": examples.schedule(),
    "a title without letters": examples.schedule(examples.talk("???", code="", url="", guid=""), acronym="…"),
    "no rooms": replace(examples.schedule(examples.talk(room=None)), rooms=(), tracks=()),
}
EACH = pytest.mark.parametrize("schedule", PROGRAMMES.values(), ids=PROGRAMMES)


@EACH
def test_schedule_xml_is_valid(schedule: Schedule) -> None:
    xsd = etree.XMLSchema(etree.parse(str(examples.schema("schedule.xml.xsd"))))
    document = etree.fromstring(schedule_xml(prepare(schedule)))
    assert xsd.validate(document), xsd.error_log


@EACH
@pytest.mark.parametrize(
    ("write", "name"), [(schedule_json, "schema.json"), (schedule_json_v2, "schema2.json")], ids=["v1", "v2"]
)
def test_schedule_json_is_valid(write: Callable[[Ready], bytes], name: str, schedule: Schedule) -> None:
    schema = json.loads(examples.schema(name).read_text(encoding="utf-8"))
    judge = jsonschema_rs.validator_for(schema, validate_formats=True)
    assert [fault.message for fault in judge.iter_errors(json.loads(write(prepare(schedule))))] == []
