"""The command: what it writes, what it says and how it ends."""

import gzip
import io
import json
import runpy
import sys
from pathlib import Path

import pytest

from tagwerk.timetable import command
from tagwerk.timetable.command import main
from tagwerk.timetable.documents import announced
from tagwerk.timetable.problem import Refused, parse
from tests.timetable.judge import reference_file, violations
from tests.timetable.small import town


@pytest.fixture
def problem_file(tmp_path: Path) -> Path:
    """Return a file with a small valid problem."""
    path = tmp_path / "town.json"
    path.write_text(json.dumps(town()))
    return path


def run(problem: Path, output: Path | str, *options: str) -> int:
    """Run the command without lengthy improving."""
    return main([str(problem), "--moves", "20", *options, "-o", str(output)])


def test_a_plan_is_written_as_the_interface_says(problem_file: Path, tmp_path: Path) -> None:
    output = tmp_path / "plan.json"
    assert run(problem_file, output) == 0
    plan = json.loads(output.read_text())
    assert list(plan) == [
        *("format", "placements", "served", "seated", "bound", "optimal", "moves"),
        *("least_moves", "seconds", "seed", "move_count", "reasons"),
    ]
    assert violations(parse(town()), [tuple(place) for place in plan["placements"]]) == []
    assert (plan["format"], plan["moves"], plan["seed"], plan["move_count"]) == (1, None, 1, 20)
    assert list(plan["reasons"]) == ["bot", "lora", "data"]
    assert list(plan["reasons"]["bot"][0]) == ["kind", "text", "value"]


def test_the_plan_can_go_to_stdout(problem_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(problem_file, "-", "--objective", "served") == 0
    assert json.loads(capsys.readouterr().out)["served"] == 5


def test_without_a_limit_two_seconds_are_used(
    problem_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "USUAL_SECONDS", 0.05)
    assert main([str(problem_file), "-o", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["seconds"] >= 0.025
    assert main([str(problem_file), "--seconds", "0", "-o", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["move_count"] == 0


def test_the_announced_plan_stays(problem_file: Path, tmp_path: Path) -> None:
    keep, output = tmp_path / "keep.json", tmp_path / "plan.json"
    keep.write_text(json.dumps({"placements": [[1, 0], [0, 1], None]}))
    problem_file.write_text(json.dumps(town(no_overlap=[], must_place_all=False)))
    assert run(problem_file, output, "--keep", str(keep)) == 0
    plan = json.loads(output.read_text())
    assert plan["placements"] == [[1, 0], [0, 1], None]
    assert plan["moves"] == {"slot": 0, "room": 0}
    assert plan["least_moves"] == {"slot": 0, "proven": True}
    assert plan["reasons"]["bot"][1]["kind"] == "announced"


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ([], "expected a plan with the key 'placements'"),
        ({}, "expected a plan with the key 'placements'"),
        ({"placements": [None]}, "1 placements for 3 topics"),
        ({"placements": [[0, 2], None, None]}, r"placements\[0\]\[1\]: .* found 2"),
    ],
)
def test_an_announced_plan_that_is_none_is_refused(document: object, message: str) -> None:
    with pytest.raises(Refused, match=message):
        announced(document, parse(town()))


CONTRADICTORY = town(pins={"0": [0, 0], "1": [0, 0]}, before=[], no_overlap=[])


def test_a_contradiction_ends_with_three_and_names_the_demands(
    problem_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "plan.json"
    problem_file.write_text(json.dumps(CONTRADICTORY))
    assert run(problem_file, output) == 3
    said = capsys.readouterr()
    document = json.loads(said.out)
    assert json.loads(output.read_text()) == document
    assert said.err.count("\n") == 1
    assert (document["proven"], document["minimal"]) == (True, True)
    assert document["contradiction"] == [
        {
            "kind": "pin",
            "text": f"topic '{topic}' is pinned to slot 's0', room 'hall'",
            "topics": [topic],
            "slot": "s0",
            "room": "hall",
            "host": None,
        }
        for topic in ("bot", "lora")
    ]


def test_a_contradiction_never_replaces_the_announced_plan(
    problem_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keep = tmp_path / "plan.json"
    keep.write_text('{"placements": [null, null, null]}')
    problem_file.write_text(json.dumps(CONTRADICTORY))
    assert run(problem_file, keep, "--keep", str(keep)) == 3
    assert keep.read_text() == '{"placements": [null, null, null]}'
    assert run(problem_file, "-") == 3
    assert capsys.readouterr().out.count('"contradiction"') == 2


def test_demands_without_a_place_name_none(problem_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    problem_file.write_text(json.dumps(town(room_closed=[[0, 0], [1, 0], [0, 1], [1, 1]])))
    assert run(problem_file, "-") == 3
    kinds = {entry["kind"]: entry for entry in json.loads(capsys.readouterr().out)["contradiction"]}
    assert kinds["must_place_all"]["slot"] is kinds["must_place_all"]["host"] is None


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--moves", "x"], "argument --moves: expected a whole number from 0 to 1000000000, found 'x'"),
        (["--moves", "9" * 40], "--moves"),
        (["--moves", "²"], "--moves"),
        (["--seconds", "nan"], "argument --seconds: expected a number from 0 to 86400, found 'nan'"),
        (["--seconds", "-1"], "--seconds"),
        (["--seconds", "soon"], "--seconds"),
        (["--seconds", "1", "--moves", "1"], "not allowed with argument"),
        (["--seed", "1.5"], "argument --seed"),
        (["--objective", "fun"], "--objective"),
        (["--colour\nred"], "unrecognized arguments: --colour red"),
        (["--keep", "nowhere.json"], "nowhere.json: No such file"),
    ],
)
def test_refused_input_ends_with_two_and_one_line(
    problem_file: Path, options: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(problem_file), *options, "-o", "-"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert message in said.err


def test_an_output_that_cannot_be_written_is_refused(
    problem_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for output, message in (
        (tmp_path, "is a folder"),
        (tmp_path / "none" / "plan.json", "its folder does not exist"),
        (problem_file, "the plan would overwrite the problem"),
        (tmp_path / ("x" * 300), "File name too long"),
    ):
        assert run(problem_file, output) == 2
        assert message in capsys.readouterr().err
    assert json.loads(problem_file.read_text()) == town()


def test_a_device_is_written_to_and_stays_a_device(problem_file: Path) -> None:
    assert run(problem_file, "/dev/null") == 0
    assert Path("/dev/null").is_char_device()


def test_a_full_device_is_named(problem_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(problem_file, "/dev/full") == 2
    assert capsys.readouterr().err == "tagwerk plan: /dev/full: No space left on device\n"


def test_help_is_no_error(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    assert "tagwerk plan" in capsys.readouterr().out


def test_an_interruption_writes_nothing(
    problem_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "solve", interrupt)
    assert run(problem_file, tmp_path / "plan.json") == 130
    assert "interrupted" in capsys.readouterr().err
    assert not (tmp_path / "plan.json").exists()


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def test_a_terminal_shows_the_progress(problem_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    assert main([str(problem_file), "--moves", "20000", "-o", str(tmp_path / "plan.json")]) == 0
    assert terminal.getvalue().startswith("\rplanning   0 %, 5 people\r")
    assert terminal.getvalue().count("planning  48 %") == 1


def test_a_terminal_tells_the_moves_and_their_proof(
    problem_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep, terminal = tmp_path / "keep.json", Terminal()
    keep.write_text(json.dumps({"placements": [[0, 0], None, None]}))
    problem_file.write_text(json.dumps(town(room_closed=[[0, 0]], must_place_all=False)))
    monkeypatch.setattr(sys, "stderr", terminal)
    assert run(problem_file, tmp_path / "plan.json", "--keep", str(keep)) == 0
    said = "tagwerk plan: 1 announced session changes its slot; proven: no valid plan moves fewer\n"
    assert terminal.getvalue().endswith(said)
    assert command._moved(3, 2).endswith("sessions change their slot; proven: no valid plan moves fewer than 2")  # noqa: SLF001
    assert command._moved(0, None) == "0 announced sessions change their slot"  # noqa: SLF001


def test_the_module_runs_as_a_program(problem_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = tmp_path / "plan.json"
    monkeypatch.setattr(sys, "argv", ["plan", str(problem_file), "--moves", "5", "-o", str(output)])
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("tagwerk.timetable", run_name="__main__")
    assert ended.value.code == 0
    assert json.loads(output.read_text())["move_count"] == 5
    runpy.run_module("tagwerk.timetable.__main__", run_name="imported")


def test_real_wishes_are_planned(tmp_path: Path) -> None:
    path, output = reference_file("pb-zurich-d10"), tmp_path / "plan.json"
    assert run(path, output, "--moves", "5000") == 0
    problem = parse(json.loads(gzip.decompress(path.read_bytes())))
    assert violations(problem, [tuple(place) for place in json.loads(output.read_text())["placements"]]) == []
