"""The bootstrap file does each step once, says what failed, and refuses what it does not know."""

import sys
from pathlib import Path

import pytest

import dev


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A source file in a project of its own."""
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "VENV", tmp_path)
    path = tmp_path / "source"
    path.write_text("1")
    return path


def test_a_step_runs_again_only_when_its_sources_change(source: Path) -> None:
    runs: list[int] = []
    for content in ("1", "1", "2"):
        source.write_text(content)
        dev.once("step", [source], lambda: runs.append(1))
    assert len(runs) == 2


def test_a_step_runs_again_when_what_it_made_is_gone(source: Path) -> None:
    made = source.with_name("made")
    for _ in range(2):
        dev.once("step", [source], made.touch, [made])
        assert made.exists()
        made.unlink()


def test_a_step_that_failed_is_not_taken_for_done(source: Path) -> None:
    def fail() -> None:
        raise dev.Trouble("no network")

    for _ in range(2):
        with pytest.raises(dev.Trouble, match="no network"):
            dev.once("step", [source], fail)


def test_a_failed_command_is_quoted_with_advice() -> None:
    with pytest.raises(dev.Trouble, match=r"ended with 3(.|\n)*what it said(.|\n)*Try again"):
        dev.quiet(sys.executable, "-c", "print('what it said'); exit(3)", advice="Try again.")


def test_arguments_that_mean_nothing_are_refused() -> None:
    with pytest.raises(dev.Trouble, match="--help"):
        dev.main(["setup", "--fast"])


def test_help_fits_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main([]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 110
    assert len(lines) <= 20
