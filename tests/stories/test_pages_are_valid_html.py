"""The story of all the browsers we do not know: every page is HTML as it is written down."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Response

from tests.stories.places import EVERYBODY, Tour, Who

ROOT = Path(__file__).parents[2]
VALIDATOR = ROOT / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"


def faults(folder: Path) -> dict[str, list[str]]:
    """Let html-validate read all pages of a folder; gives rule, line and sentence per page."""
    own = Path(sys.executable).parent
    node = shutil.which("node", path=os.pathsep.join((str(own), os.environ["PATH"])))
    assert node, "Node is not there: python3 dev.py setup"
    report = folder.parent / f"{folder.name}.json"  # a pipe would be cut off where the program ends first
    formatter = ["--formatter", f"json={report}"]
    command = [node, str(VALIDATOR), "--config", str(ROOT / ".htmlvalidate.json"), *formatter, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert report.exists(), done.stderr
    return {
        Path(page["filePath"]).stem: [
            f"{one['ruleId']}, line {one['line']}: {one['message']}" for one in page["messages"]
        ]
        for page in json.loads(report.read_text(encoding="utf-8"))
        if page["messages"]
    }


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("who", EVERYBODY)
def test_every_page_as_it_leaves_the_server_is_valid(tour: Tour, tmp_path: Path, who: Who, language: str) -> None:
    answers: list[Response] = []
    names = []
    for place, page in tour.visit(who, language):
        if not answers:  # listen from here on, and begin anew
            page.on("response", lambda answer: answers.append(answer) if _is_page(answer) else None)
            tour.go(page, place, language)
        (tmp_path / f"{place.name}.html").write_text(answers[-1].text(), encoding="utf-8")
        names.append(place.name)
    assert len(set(names)) >= 3
    assert faults(tmp_path) == {}


def test_a_fault_is_seen(tmp_path: Path) -> None:
    page = '<!DOCTYPE html><html lang="de"><head><title>x</title></head><body><p><div></div></p></body></html>'
    (tmp_path / "wrong.html").write_text(page)
    assert "wrong" in faults(tmp_path)


def _is_page(answer: Response) -> bool:
    return answer.request.is_navigation_request() and not 300 <= answer.status < 400
