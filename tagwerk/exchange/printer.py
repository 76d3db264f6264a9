"""Prints a page of ours as an accessible PDF (PDF/UA-1), in a child process; the extra `pdf` may be missing."""

import importlib.util
import subprocess
import sys
from functools import cache
from threading import Lock
from typing import Literal

from django.utils.translation import gettext as _

from tagwerk.exchange.pdf_child import MISSING, SECONDS

MEDIA_TYPE = "application/pdf"
COMMAND = (sys.executable, "-m", "tagwerk.exchange.pdf_child")
Lack = Literal["", "extra", "pango"]
turn = Lock()
"""Who prints for a request takes it without waiting: one child at a time is what two cores bear."""


class NoPrinter(Exception):
    """No PDF can be written: `str` says why, to be shown together with the way out."""


def printed(page: str) -> bytes:
    """Print a whole HTML document; takes seconds.

    Raises `NoPrinter` when this machine cannot print (`missing`), or the page takes too much time or memory.
    """
    if lack := missing():
        raise NoPrinter(reason(lack))
    try:
        done = subprocess.run(COMMAND, input=page.encode(), capture_output=True, timeout=2 * SECONDS, check=False)  # noqa: S603 - our own program
    except subprocess.TimeoutExpired as late:
        raise NoPrinter(_("Die PDF-Datei zu schreiben, dauert zu lange.")) from late
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        raise NoPrinter(_("Die PDF-Datei ließ sich nicht schreiben.")) from None
    return done.stdout


@cache
def missing() -> Lack:
    """Tell what this machine lacks to write PDFs: the extra `pdf`, or Pango on the system; empty: nothing."""
    if importlib.util.find_spec("weasyprint") is None:
        return "extra"
    done = subprocess.run([*COMMAND, "--check"], capture_output=True, timeout=SECONDS, check=False)  # noqa: S603 - our own program
    return "pango" if done.returncode == MISSING else ""


def reason(lack: Lack) -> str:
    """Say what is missing, for whoever operates the machine."""
    if lack == "extra":
        return _("Für PDF-Dateien fehlt das Zusatzpaket „pdf“ (WeasyPrint).")
    return _("Für PDF-Dateien fehlt dem System die Bibliothek Pango.")
