"""How we name ourselves in the files that we write."""

from functools import cache
from importlib.metadata import PackageNotFoundError, version

NAME = "Tagwerk"


@cache
def our_version() -> str:
    """Give the version of the installed program."""
    try:
        return version("tagwerk")
    except PackageNotFoundError:
        return "0"
