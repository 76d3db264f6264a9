"""Stairs lead down only: imports, and the arrows that imports do not show."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

from tests.house import tree

ROOM = "|".join(tree.ROOMS)
# What a string may hide: a model or module of a room, a template or static file of it, an address of it.
IN_CODE = re.compile(rf"^(?:tagwerk\.(?P<a>{ROOM})(?:\.[\w.]+)?|(?P<b>{ROOM})(?:\.[A-Za-z_][\w.]*|/[\w./-]+|:[\w-]+))$")
IN_TAGS = re.compile(rf"""["'](?P<room>{ROOM})(?:/[\w./-]+|:[\w-]+)["']""")
TAG = re.compile(r"{%.*?%}", re.DOTALL)
LOAD = re.compile(r"{%\s*load\s+(?:[\w\s]+\sfrom\s+)?([\w\s]+?)\s*%}")
BY_LABEL = {"get_model", "get_app_config", "get_containing_app_config"}


def hidden_in_code(room: str, source: str) -> Iterator[str]:
    """Find strings by which a module names a room that it may not know."""
    for node in ast.walk(tree.syntax(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and (found := IN_CODE.match(node.value)):
            other = found["a"] or found["b"]
            if not tree.may_use(room, other):
                yield f"{node.lineno}: {room} may not know {other}, yet says {node.value!r}"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in BY_LABEL:
            label = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else None
            if label in tree.ROOMS and not tree.may_use(room, str(label)):
                yield f"{node.lineno}: {room} may not know {label}, yet asks for its models"


def hidden_in_template(room: str, source: str, libraries: dict[str, str]) -> Iterator[str]:
    """Find tags that extend, include, link to or load something of a room that this one may not know."""
    for tag in TAG.finditer(source):
        line = source.count("\n", 0, tag.start()) + 1
        others = [found["room"] for found in IN_TAGS.finditer(tag[0])]
        others += [libraries[word] for found in LOAD.finditer(tag[0]) for word in found[1].split() if word in libraries]
        yield from (
            f"{line}: {room} may not know {other}: {tag[0]}" for other in others if not tree.may_use(room, other)
        )


def tag_libraries() -> dict[str, str]:
    return {path.stem: path.parts[-3] for path in tree.ROOT.glob("tagwerk/*/templatetags/*.py") if path.stem[0] != "_"}


def room_of(path: Path) -> str:
    return path.relative_to(tree.ROOT / "tagwerk").parts[0]


def test_imports_lead_down_only(capsys: pytest.CaptureFixture[str]) -> None:
    broken = lint_imports(config_filename=str(tree.ROOT / "pyproject.toml"), no_cache=True)
    assert not broken, capsys.readouterr().out


def test_every_room_has_a_floor() -> None:
    rooms = {path.parent.name for path in tree.ROOT.glob("tagwerk/*/__init__.py")}
    assert rooms == set(tree.ROOMS)


def test_no_string_in_code_hides_an_arrow() -> None:
    files = sorted(path for path in tree.ROOT.glob("tagwerk/*/**/*.py"))
    arrows = [
        f"{tree.name(path)}:{arrow}"
        for path in files
        for arrow in hidden_in_code(room_of(path), path.read_text(encoding="utf-8"))
    ]
    assert not arrows, "\n".join(arrows)


def test_no_template_hides_an_arrow() -> None:
    libraries = tag_libraries()
    arrows = [
        f"{tree.name(path)}:{arrow}"
        for path in tree.templates()
        for arrow in hidden_in_template(room_of(path), path.read_text(encoding="utf-8"), libraries)
    ]
    assert not arrows, "\n".join(arrows)


def test_no_room_lays_templates_or_static_files_into_another() -> None:
    folders = [*tree.ROOT.glob("tagwerk/*/templates/*/"), *tree.ROOT.glob("tagwerk/*/static/*/")]
    strangers = [tree.name(path) for path in folders if path.name in tree.ROOMS and path.name != room_of(path)]
    assert not strangers


@pytest.mark.parametrize(
    "source",
    [
        'topic = models.ForeignKey("barcamp.Topic", on_delete=models.CASCADE)',
        'place = import_string("tagwerk.barcamp.actions.back")',
        'return render(request, "barcamp/_topic.html")',
        'return reverse("barcamp:topics")',
        'return apps.get_model("barcamp", "Topic")',
    ],
)
def test_a_hidden_arrow_in_code_is_seen(source: str) -> None:
    assert list(hidden_in_code("events", f"def example():\n    {source}"))
    assert not list(hidden_in_code("site", f"def example():\n    {source}"))


@pytest.mark.parametrize(
    "source",
    [
        '{% extends "barcamp/page.html" %}',
        "{% include 'barcamp/_topic.html' with topic=topic only %}",
        '<a href="{% url "barcamp:topics" slug=event.slug %}">',
        '<img src="{% static "barcamp/pitch.svg" %}">',
        "{% load i18n topic_tags %}",
        "{% load card from topic_tags %}",
    ],
)
def test_a_hidden_arrow_in_a_template_is_seen(source: str) -> None:
    libraries = {"topic_tags": "barcamp"}
    assert list(hidden_in_template("events", source, libraries))
    assert not list(hidden_in_template("site", source, libraries))


@pytest.mark.parametrize(
    "words", ["live", "people.", "site map", "programme: what and when", "Live. Now.", "/kit/x.js"]
)
def test_words_that_only_look_like_rooms_are_let_be(words: str) -> None:
    assert not list(hidden_in_code("kit", f"title = {words!r}"))
