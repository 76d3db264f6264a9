"""Conference workbooks are read, planned without a broken rule, or refused in a line."""

import zipfile
from pathlib import Path

import pytest

from tagwerk.timetable import cosplib, extra
from tagwerk.timetable.command import main
from tagwerk.timetable.cosplib import read_workbook
from tagwerk.timetable.problem import Refused
from tagwerk.timetable.solve import solve
from tests.timetable import judge

FILES = judge.FILES.parent / "cosplib"
with_workbooks = pytest.mark.skipif(extra.workbooks() is None, reason="the extra “plan” is not installed")


def book(name: str) -> Path:
    """Return a workbook that lies beside the project."""
    path = FILES / f"{name}.xlsx"
    if not path.exists():
        pytest.skip(f"{path} is not on this machine")
    return path


@with_workbooks
@pytest.mark.parametrize("name", ["N2OR", "GECCO21"])
def test_a_conference_is_planned_without_a_broken_rule(name: str) -> None:
    problem = read_workbook(book(name)).problem
    plan = solve(problem)
    assert judge.violations(problem, plan.placements) == []


@with_workbooks
def test_a_workbook_keeps_its_order_presenters_and_long_submissions() -> None:
    imported = read_workbook(book("N2OR"))
    problem = imported.problem
    assert (len(problem.slots), len(problem.rooms), len(problem.topics)) == (9, 4, 36)
    assert [slot.id for slot in problem.slots[:3]] == ["Wed1.1", "Wed1.2", "Wed2.1"]
    assert {problem.topics[topic].id[-2:] for pair in problem.before for topic in pair} == {"/1", "/2"}
    assert problem.no_overlap
    assert "long submissions" in imported.notes[0]


@with_workbooks
def test_hours_count_on_the_clock_of_the_presenter() -> None:
    slots = {len(topic.slots) for topic in read_workbook(book("GECCO21")).problem.topics}
    assert len(slots) > 1


@with_workbooks
def test_the_command_reads_workbooks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(book("N2OR")), "--moves", "10", "-o", str(tmp_path / "plan.json")]) == 0
    assert "note: parts of long submissions" in capsys.readouterr().err


@with_workbooks
def test_what_is_no_conference_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_text("no zip")
    with pytest.raises(Refused, match="not a workbook"):
        read_workbook(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("x", "y" * 100)
    with pytest.raises(Refused, match="not a workbook"):
        read_workbook(path)
    monkeypatch.setattr(cosplib, "MOST_BYTES", 10)
    with pytest.raises(Refused, match="larger than 10 bytes"):
        read_workbook(path)
    monkeypatch.setattr(cosplib, "_sheets", lambda _: {})
    with pytest.raises(Refused, match="the sheet 'parameters' is missing"):
        read_workbook(path)
    monkeypatch.setattr(cosplib, "_sheets", lambda _: {name: [["a"], ["b"]] for name in cosplib.SHEETS})
    with pytest.raises(Refused, match="not a CoSPLib workbook"):
        read_workbook(path)


def test_without_the_extra_a_workbook_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(extra, "_module", lambda _: None)
    with pytest.raises(Refused, match="need the extra"):
        read_workbook(tmp_path / "x.xlsx")
