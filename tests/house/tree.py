"""What the tests of the house look at: the rooms, their floors, and every file that a person wrote."""

import ast
import gc
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LAYERS = next(c["layers"] for c in SETTINGS["tool"]["importlinter"]["contracts"] if c["type"] == "layers")
# The storeys from the roof down; rooms of one storey are neighbours.
STOREYS: list[list[str]] = [[room.strip() for room in layer.split("|")] for layer in LAYERS]
ROOMS = [room for storey in STOREYS for room in storey]


def storey(room: str) -> int:
    """Count the storeys between the roof and a room."""
    return next(number for number, rooms in enumerate(STOREYS) if room in rooms)


def may_use(room: str, other: str) -> bool:
    """Tell whether stairs lead from one room down to the other."""
    return room == other or storey(room) < storey(other)


def python_files(*folders: str) -> list[Path]:
    """List the modules that a person wrote, so without migrations."""
    found = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return sorted(path for path in found if "migrations" not in path.parts and "node_modules" not in path.parts)


def every_module() -> list[Path]:
    return [*python_files("tagwerk", "tests", "tools"), ROOT / "dev.py", ROOT / "setup.py"]


def templates() -> list[Path]:
    return sorted(path for path in ROOT.glob("tagwerk/*/templates/**/*") if path.is_file())


def scripts() -> list[Path]:
    return sorted([*ROOT.glob("tagwerk/kit/assets/**/*.js"), *ROOT.glob("tools/**/*.mjs")])


def styles() -> list[Path]:
    return sorted(ROOT.glob("tagwerk/kit/assets/**/*.css"))


def name(path: Path) -> str:
    """Name a file as a person would: from the project's folder."""
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def parsed(path: Path) -> ast.Module:
    return syntax(path.read_text(encoding="utf-8"), str(path))


def syntax(source: str, name: str = "<example>") -> ast.Module:
    """Parse Python; CPython 3.11 miscounts its depth when a garbage collection runs code meanwhile (SystemError)."""
    gc.disable()
    try:
        return ast.parse(source, name)
    finally:
        gc.enable()
