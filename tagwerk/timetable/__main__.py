"""`python -m tagwerk.timetable`: the planner's command without the rest of the house; `--child` for a child process."""

import sys


def _main() -> int:
    """Load only what is asked for: somebody may be waiting for a child."""
    if sys.argv[1:] == ["--child"]:
        from tagwerk.timetable import child  # noqa: PLC0415 - see above

        return child.main()
    from tagwerk.timetable.command import main  # noqa: PLC0415 - see above

    return main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(_main())
