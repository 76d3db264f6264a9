"""`python -m tagwerk.timetable`: the planner's command without the rest of the house; `--child` for a child process."""

import sys

from tagwerk.timetable import child
from tagwerk.timetable.command import main

if __name__ == "__main__":
    sys.exit(child.main() if sys.argv[1:] == ["--child"] else main(sys.argv[1:]))
