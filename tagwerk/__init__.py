"""Tagwerk runs an Open Government Tag: conference, barcamp and marketplace."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("tagwerk")
except PackageNotFoundError:  # run from a checkout that was never installed
    __version__ = "0"
