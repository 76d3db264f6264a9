"""`python -m tagwerk.timetable`: the planner's command without the rest of the house."""

import sys

from tagwerk.timetable.command import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
