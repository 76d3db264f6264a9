"""Documentation and program agree: every setting and every command is in both."""

import re
import subprocess
import sys

from tests.house import tree

READ = re.compile(r"""\b(?:text|flag|number|names)\(\s*"([A-Z][A-Z_]*)\"""")
READ_PLAIN = re.compile(r"""environ(?:\.get\(|\.setdefault\(|\[)\s*"([A-Z][A-Z_]*)\"""")
DJANGO_S_OWN = {"DJANGO_SETTINGS_MODULE"}
DOCUMENTED = re.compile(r"^\| `([A-Z][A-Z_]*)`", re.MULTILINE)
COMMAND = re.compile(r"`(?:tagwerk|python -m tagwerk) ([a-z]+)")
DEV_COMMAND = re.compile(r"`python3 dev\.py ([a-z]+)")
LISTED = re.compile(r"^ {2,4}([a-z]+) {2,}", re.MULTILINE)


def settings_read() -> set[str]:
    """Gather the environment variables that the program reads."""
    sources = [path.read_text(encoding="utf-8") for path in tree.python_files("tagwerk")]
    plain = {name for source in sources for name in READ_PLAIN.findall(source)}
    return (plain - DJANGO_S_OWN) | {f"TAGWERK_{name}" for source in sources for name in READ.findall(source)}


def documents() -> str:
    pages = [*tree.ROOT.glob("*.md"), *tree.ROOT.glob("docs/*.md")]
    return "\n".join(page.read_text(encoding="utf-8") for page in pages)


def help_of(*command: str) -> str:
    done = subprocess.run(
        [sys.executable, *command, "--help"], cwd=tree.ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_every_setting_is_documented_and_every_documented_setting_is_read() -> None:
    page = (tree.ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert set(DOCUMENTED.findall(page)) == settings_read()


def test_every_documented_command_exists_and_every_command_is_documented() -> None:
    assert set(COMMAND.findall(documents())) == set(LISTED.findall(help_of("-m", "tagwerk")))


def test_every_documented_command_of_the_bootstrap_file_exists() -> None:
    listed = set(LISTED.findall(help_of("dev.py")))
    assert listed == {"demo", "test", "check", "setup"}
    assert set(DEV_COMMAND.findall(documents())) - {"manage"} == listed
