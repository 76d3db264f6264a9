"""`tagwerk doctor`: says whether an installation is well, and what to do where it is not."""

import argparse
import json
from dataclasses import asdict

import django


def main(words: list[str]) -> int:
    """Print the findings; gives 0 when nothing is bad, else 1."""
    parser = argparse.ArgumentParser(prog="tagwerk doctor", description="Check an installation and say what to do.")
    parser.add_argument("--json", action="store_true", help="for programs")
    asked = parser.parse_args(words)
    django.setup()
    from tagwerk.site.doctor import examine  # noqa: PLC0415 - Django has to be set up first

    findings = list(examine())
    is_well = all(finding.state != "bad" for finding in findings)
    if asked.json:
        print(json.dumps({"ok": is_well, "checks": [asdict(finding) for finding in findings]}, indent=2))
    else:
        for finding in findings:
            print(f"{finding.state:<5} {finding.name:<13} {finding.found}")
            if finding.todo:
                print(f"{'':<20}{finding.todo}")
        print("All is well." if is_well else "Not ready yet.")
    return 0 if is_well else 1
