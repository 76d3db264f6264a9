"""Make the environment and run Tagwerk: setup, demo, test, check; needs nothing but Python's standard library."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

HELP = """\
Usage: python3 dev.py COMMAND

  demo     a whole barcamp with people in it; Ctrl-C ends it
           [--port 8000] [--host 127.0.0.1] [--fresh] [--quiet-crowd] [--from PROBLEM.json.gz]
  test     every test; or some: dev.py test tests/barcamp -k interest
  check    format, lint, types, floors, templates, translations, migrations, then every test: what CI runs
  setup    only make the environment and the assets

Anything else is handed to the program: dev.py doctor, dev.py manage migrate.
All it makes stays in this folder: .venv, node_modules, var. docs/development.md tells more."""

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
BIN = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = BIN / ("python.exe" if WINDOWS else "python")
REQUIREMENTS = ROOT / "requirements"
BUILT = ROOT / "tagwerk" / "kit" / "static" / "build"
NODE_AT_LEAST = 20
IS_ROOT = not WINDOWS and os.geteuid() == 0

TEMPLATES = "$(git ls-files '*.html')"
GATES = {  # what it holds -> the command, as a person repeats it
    "format": "ruff format --check .",
    "lint": "ruff check .",
    "types": "mypy",
    "floors": "lint-imports",
    "template format": f"djade --check --target-version 5.2 {TEMPLATES}",
    "template lint": "djlint --lint --quiet tagwerk",
    "translations": "python tools/translations.py check",
    "licences": "reuse lint --quiet",
    "migrations": "python -m tagwerk manage makemigrations --check --dry-run",
    "deployment": "TAGWERK_URL=https://example.org python -m tagwerk manage check --deploy --fail-level WARNING",
}


class Trouble(Exception):
    """What went wrong and what to do about it, in words for the terminal."""


# ------------------------------------------------------------------------------------------------- running other things


@contextlib.contextmanager
def step(title: str) -> Iterator[None]:
    """Show one line: the title while the work lasts, the seconds when it is done."""
    started = time.monotonic()
    print(f"  {title:<44}", end="", flush=True)
    try:
        yield
    except BaseException:
        print("  failed", flush=True)
        raise
    print(f"{time.monotonic() - started:6.1f} s", flush=True)


def quiet(*command: str | Path, advice: str = "", timeout: float | None = None) -> str:
    """Run a command without showing its output, which is kept for the case that it fails."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(
            words, cwd=ROOT, env=environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, errors="replace", check=False, timeout=timeout,
        )  # fmt: skip
    except FileNotFoundError as missing:
        raise Trouble(f"{words[0]} is not there. {advice}") from missing
    except subprocess.TimeoutExpired as late:
        raise Trouble(f"{' '.join(words)} took longer than {timeout:.0f} s. {advice}") from late
    if done.returncode:
        raise Trouble(f"{' '.join(words)}\nended with {done.returncode} and said:\n\n{done.stdout}\n{advice}")
    return done.stdout


def shown(*command: str | Path) -> int:
    """Run a command on this terminal; wait for its own clean-up when a person or the machine stops us."""
    process = subprocess.Popen([str(word) for word in command], cwd=ROOT, env=environment())
    try:
        return process.wait()
    except (KeyboardInterrupt, SystemExit) as end:
        if isinstance(end, SystemExit):  # only we were told; Ctrl-C has reached the whole group
            process.send_signal(signal.SIGINT)
        with contextlib.suppress(KeyboardInterrupt, subprocess.TimeoutExpired):
            process.wait(20)
        process.kill()
        raise


def environment() -> dict[str, str]:
    """Give every command our own tools first, whatever the caller has activated, and let Python keep what it compiles."""
    paths = [str(BIN), str(ROOT / "node_modules" / ".bin"), os.environ.get("PATH", "")]
    ours = {"VIRTUAL_ENV": str(VENV), "PATH": os.pathsep.join(paths), "PYTHONUTF8": "1"}
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}  # else +3 s a start
    return kept | ours


def once(
    title: str,
    sources: Iterable[Path],
    work: Callable[[], object],
    makes: Iterable[Path] = (),
    words: Iterable[str] = (),
) -> None:
    """Do the work unless it was done for sources (and words) of exactly this content and its result is still there."""
    digest = hashlib.sha256(repr((sys.version, sys.base_prefix, sorted(words))).encode())
    for source in sorted(sources):
        digest.update(f"\0{source.relative_to(ROOT).as_posix()}\0".encode() + source.read_bytes())
    stamp = VENV / "stamps" / title.replace(" ", "-")
    if stamp.is_file() and stamp.read_text() == digest.hexdigest() and all(path.exists() for path in makes):
        return
    with step(title):
        stamp.unlink(missing_ok=True)
        work()
        stamp.parent.mkdir(exist_ok=True)
        stamp.write_text(digest.hexdigest())


# ------------------------------------------------------------------------------------------------------ the environment


def setup(*, for_tests: bool = False) -> None:
    """Make .venv, install the packages, build the assets and compile the translations, each only when needed."""
    metadata = [ROOT / name for name in ("pyproject.toml", "setup.py", "CHANGELOG.md")]
    catalogues = list(ROOT.glob("tagwerk/*/locale/*/LC_MESSAGES/*.po"))
    node_packages = [ROOT / name for name in ("package.json", "package-lock.json", ".npmrc")]
    asset_sources = [path for folder in ("tagwerk/kit/assets", "tools/assets") for path in files(ROOT / folder)]

    once("Python environment", [], make_venv, [PYTHON])
    once("packages to run", [REQUIREMENTS / "run.txt"], lambda: install("run"))
    once("packages to print", [REQUIREMENTS / "pdf.txt"], lambda: install("pdf"))
    if for_tests:
        once("packages to test", [REQUIREMENTS / "test.txt"], lambda: install("test"))
        once("packages to prove", [REQUIREMENTS / "plan.txt"], lambda: install("plan"))
    once("the program itself", metadata, install_tagwerk)
    once("packages to build", node_packages, install_node_packages, [ROOT / "node_modules"])
    once("assets", [*asset_sources, *node_packages], build_assets, [BUILT], style_words())
    compiled = [catalogue.with_suffix(".mo") for catalogue in catalogues]
    once("translations", catalogues, lambda: quiet(PYTHON, "tools/translations.py", "compile"), compiled)


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]


def style_words() -> set[str]:
    """Gather the class names of KERN that pages and forms use: the assets keep only the styles of these."""
    pages = [path for ending in ("html", "py") for path in ROOT.glob(f"tagwerk/**/*.{ending}")]
    return {word for path in pages for word in re.findall(r"kern-[a-z0-9_-]+", path.read_text(encoding="utf-8"))}


def make_venv() -> None:
    if uv := shutil.which("uv"):
        quiet(uv, "venv", "--clear", "--seed", "--python", sys.executable, VENV)
        return
    if importlib.util.find_spec("ensurepip") is None:
        raise Trouble(
            "This Python comes without its venv part. On Debian and Ubuntu:\n\n    apt install python3-venv\n\n"
            "(with sudo unless you are root), then run the same command again."
        )
    quiet(sys.executable, "-m", "venv", "--clear", VENV)


def uv() -> str:
    """Find the installer: the system's, or our own pinned one inside .venv."""
    own = shutil.which("uv", path=str(BIN))
    if found := shutil.which("uv") or own:
        return found
    quiet(PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", REQUIREMENTS / "uv.txt", advice=NETWORK)
    return str(BIN / "uv")


NETWORK = "If the network is the reason, run the same command again once it is back: what is done stays done."


def install(name: str) -> None:
    listed = REQUIREMENTS / f"{name}.txt"
    quiet(uv(), "pip", "install", "--python", PYTHON, "--require-hashes", "-r", listed, advice=NETWORK)


def install_tagwerk() -> None:
    how = ["--no-build-isolation", "--no-deps", "--offline", "--editable", "."]
    quiet(uv(), "pip", "install", "--python", PYTHON, *how)


def node() -> tuple[str, str]:
    """Find node and npm: the system's when new enough, else a wheel inside .venv."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        major = quiet(node, "-p", "process.versions.node.split('.')[0]").strip()
        if major.isdigit() and int(major) >= NODE_AT_LEAST:
            return node, npm
    if not shutil.which("node", path=str(BIN)):
        install("node")
    return str(shutil.which("node", path=str(BIN))), str(shutil.which("npm", path=str(BIN)))


def install_node_packages() -> None:
    quiet(node()[1], "ci", "--ignore-scripts", "--no-audit", "--no-fund", advice=NETWORK)


def build_assets() -> None:
    quiet(node()[0], "tools/assets/build.mjs")


# --------------------------------------------------------------------------- what the tests need from the system


HEADLESS = "chromium-headless-shell"  # Chromium without windows: opens a visit in a third of the time


def chromium() -> str | None:
    names = (HEADLESS, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    own = (
        "import playwright.sync_api as p; b = p.sync_playwright().start(); print(b.chromium.executable_path); b.stop()"
    )
    candidates = [os.environ.get("CHROMIUM"), *(shutil.which(name) for name in names)]
    if found := next((path for path in candidates if path and Path(path).exists()), None):
        return found
    with contextlib.suppress(Trouble):
        path = quiet(PYTHON, "-c", own).strip()
        return path if Path(path).exists() else None
    return None


def postgresql() -> str | None:
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name))
    places = [os.environ.get("PATH", ""), *map(str, reversed(folders))]
    found = shutil.which("initdb", path=os.pathsep.join(places))
    return str(Path(found).resolve().parent) if found else None


def redis() -> str | None:
    return shutil.which("valkey-server") or shutil.which("redis-server")


PARTS: dict[str, tuple[Callable[[], str | None], str]] = {  # the part -> how it is found, Debian's package
    "Chromium": (chromium, HEADLESS),
    "PostgreSQL": (postgresql, "postgresql"),
    "Redis or Valkey": (redis, "redis-server"),
}


def system_parts() -> list[str]:
    """Find or install Chromium, PostgreSQL and Redis for the tests, and name what is still missing."""
    missing = {part: package for part, (find, package) in PARTS.items() if not find()}
    if IS_ROOT and shutil.which("apt-get"):
        wanted = missing if shutil.which(HEADLESS) else {**missing, "Chromium": HEADLESS}
        if wanted:
            with step(f"{', '.join(wanted)} by apt"):
                install_system_packages(*wanted.values())
    if not chromium():
        with contextlib.suppress(Trouble), step("Chromium, downloaded by Playwright"):
            quiet(PYTHON, "-m", "playwright", "install", "chromium", timeout=300)
    os.environ["CHROMIUM"] = chromium() or ""
    os.environ["POSTGRESQL_BIN"] = postgresql() or ""
    os.environ["REDIS_SERVER"] = redis() or ""
    return [f"{part} (apt install {package})" for part, (find, package) in PARTS.items() if not find()]


def install_system_packages(*packages: str) -> None:
    """Install what there is: a system that does not know one package still gets the others."""
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    with contextlib.suppress(Trouble):
        quiet("apt-get", "update")
    for package in packages:
        with contextlib.suppress(Trouble):
            quiet("apt-get", "install", "--yes", "--no-install-recommends", package)


# --------------------------------------------------------------------------------------------------------- the commands


def run_tests(arguments: list[str], *, measured: bool = False) -> int:
    """Run the tests: without arguments first the actions and stories on PostgreSQL, then everything on SQLite."""
    setup(for_tests=True)
    missing = system_parts()
    pytest: list[str | Path] = [PYTHON, "-m", "pytest"]
    codes = []
    if not arguments and os.environ["POSTGRESQL_BIN"]:
        print("\nActions and stories on PostgreSQL", flush=True)
        on_postgres = shown(PYTHON, "-m", "tests.postgres", *pytest, "-m", "both_databases")
        codes.append(0 if on_postgres == NO_TESTS else on_postgres)
        print("\nEverything on SQLite", flush=True)
    codes.append(shown(*pytest, *(["--cov"] if measured else []), *arguments))
    if missing:
        stop = "CI is set, so this is an error" if os.environ.get("CI") else "the tests that need it did not run"
        print(f"\nMISSING: {'; '.join(missing)}: {stop}.", file=sys.stderr)
        codes.append(1 if os.environ.get("CI") else 0)
    return max(codes)


NO_TESTS = 5  # pytest's own exit code


def check() -> int:
    """Go through every gate and then the tests; name each failure at the end with the command that repeats it."""
    setup(for_tests=True)
    failures = []
    for name, command in GATES.items():
        try:
            with step(name):
                pass_gate(command)
        except Trouble as trouble:
            print(f"\n{trouble}\n")
            failures.append(f"{name}: {command}")
    if run_tests([], measured=True):
        failures.append("tests: python3 dev.py test")
    if failures:
        print("\nNot yet (commands of .venv/bin, from this folder):", *failures, sep="\n  ", file=sys.stderr)
    return 1 if failures else 0


def pass_gate(command: str) -> None:
    """Run a gate's command as a shell would: settings first, then a program of ours and its arguments."""
    templates = sorted(str(path) for path in ROOT.glob("tagwerk/*/templates/**/*.html"))
    words = command.replace(TEMPLATES, " ".join(templates)).split()
    before = dict(os.environ)
    while "=" in words[0]:
        name, _, value = words.pop(0).partition("=")
        os.environ[name] = value
    try:
        quiet(shutil.which(words[0], path=str(BIN)) or words[0], *words[1:])
    finally:  # the next gate, and the tests, have settings of their own
        os.environ.clear()
        os.environ.update(before)


def hand_over(arguments: list[str]) -> int:
    """Become the program, so that signals reach it and nothing of us stays in between."""
    words = [str(PYTHON), "-m", "tagwerk", *arguments]
    if not WINDOWS:
        sys.stdout.flush()
        os.chdir(ROOT)
        os.execve(words[0], words, environment())
    return shown(*words)


def main(arguments: list[str]) -> int:
    command, rest = (arguments[0], arguments[1:]) if arguments else ("--help", [])
    if command in {"-h", "--help", "help"}:
        print(HELP)
        return 0
    if command in {"setup", "check"} and rest:
        raise Trouble(f"{command} takes no arguments; python3 dev.py --help shows what there is.")
    if command == "setup":
        setup()
        print("Everything is there. Next: python3 dev.py demo")
        return 0
    if command == "check":
        return check()
    if command == "test":
        return run_tests(rest)
    setup()
    return hand_over(arguments)


if __name__ == "__main__":
    if sys.version_info < OLDEST:
        sys.exit(f"Tagwerk needs Python 3.11 or newer; this is {sys.version.split()[0]} ({sys.executable}).")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        sys.exit(main(sys.argv[1:]))
    except Trouble as trouble:
        sys.exit(f"\n{trouble}")
    except KeyboardInterrupt:
        print("\nStopped.")
        sys.exit(130)
