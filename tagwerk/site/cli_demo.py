"""`tagwerk demo`: everything that a newcomer needs after one command, in the foreground."""

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

from tagwerk.site import environment, server

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - compared with what was asked for
CROWD = "crowd.json"  # who of the crowd brought what


def main(words: list[str]) -> int:
    """Prepare the embedded database, load the demo, start server and crowd; gives the exit status."""
    asked = _parser().parse_args(words)
    os.environ["TAGWERK_DEMO"] = "1"
    addresses = _addresses(asked.host)
    os.environ.setdefault("TAGWERK_HOSTS", ",".join([*addresses, "localhost", "127.0.0.1", "[::1]"]))
    try:
        listener = server.bind(asked.host, asked.port)
    except OSError as fault:
        reason = f"tagwerk demo: port {asked.port} cannot be used ({fault.strerror}). Try --port {asked.port + 1}."
        print(reason, file=sys.stderr)
        return 1
    if asked.fresh or asked.source:
        _forget_everything()
    return _run(asked, listener, addresses)


def _run(asked: argparse.Namespace, listener: socket.socket, addresses: list[str]) -> int:
    from tagwerk.site.demo.start import start  # noqa: PLC0415 - Django is set up with the variables from above

    port = listener.getsockname()[1]
    base = f"http://{addresses[0]}:{port}"
    crowd: list[subprocess.Popen[bytes]] = []
    try:
        keys = start(Path(asked.source) if asked.source else None)
    except (OSError, ValueError) as fault:
        print(f"tagwerk demo: {fault}", file=sys.stderr)
        return 2

    def when_ready() -> None:
        _print_addresses(base, keys.slug, keys.api_token, [f"http://{a}:{port}" for a in addresses[1:]])
        if asked.host in EVERYWHERE:
            _print_code(f"{base}/{keys.slug}/")
        if not asked.quiet_crowd:
            crowd.append(_start_crowd(f"http://127.0.0.1:{port}", keys.slug, brings=not asked.source))

    signal.signal(signal.SIGTERM, lambda *_args: sys.exit(0))  # so that the crowd leaves with us
    try:
        server.run(listener, when_ready=when_ready)
    except KeyboardInterrupt:
        print()
    finally:
        for process in crowd:
            process.send_signal(signal.SIGTERM)
            process.wait()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tagwerk demo", description="A barcamp that plans itself in front of your eyes."
    )
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--host", default="127.0.0.1", help="0.0.0.0 lets phones in your network take part")
    parser.add_argument("--fresh", action="store_true", help="begin with a new database")
    parser.add_argument("--quiet-crowd", action="store_true", help="nobody else is in the room")
    parser.add_argument(
        "--from", dest="source", metavar="PROBLEM.json.gz", help="begin anew with the topics and wishes of a file"
    )
    return parser


def _addresses(host: str) -> list[str]:
    """Give the names under which the server can be reached, the best first."""
    if host not in EVERYWHERE:
        return [host]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # nothing is sent: this only asks which of our addresses would be used
            return [str(probe.getsockname()[0]), "127.0.0.1"]
        except OSError:
            return ["127.0.0.1"]


def _forget_everything() -> None:
    folder = environment.data_folder()
    for path in folder.glob("tagwerk.sqlite3*"):
        path.unlink()
    (folder / CROWD).unlink(missing_ok=True)
    shutil.rmtree(folder / "media", ignore_errors=True)


def _print_addresses(base: str, slug: str, token: str, others: list[str]) -> None:
    print(f"participant: {base}/{slug}/")
    print(f"moderator: {base}/demo/{slug}/")
    print(f"hall screen: {base}/{slug}/board/")
    print(f"api token: {token}")
    for other in others:
        print(f"also: {other}/{slug}/")
    print("ready", flush=True)


def _print_code(url: str) -> None:
    import segno  # noqa: PLC0415 - only needed where phones are let in

    segno.make(url, micro=False).terminal(compact=True)
    sys.stdout.flush()


def _start_crowd(base: str, slug: str, *, brings: bool) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tagwerk.site.demo.crowd", base, slug, *([] if brings else ["--only-taps"])]
    command += ["--keep", str(environment.data_folder() / CROWD)]
    return subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603 - our own program
