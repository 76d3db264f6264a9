"""The documents say what the code says: kinds of messages, excerpts, rooms, pictures, links."""

import importlib
import re
from itertools import pairwise

import pytest

from tagwerk.live.changes import Fact
from tests.house import tree

KIND = re.compile(r"^\| `([a-z]+\.[a-z_]+|announcement|walls)` \|", re.MULTILINE)
EXCERPT = re.compile(r"^`([\w./-]+)`\n\n```\w+\n(.*?)\n```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
PAGES = sorted([*tree.ROOT.glob("*.md"), *tree.ROOT.glob("docs/**/*.md")])


def kinds_in_code() -> set[str]:
    for room in tree.ROOMS:
        if (tree.ROOT / "tagwerk" / room / "changes.py").exists():
            importlib.import_module(f"tagwerk.{room}.changes")
    found, waiting = set(), [Fact]
    while waiting:
        below = waiting.pop().__subclasses__()
        waiting += below
        ours = [fact for fact in below if fact.__module__.startswith("tagwerk.")]  # tests have facts of their own
        found |= {str(fact.kind) for fact in ours if hasattr(fact, "kind")}
    return found


def test_every_kind_of_message_is_described_and_every_described_kind_exists() -> None:
    page = (tree.ROOT / "docs" / "live.md").read_text(encoding="utf-8")
    assert set(KIND.findall(page)) == kinds_in_code()


def test_excerpts_are_the_code_as_it_is() -> None:
    page = (tree.ROOT / "docs" / "add-a-verb.md").read_text(encoding="utf-8")
    excerpts = EXCERPT.findall(page)
    assert len(excerpts) == page.count("```") // 2
    changed = [path for path, text in excerpts if text not in (tree.ROOT / path).read_text(encoding="utf-8")]
    assert not changed


def test_every_room_and_what_it_owns_is_on_the_map() -> None:
    page = (tree.ROOT / "docs" / "house.md").read_text(encoding="utf-8")
    for room in tree.ROOMS:
        assert re.search(rf"\b{room}\b", page), room
        folder = tree.ROOT / "tagwerk" / room
        models = "".join(path.read_text() for path in (*folder.glob("models.py"), *folder.glob("models/*.py")))
        owned = re.findall(r"(?m)^class (\w+)\((?:models\.Model|AbstractBaseUser)\)", models)
        assert not [name for name in owned if not re.search(rf"\b{name}\b", page)]


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = [int(path.name[:4]) for path in sorted((tree.ROOT / "docs" / "decisions").glob("*.md"))]
    assert numbers[0] == 1
    assert all(after == before + 1 for before, after in pairwise(numbers))


@pytest.mark.parametrize("page", PAGES, ids=tree.name)
def test_links_lead_somewhere(page: object) -> None:
    path = tree.ROOT / str(page)
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    dead = [link for link in LINK.findall(text) if not (path.parent / link).exists()]
    assert not dead


def test_the_description_for_catalogues_holds_what_they_want() -> None:
    text = (tree.ROOT / "publiccode.yml").read_text(encoding="utf-8")
    for key in (
        "publiccodeYmlVersion",
        "name",
        "developmentStatus",
        "softwareType",
        "platforms",
        "maintenance",
        "legal",
    ):
        assert re.search(rf"(?m)^{key}:", text), key
    shorts = re.findall(r"shortDescription: (.+)", text)
    longs = re.findall(r"longDescription: \|\n((?:      .*\n)+)", text)
    assert len(shorts) == len(longs) == 2
    assert all(len(short) <= 150 for short in shorts)
    assert all(150 <= len(long) <= 10_000 for long in longs)


def test_the_description_names_the_version_of_the_program() -> None:
    text = (tree.ROOT / "publiccode.yml").read_text(encoding="utf-8")
    newest = re.search(r"(?m)^## \[([\d.]+)\]", (tree.ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    assert newest
    assert f'softwareVersion: "{newest[1]}"' in text
