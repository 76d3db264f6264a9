"""Small files, short functions, no cycles: hard limits for all, guides with exceptions by name and reason."""

import ast
import graphlib
import json
import re
import statistics
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import grimp

from tests.house import tree

FILE, FUNCTION = 400, 60  # lines, hard
USUAL_FILE, USUAL_FUNCTION, COMPLEXITY, ARGUMENTS, TEMPLATE, SCRIPT = 200, 40, 8, 6, 120, 150  # guides

# What may pass a guide, as "file" or "file:function", and why.
EXCEPTIONS: dict[str, str] = {
    "tagwerk/timetable/solve.py:solve": "the planner's one door; each keyword is a wish of its caller",
}


def functions(path: Path) -> dict[str, int]:
    """Count the lines of each function of a file, from its first line to its last."""
    defined = (ast.FunctionDef, ast.AsyncFunctionDef)
    found = (node for node in ast.walk(tree.parsed(path)) if isinstance(node, defined))
    return {f"{tree.name(path)}:{node.name}": (node.end_lineno or 0) - node.lineno + 1 for node in found}


def measured_by_ruff(paths: Iterable[Path]) -> dict[str, str]:
    """Name each function that is too complex or takes too many arguments, and what ruff says of it."""
    limits = [f"lint.mccabe.max-complexity={COMPLEXITY}", f"lint.pylint.max-args={ARGUMENTS}"]
    command = ["ruff", "check", "--isolated", "--ignore-noqa", "--no-cache", "--output-format=json"]
    command += ["--select=C901,PLR0913", *(word for limit in limits for word in ("--config", limit))]
    done = subprocess.run(
        [sys.executable, "-m", *command, *map(str, paths)], capture_output=True, text=True, check=False
    )
    found: dict[str, str] = {}
    for finding in json.loads(done.stdout):
        path, row = Path(finding["filename"]), finding["location"]["row"]
        line = path.read_text(encoding="utf-8").splitlines()[row - 1]
        function = re.search(r"def (\w+)", line)
        key = f"{tree.name(path)}:{function[1] if function else row}"
        found[key] = f"{found[key]}; {finding['message']}" if key in found else finding["message"]
    return found


def too_long(sizes: dict[str, int], limit: int) -> dict[str, str]:
    return {name: f"{size} lines, at most {limit}" for name, size in sizes.items() if size > limit}


def beyond_the_guides() -> dict[str, str]:
    """Name everything in the program that passes a guide, with the number it should keep to."""
    code = [*tree.python_files("tagwerk", "tools"), tree.ROOT / "dev.py"]
    lengths = {name: size for path in code for name, size in functions(path).items()}
    pages = {tree.name(path): tree.lines(path) for path in tree.templates()}
    modules = {tree.name(path): tree.lines(path) for path in tree.scripts()}
    return (
        too_long(lengths, USUAL_FUNCTION)
        | too_long(pages, TEMPLATE)
        | too_long(modules, SCRIPT)
        | measured_by_ruff(code)
    )


def test_no_file_is_longer_than_anyone_reads() -> None:
    sizes = {tree.name(path): tree.lines(path) for path in tree.every_module()}
    assert not too_long(sizes, FILE)


def test_nine_of_ten_files_are_short() -> None:
    sizes = [tree.lines(path) for path in tree.python_files("tagwerk")]
    assert statistics.quantiles(sizes, n=10)[-1] <= USUAL_FILE


def test_no_function_is_longer_than_a_screen() -> None:
    sizes = {name: size for path in tree.every_module() for name, size in functions(path).items()}
    assert not too_long(sizes, FUNCTION)


def test_what_passes_a_guide_has_a_reason() -> None:
    assert {name: why for name, why in beyond_the_guides().items() if name not in EXCEPTIONS} == {}


def test_every_exception_is_still_needed() -> None:
    assert set(EXCEPTIONS) <= set(beyond_the_guides())
    assert all(EXCEPTIONS.values())


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = grimp.build_graph("tagwerk", cache_dir=None)
    arrows = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    graphlib.TopologicalSorter(arrows).prepare()  # raises CycleError, which names the circle


def test_the_measures_measure(tmp_path: Path) -> None:
    path = tmp_path / "long.py"
    branches = "".join(f"    if a == {number}:\n        return {number}\n" for number in range(COMPLEXITY))
    path.write_text(f"def winding(a, b, c, d, e, f, g):\n{branches}    return a\n", encoding="utf-8")
    assert functions(path) == {"long.py:winding": 2 * COMPLEXITY + 2}
    assert "too complex" in measured_by_ruff([path])["long.py:winding"]
    assert too_long({"a": 41, "b": 40}, 40) == {"a": "41 lines, at most 40"}
