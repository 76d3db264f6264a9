"""The program's own settings, with what tests want otherwise: their own folder, and a writer that waits for nobody."""

import os
from pathlib import Path

ROOT = Path(__file__).parents[1]

os.environ.setdefault("TAGWERK_DATA", str(ROOT / "var" / "test"))
os.environ.setdefault("TAGWERK_SECRET_KEY", "only for tests, and the same in every worker of a run")
os.environ.setdefault("TAGWERK_WRITER", "inline")  # in the caller's transaction, which the test rolls back

from tagwerk.site.settings import *  # noqa: E402, F403 - the environment above must come first
from tagwerk.site.settings import DATABASES, IS_POSTGRESQL, STORAGES  # noqa: E402

STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}  # as named
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # strong ones are slow on purpose

if not IS_POSTGRESQL:  # each worker its own, in memory unless a test of threads or processes asks for a file
    DATABASES["default"]["TEST"]["NAME"] = os.environ.get("TAGWERK_TEST_DATABASE") or ":memory:"
