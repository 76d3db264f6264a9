"""The production server starts only where it may; the doctor says what is wrong; the benchmarks report."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


def run(*words: str, folder: Path, **settings: str) -> "subprocess.CompletedProcess[str]":
    """Run the program in a folder of its own."""
    ours = ("TAGWERK_", "DATABASE_", "DJANGO_")
    quiet = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return subprocess.run(
        [sys.executable, "-m", "tagwerk", *words],
        env={**quiet, "TAGWERK_DATA": str(folder), **settings},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_demo_is_not_served_on_the_net(tmp_path: Path) -> None:
    done = run("serve", folder=tmp_path, TAGWERK_DEMO="1", TAGWERK_URL="https://barcamp.example.org")
    assert done.returncode == 2
    assert "will not run at https://barcamp.example.org" in done.stderr


def test_an_old_database_is_not_served(tmp_path: Path) -> None:
    done = run("serve", folder=tmp_path)
    assert done.returncode == 2
    assert "tagwerk serve --migrate" in done.stderr


def test_the_server_answers_and_stops_when_told(tmp_path: Path) -> None:
    ours = ("TAGWERK_", "DATABASE_", "DJANGO_")
    quiet = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    process = subprocess.Popen(
        [sys.executable, "-m", "tagwerk", "serve", "--migrate", "--port", "0"],
        env={**quiet, "TAGWERK_DATA": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout
        assert process.stdout.readline().startswith("ready: http://127.0.0.1:")
        process.terminate()
        process.wait(20)
        assert process.stderr
        assert "Traceback" not in process.stderr.read()
    finally:
        process.kill()


def test_the_doctor_finds_what_is_wrong_and_says_what_to_do(tmp_path: Path) -> None:
    done = run(
        "doctor", "--json", folder=tmp_path, TAGWERK_URL="https://barcamp.example.org", TAGWERK_SECRET_KEY="short"
    )
    found = {check["name"]: check for check in json.loads(done.stdout)["checks"]}
    assert done.returncode == 1
    assert {name for name, check in found.items() if check["state"] == "bad"} == {"tables", "secret key", "address"}
    assert found["tables"]["todo"] == "tagwerk manage migrate"


def test_the_doctor_is_content_with_a_sound_installation(tmp_path: Path) -> None:
    assert run("manage", "migrate", "--verbosity", "0", folder=tmp_path).returncode == 0
    done = run("doctor", folder=tmp_path)
    assert done.returncode == 0, done.stdout
    assert "All is well." in done.stdout


@pytest.mark.parametrize(
    "words",
    [
        ("live", "--clients", "3", "--crossings", "1", "--announcements", "1"),
        ("writes", "--devices", "3", "--seconds", "1"),
        ("pages",),
    ],
)
def test_a_benchmark_reports_json_lines(words: tuple[str, ...], tmp_path: Path) -> None:
    done = run("bench", *words, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    whole = [json.loads(line) for line in done.stdout.splitlines()][-1]
    assert whole["bench"] == words[0]
    assert not whole.get("lost")
    assert not whole.get("errors")
