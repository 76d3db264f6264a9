"""How much is read at most, and what is said of a file that cannot be read."""

from django.utils.translation import gettext as _

LARGEST = 16 * 2**20  # octets
MOST_ROWS = 20_000
MOST_PEOPLE = 200  # in one session


class Unreadable(Exception):
    """A whole file cannot be read: why, as a word, and what the parser said."""

    def __init__(self, name: str, detail: str = "") -> None:
        super().__init__(name, detail)
        self.name, self.detail = name, detail


def sentence(fault: Unreadable) -> str:
    """Say why a file cannot be read."""
    told = {
        "too_large": _("Die Datei ist größer als %(most)d MiB.") % {"most": LARGEST // 2**20},
        "empty": _("Die Datei ist leer."),
        "doctype": _("Die Datei enthält eine Dokumenttyp-Angabe (DOCTYPE); solche Dateien werden nicht gelesen."),
        "too_deep": _("Die Datei ist zu tief verschachtelt oder hat zu viele Teile."),
        "xml": _("Die Datei ist kein gültiges XML: %(detail)s") % {"detail": fault.detail[:120]},
        "json": _("Die Datei ist kein gültiges JSON: %(detail)s") % {"detail": fault.detail[:120]},
        "unknown": _(
            "Dieses Format ist unbekannt. Lesbar sind schedule.xml, schedule.json, Ausgaben von pretalx und CSV."
        ),
        "no_title": _("Keine Spalte heißt „Titel“ oder „Title“."),
    }
    return told[fault.name]
