"""Log lines that cannot be forged: one record is one line, secrets are blanked."""

import logging
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagwerk.kit.logs import OneLine, one_line
from tagwerk.people import tokens

FORMAT = OneLine("{levelname} {message}", style="{")


def record(message: str, *, fails: bool = False) -> logging.LogRecord:
    trace = None
    if fails:
        try:
            raise ValueError(message)  # noqa: TRY301 - a trace is wanted, of exactly this line
        except ValueError:
            trace = sys.exc_info()
    return logging.LogRecord("tagwerk", logging.WARNING, "here.py", 1, message, None, trace)


@given(st.text())
def test_a_record_is_one_line_without_control_characters(message: str) -> None:
    line = FORMAT.format(record(message.replace("%", "")))
    assert len(line.splitlines()) <= 1
    assert not [c for c in line if (ord(c) < 32 and c != "\t") or 127 <= ord(c) < 160]


def test_a_forged_line_is_seen_as_what_it_is() -> None:
    line = FORMAT.format(record("Aylin\r\nWARNING root signed in\x1b[2J\u2028"))
    assert line == "WARNING Aylin\\x0d\\x0aWARNING root signed in\\x1b[2J\\x2028"


@pytest.mark.parametrize("prefix", [tokens.DEVICE, tokens.CREW])
@pytest.mark.parametrize(
    "text", ["GET /?token={}&lang=de", "Authorization: Bearer {}", "cookie tw-musterstadt={};", '"{}"']
)
def test_no_secret_reaches_the_log(prefix: str, text: str) -> None:
    secret = tokens.new_secret(prefix)
    line = one_line(text.format(secret))
    assert secret[8:] not in line
    assert "***" in line


def test_a_trace_keeps_its_lines_and_not_its_secrets() -> None:
    secret = tokens.new_secret(tokens.CREW)
    text = FORMAT.format(record(f"no\x00 {secret}", fails=True))
    assert "Traceback" in text.splitlines()[1]
    assert secret not in text
    assert "\x00" not in text
