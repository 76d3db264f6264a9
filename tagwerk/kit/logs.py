"""Log lines that cannot be forged: one record is one line, control characters are escaped, secrets blanked."""

import logging
import re

_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")
_SECRET = re.compile(r"\b(tw[acdis]_)[A-Za-z0-9_-]+|(token=)[^&\s\"']+|(Bearer )\S+")


def one_line(text: str) -> str:
    """Escape control characters and blank secrets."""
    blanked = _SECRET.sub(lambda match: f"{match[1] or match[2] or match[3]}***", text)
    return _CONTROL.sub(lambda match: f"\\x{ord(match[0]):02x}", blanked)


class OneLine(logging.Formatter):
    """Formats a record in one line; a trace keeps its line breaks, each line escaped."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        """Give the line of a record."""
        return one_line(super().formatMessage(record))

    def formatException(self, ei: object) -> str:  # noqa: N802 - logging's name
        """Give the trace with each line escaped."""
        trace = super().formatException(ei)  # type: ignore[arg-type]
        return "\n".join(one_line(line) for line in trace.splitlines())
