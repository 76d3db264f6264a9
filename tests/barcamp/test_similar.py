"""Topics that mean the same in other words are found while somebody types."""

import csv
from pathlib import Path

from tagwerk.barcamp.similar import similar

PAIRS = [
    tuple(row)
    for row in csv.reader(Path(__file__).with_name("german_pairs.tsv").open(encoding="utf-8"), delimiter="\t")
]
RECALL = 80


def test_of_a_hundred_pairs_four_in_five_are_among_the_first_three() -> None:
    assert len(PAIRS) == 100
    topics = [(right, right) for _left, right in PAIRS]
    found = sum(right in similar(left, topics) for left, right in PAIRS)
    assert found >= RECALL


def test_umlauts_compounds_and_case_do_not_matter() -> None:
    topics = [("1", "Bürgerhaushalt"), ("2", "Podcast"), ("3", "Drohnen"), ("4", "Wald")]
    for words in ("BUERGERHAUSHALT", "Der Haushalt für Bürger", "burgerhaushalt"):
        assert similar(words, topics)[:1] == ["1"]


def test_nothing_is_like_nothing() -> None:
    assert similar("", [("1", "Drohnen")]) == []
    assert similar("und oder", [("1", "Drohnen")]) == []
    assert similar("Quastenflosser", [("1", "Ägypten")]) == []
    assert similar("Drohnen", []) == []


def test_at_most_as_many_as_asked_for() -> None:
    topics = [(str(number), "Offene Daten") for number in range(9)]
    assert len(similar("Offene Daten", topics, most=2)) <= 2
