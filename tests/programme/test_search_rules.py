"""A search understands German: umlauts however they are typed, ß, endings, compounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagwerk.programme.search_rules import matches, searchable, stems


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("buerger", "Bürgerhaushalt"),
        ("Bürger", "BUERGERDIALOG"),
        ("haushalt", "Offene Haushaltsdaten"),
        ("Haushalte", "Offene Haushaltsdaten"),
        ("strasse", "Sichere Straße"),
        ("Straßen", "Die STRASSE"),
        ("cafe", "Café im Foyer"),
        ("Daten offen", "Offene Daten der Stadt"),
        ("#freiburg", "#freiburghältzusammen"),
        ("größe", "GROESSE"),
        ("Verwaltungen", "Digitale Verwaltung"),
        ("ki", "KI im Amt"),
    ],
)
def test_is_found(words: str, text: str) -> None:
    assert matches(stems(words), text)


@pytest.mark.parametrize(
    ("words", "text"), [("Radweg", "Haushalt"), ("offen Radweg", "Offene Daten"), ("Quelle", "Qual")]
)
def test_is_not_found(words: str, text: str) -> None:
    assert not matches(stems(words), text)


def test_nothing_typed_finds_everything() -> None:
    assert matches(stems("  !?  "), "alles")


def test_words_with_ue_that_are_no_umlaut_stay_words() -> None:
    assert searchable("neue Quelle") == "neue quelle"


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzäöüß ", min_size=1, max_size=30))
def test_a_text_is_always_found_by_its_own_words(text: str) -> None:
    assert matches(stems(text), text)
