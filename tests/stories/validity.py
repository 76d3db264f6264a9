"""Whether pages are HTML as it is written down."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
VALIDATOR = ROOT / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"


def invalid(folder: Path) -> dict[str, list[str]]:
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
