"""All formats in which a programme is offered, by the name of their file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tagwerk.exchange import calendar, schedule_csv, schedule_json, schedule_json_v2, schedule_xml
from tagwerk.exchange.ready import Ready


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its media type, and the function that writes it."""

    media_type: str
    write: Callable[[Ready], bytes]


FORMATS: Mapping[str, Format] = {
    "schedule.xml": Format(schedule_xml.MEDIA_TYPE, schedule_xml.schedule_xml),
    "schedule.json": Format(schedule_json.MEDIA_TYPE, schedule_json.schedule_json),
    "schedule.v2.json": Format(schedule_json_v2.MEDIA_TYPE, schedule_json_v2.schedule_json_v2),
    "schedule.ics": Format(calendar.MEDIA_TYPE, calendar.schedule_ics),
    "schedule.csv": Format(schedule_csv.MEDIA_TYPE, schedule_csv.schedule_csv),
}
"""The formats that are written at once; the PDF takes seconds and a child process (`programme_pdf`)."""
