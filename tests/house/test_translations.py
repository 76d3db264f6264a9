"""The translation tool finds every message and every fault, and a compiled catalogue speaks."""

import gettext
from pathlib import Path

import pytest

from tools import translations as tool

CODE = '''"""A room."""
from django.utils.translation import gettext, ngettext, pgettext

def greet(count: int) -> tuple[str, ...]:
    return (
        gettext("Wählen Sie ein Thema"),
        ngettext("%(count)d Thema", "%(count)d Themen", count) % {"count": count},
        pgettext("Anrede", "du"),
    )
'''
PAGE = """{% load i18n %}
<ul>
      <li>{% translate "Programm" %}</li>
  <li>{% blocktranslate trimmed count n=topics|length %}
      Ein Thema von {{ name }}
    {% plural %}
      {{ n }} Themen von {{ name }}
  {% endblocktranslate %}</li>
</ul>
"""
ENGLISH = {
    "Wählen Sie ein Thema": ["Choose a topic"],
    "%(count)d Thema": ["%(count)d topic", "%(count)d topics"],
    "du": ["du (informal)"],
    "Programm": ["Programme"],
    "Ein Thema von %(name)s": ["One topic by %(name)s", "%(n)s topics by %(name)s"],
}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A house with one room, whose messages are completely translated."""
    room = tmp_path / "tagwerk" / "market"
    (room / "templates" / "market").mkdir(parents=True)
    (room / "__init__.py").write_text(CODE, encoding="utf-8")
    (room / "templates" / "market" / "page.html").write_text(PAGE, encoding="utf-8")
    tool.extract(tmp_path)
    fill(tmp_path, "en", ENGLISH)
    fill(tmp_path, "de_DU", {"Wählen Sie ein Thema": ["Wähle ein Thema"]})
    return tmp_path


def catalogue(house: Path, language: str) -> Path:
    return house / "tagwerk" / "market" / "locale" / language / "LC_MESSAGES" / "django.po"


def fill(house: Path, language: str, strings: dict[str, list[str]]) -> None:
    """Put translations into the gaps that extract left."""
    path, blocks = catalogue(house, language), []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        msgid = block.partition('msgid "')[2].partition('"')[0]
        filled = iter(strings.get(msgid, []))
        lines = (
            f'{line[:-2]}"{next(filled)}"' if line.startswith("msgstr") and msgid else line
            for line in block.splitlines()
        )
        blocks.append("\n".join(lines))
    path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_complete_house_has_no_problem_and_stays_as_it_is(house: Path) -> None:
    before = catalogue(house, "en").read_text(encoding="utf-8")
    assert tool.check(house) == []
    assert tool.extract(house) == []
    assert catalogue(house, "en").read_text(encoding="utf-8") == before


def test_a_compiled_catalogue_speaks(house: Path) -> None:
    tool.compile_all(house)
    with catalogue(house, "en").with_suffix(".mo").open("rb") as file:
        english = gettext.GNUTranslations(file)
    assert english.gettext("Programm") == "Programme"
    assert english.ngettext("%(count)d Thema", "%(count)d Themen", 3) == "%(count)d topics"
    assert english.pgettext("Anrede", "du") == "du (informal)"


@pytest.mark.parametrize(
    ("language", "old", "new", "told"),
    [
        ("en", '"Programme"', '""', "has no English yet"),
        ("en", '"Programme"', '"Programme %(day)s"', "other placeholders in English"),
        ("en", 'msgid "Programm"', 'msgid "Ablauf"', "is said nowhere"),
        ("en", 'msgid "Programm"', '#, fuzzy\nmsgid "Programm"', "is fuzzy"),
        ("en", "#: tagwerk/market/__init__.py", '#~ msgid "Alt"\n#~ msgstr "Old"\n', "is dead"),
        ("en", "%(n)s topics", "topics", "other placeholders in English"),
        ("de_DU", '"Wähle ein Thema"', '""', "no form with du yet"),
        ("de_DU", '"Wähle ein Thema"', '"Wähle Ihr Thema"', "still says “Ihr”"),
    ],
)
def test_a_fault_in_a_catalogue_is_named(house: Path, language: str, old: str, new: str, told: str) -> None:
    change(catalogue(house, language), old, new)
    assert [problem for problem in tool.check(house) if told in problem]


@pytest.mark.parametrize(
    ("msgid", "told"),
    [
        ("Programm und dein Thema", "says “dein”"),
        ("Ihre Themen", "says Sie and has no form with du yet"),
        ("Neues", "tagwerk/market/templates/market/page.html:3"),
    ],
)
def test_a_fault_in_a_message_is_named_with_its_place(house: Path, msgid: str, told: str) -> None:
    change(house / "tagwerk/market/templates/market/page.html", '"Programm"', f'"{msgid}"')
    assert [problem for problem in tool.check(house) if told in problem]


def test_words_that_only_look_like_an_address_are_let_be(house: Path) -> None:
    change(house / "tagwerk/market/templates/market/page.html", '"Programm"', '"Siegel und Duell direkt ihrer Art"')
    assert len([problem for problem in tool.check(house) if "Siegel" in problem]) == 1  # only: no English yet


def test_extract_drops_what_is_gone_and_asks_for_what_is_new(house: Path) -> None:
    change(house / "tagwerk/market/templates/market/page.html", '"Programm"', '"Ihr Programm"')
    waiting = tool.extract(house)
    assert waiting == [
        "tagwerk/market/locale/en/LC_MESSAGES/django.po: 1 to translate",
        "tagwerk/market/locale/de_DU/LC_MESSAGES/django.po: 1 to translate",
    ]
    assert 'msgid "Programm"' not in catalogue(house, "en").read_text(encoding="utf-8")
    assert "Choose a topic" in catalogue(house, "en").read_text(encoding="utf-8")


def test_two_rooms_may_not_translate_one_message_differently(house: Path) -> None:
    other = house / "tagwerk" / "news"
    other.mkdir()
    (other / "__init__.py").write_text('"""News."""\nTITLE = gettext_lazy("Programm")\n', encoding="utf-8")
    tool.extract(house)
    path = other / "locale" / "en" / "LC_MESSAGES" / "django.po"
    change(path, 'msgid "Programm"\nmsgstr ""', 'msgid "Programm"\nmsgstr "Schedule"')
    assert [problem for problem in tool.check(house) if "differently" in problem]
