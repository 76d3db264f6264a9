"""A throw-away PostgreSQL: started when the first test asks, shared by all workers, gone when the run is over.

As a pytest plugin it gives the fixture `postgres_url`. As a command it runs any other command on a fresh cluster:
`python -m tests.postgres python -m pytest -m both_databases`.
"""

import contextlib
import fcntl
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

ROOT = Path(__file__).parents[1]
PREFIX = "tagwerk-postgres-"
FOLDER = "TAGWERK_TEST_POSTGRES"  # environment: where this run keeps its cluster; workers inherit it
SETTINGS = ("listen_addresses=", "fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60")
STOPS_WITHIN = 10.0  # seconds


def binaries() -> Path | None:
    """Find the folder of initdb: named by dev.py, on the PATH, or where Debian puts the newest version."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name))
    places = [os.environ.get("POSTGRESQL_BIN", ""), os.environ.get("PATH", ""), *map(str, reversed(folders))]
    found = shutil.which("initdb", path=os.pathsep.join(filter(None, places)))
    return Path(found).resolve().parent if found else None


def account() -> str | None:
    """Name the account to run as: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


class Cluster:
    """One cluster in one folder, which lives exactly as long as somebody holds the lock `used`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.started = folder / "started"

    @property
    def url(self) -> str:
        return f"postgresql://tagwerk@/tagwerk?host={self.folder}"

    def start(self) -> None:
        """Start the cluster unless another worker has; needs the lock `used` to be held by this run."""
        with locked(self.folder / "starting"):
            if self.started.exists():
                return
            self.started.touch()
            guard = [sys.executable, "-m", "tests.postgres", "--guard", str(self.folder)]
            nothing = subprocess.DEVNULL
            subprocess.Popen(guard, cwd=ROOT, start_new_session=True, stdin=nothing, stdout=nothing, stderr=nothing)
            if user := account():
                shutil.chown(self.folder, user)
            self._run(
                "initdb", "--auth=trust", "--username=tagwerk", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"
            )
            options = " ".join(f"-c {setting}" for setting in (*SETTINGS, f"unix_socket_directories={self.folder}"))
            self._run("pg_ctl", "start", "--wait", "--silent", f"--log={self.folder / 'log'}", f"--options={options}")
            with psycopg.connect(f"host={self.folder} user=tagwerk dbname=postgres", autocommit=True) as connection:
                connection.execute("CREATE DATABASE tagwerk")

    def guard(self) -> None:
        """Wait until nobody uses the cluster, however they ended, then stop it and leave nothing behind."""
        with locked(self.folder / "used"):
            with contextlib.suppress(RuntimeError):  # it never came up
                self._run("pg_ctl", "stop", "--mode=immediate", "--silent")
            shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, program: str, *arguments: str) -> None:
        folder = binaries()
        if folder is None:
            raise FileNotFoundError("PostgreSQL is not there: apt install postgresql")
        command = [str(folder / program), f"--pgdata={self.data}", *arguments]
        user = account()
        done = subprocess.run(
            command,
            cwd=self.folder,
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            user=user,
            group=pwd.getpwnam(user).pw_gid if user else None,
            extra_groups=[] if user else None,
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr}")


@contextlib.contextmanager
def locked(path: Path, how: int = fcntl.LOCK_EX) -> Iterator[None]:
    """Hold a file lock; the kernel gives it back even when the process is killed."""
    with path.open("a") as file:
        fcntl.flock(file, how)
        yield


@contextlib.contextmanager
def run() -> Iterator[Cluster]:
    """Give one run a place for its cluster, and see it stopped at the end; nothing is started yet."""
    cluster = Cluster(Path(tempfile.mkdtemp(prefix=PREFIX)))
    with locked(cluster.folder / "used", fcntl.LOCK_SH):
        yield cluster
    if not cluster.started.exists():
        shutil.rmtree(cluster.folder, ignore_errors=True)
    deadline = time.monotonic() + STOPS_WITHIN
    while cluster.folder.exists() and time.monotonic() < deadline:
        time.sleep(0.05)


# -------------------------------------------------------------------------------------------------- as a pytest plugin


def pytest_configure(config: pytest.Config) -> None:
    """Give the run its folder, which the workers then find in their environment."""
    if FOLDER not in os.environ:
        stack = contextlib.ExitStack()
        os.environ[FOLDER] = str(stack.enter_context(run()).folder)
        config.add_cleanup(stack.close)


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """Give the address of the run's PostgreSQL, with an empty database named tagwerk."""
    if binaries() is None:
        pytest.skip("PostgreSQL is not there: apt install postgresql")
    cluster = Cluster(Path(os.environ[FOLDER]))
    cluster.start()
    return cluster.url


# -------------------------------------------------------------------------------------------------------- as a command


def main(arguments: list[str]) -> None:
    """Become the command, with the cluster's lock open, so that the cluster ends when the command does."""
    if arguments[:1] == ["--guard"]:
        Cluster(Path(arguments[1])).guard()
        return
    cluster = Cluster(Path(tempfile.mkdtemp(prefix=PREFIX)))
    lock = os.open(cluster.folder / "used", os.O_CREAT | os.O_RDWR)
    fcntl.flock(lock, fcntl.LOCK_SH)
    os.set_inheritable(lock, True)  # noqa: FBT003 - the only way to call it
    cluster.start()
    os.execvpe(arguments[0], arguments, {**os.environ, FOLDER: str(cluster.folder), "DATABASE_URL": cluster.url})


if __name__ == "__main__":
    main(sys.argv[1:])
