"""The programme on paper: everything in it, tagged for screen readers, printed by a child that loads nothing else."""

import subprocess
from dataclasses import replace

import pytest

from tagwerk.exchange import printer
from tagwerk.exchange.printer import NoPrinter, missing
from tagwerk.exchange.programme_pdf import programme_page, programme_pdf
from tagwerk.exchange.ready import prepare
from tests.exchange import examples
from tests.pdf import everything_in, lacking, printed


def test_the_page_has_days_sessions_and_people_and_no_markup_of_theirs() -> None:
    programme = examples.everything()
    hostile = examples.talk("<script>x</script>", code="BADBAD", abstract="### Groß\n<img src=x onerror=y>")
    page = programme_page(prepare(replace(programme, talks=(*programme.talks, hostile))))
    for words in ("Donnerstag, 12. November 2020", "10:00–10:45", "A. Tielich (Moderation)", "10. November 2020 13:00"):
        assert words in page
    assert "<script" not in page
    assert "<img" not in page
    assert "<h4>Groß</h4>" in page
    assert "Fällt aus" not in page, "cancelled sessions are left out"


def test_an_english_programme_is_printed_in_english() -> None:
    page = programme_page(prepare(replace(examples.everything(), language="en")))
    assert '<html lang="en">' in page
    assert "Thursday, 12" in page


@printed
def test_the_pdf_is_tagged_and_says_that_it_is_accessible() -> None:
    pdf = programme_pdf(prepare(examples.everything()))
    assert lacking(pdf, "H1 H2 H3 Table Caption TH LI Link") == []
    assert b"/FontFile" in everything_in(pdf)


@printed
def test_the_child_fetches_nothing_that_a_page_asks_for() -> None:
    page = "<html lang=de><title>x</title><link rel=stylesheet href='file:///etc/passwd'><img alt=x src='http://127.0.0.1:9/'>"
    done = subprocess.run(printer.COMMAND, input=page.encode(), capture_output=True, check=False, timeout=60)
    assert done.returncode == 0
    assert done.stdout.startswith(b"%PDF")


def test_a_machine_without_a_printer_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    missing.cache_clear()
    try:
        with pytest.raises(NoPrinter, match="Zusatzpaket „pdf“"):
            programme_pdf(prepare(examples.schedule()))
    finally:
        missing.cache_clear()
