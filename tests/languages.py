"""Catalogues in which every message says its own language, so that a test sees who was asked for it."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from django.conf import LazySettings

from tests.house import tree
from tools.translations import texts

LANGUAGES = {"en": "[en]", "de_DU": "[du]"}


@pytest.fixture(scope="session")
def marked_catalogues(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a catalogue per language with every message of every room, marked."""
    folder = tmp_path_factory.mktemp("locale")
    rooms = [tree.ROOT / "tagwerk" / room for room in tree.ROOMS]
    for language, mark in LANGUAGES.items():
        catalogue = Catalog(locale=language.partition("_")[0])
        for (context, _first), found in (item for room in rooms for item in texts(room).items()):
            forms = found[0].forms
            marked = tuple(f"{mark} {form}" for form in forms)
            plural = len(forms) > 1
            catalogue.add(forms if plural else forms[0], marked if plural else marked[0], context=context)
        path = folder / language / "LC_MESSAGES" / "django.mo"
        path.parent.mkdir(parents=True)
        with path.open("wb") as file:
            write_mo(file, catalogue)
    return folder


@pytest.fixture
def tongues(settings: LazySettings, marked_catalogues: Path) -> dict[str, str]:
    """Let every message say its language for a while; gives the marks by the name of the language."""
    settings.LOCALE_PATHS = [str(marked_catalogues)]
    return {"de": "", "du": LANGUAGES["de_DU"], "en": LANGUAGES["en"]}
