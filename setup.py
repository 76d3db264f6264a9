"""Read the version from the newest heading of CHANGELOG.md, its single source; all else is in pyproject.toml."""

import re
from pathlib import Path

from setuptools import setup

changelog = Path(__file__).with_name("CHANGELOG.md").read_text(encoding="utf-8")
newest = re.search(r"^## \[(\d[^\]]*)\]", changelog, re.MULTILINE)
if newest is None:
    raise SystemExit("CHANGELOG.md needs a heading like '## [0.1.0] - unreleased'.")

setup(version=newest[1])
