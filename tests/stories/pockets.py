"""What stories about the app on a phone share: what it keeps, a line that can be cut, a house under a name of its own."""

import contextlib
import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Page, expect

from tests.stories.house import House, environment

STORES = """async () => {
    const found = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
    return found.flat().map(({url}) => new URL(url).pathname).filter((path) => !path.startsWith("/static/")).sort();
}"""
ANYTHING = """async () => [
    localStorage.length, (await caches.keys()).length, (await indexedDB.databases()).length,
    (await navigator.serviceWorker.getRegistrations()).length,
].reduce((sum, part) => sum + part, 0)"""


def kept_pages(page: Page) -> Any:
    """Give the addresses of the pages that this device keeps."""
    return page.evaluate(STORES)


def keeps_anything(page: Page) -> bool:
    """Tell whether this device keeps anything at all."""
    return bool(page.evaluate(ANYTHING))


def keep_for_the_way(page: Page) -> None:
    """Tap on "Für unterwegs speichern" and wait until it is done."""
    view = page.locator("[data-view]")
    view.locator("summary").click()
    view.get_by_role("button", name="Für unterwegs speichern").click()
    expect(view.get_by_text("Gespeichert für unterwegs")).to_be_visible(timeout=15_000)
    page.keyboard.press("Escape")


def wait_until_kept(page: Page) -> None:
    """Wait until a first tap has kept the pages by itself."""
    expect(page.locator("[data-view] [data-keeping-on]")).not_to_have_attribute("hidden", "", timeout=20_000)


def wake_worker(page: Page, tag: str = "outbox") -> None:
    """Let the browser tell the event's worker that the network is back, as it does when no page of it is open."""
    wire: CDPSession = page.context.new_cdp_session(page)
    found: list[dict[str, Any]] = []
    wire.on("ServiceWorker.workerRegistrationUpdated", lambda event: found.extend(event["registrations"]))
    wire.send("ServiceWorker.enable")
    deadline = time.monotonic() + 5
    while not found and time.monotonic() < deadline:
        page.wait_for_timeout(50)
    one = found[-1]
    origin = "/".join(one["scopeURL"].split("/")[:3])
    asked = {"origin": origin, "registrationId": one["registrationId"], "tag": tag, "lastChance": False}
    wire.send("ServiceWorker.dispatchSyncEvent", asked)


class Line:
    """A line to the server that can be cut without a word, as in a cellar: nothing arrives, nothing is refused."""

    def __init__(self, port: int) -> None:
        self.is_cut = threading.Event()
        self._forgotten: list[socket.socket] = []
        self._target = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Let nothing through any more; connections stay open and silent."""
        self.is_cut.set()

    def mend(self) -> None:
        """Let new connections through; those from before stay dead, as after a change of address."""
        self.is_cut.clear()

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):  # the test is over
            while True:
                caller, _address = self._listener.accept()
                if not self.is_cut.is_set():
                    threading.Thread(target=self._serve, args=(caller,), daemon=True).start()
                else:
                    self._forgotten.append(caller)

    def _serve(self, caller: socket.socket) -> None:
        server = socket.create_connection(("127.0.0.1", self._target))
        for source, target in ((caller, server), (server, caller)):
            threading.Thread(target=self._pump, args=(source, target), daemon=True).start()

    def _pump(self, source: socket.socket, target: socket.socket) -> None:
        is_dead = False
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                is_dead = is_dead or self.is_cut.is_set()
                if not is_dead:
                    target.sendall(data)
            if not is_dead:
                target.shutdown(socket.SHUT_WR)


@contextlib.contextmanager
def line_to(port: int) -> Iterator[Line]:
    """Open a line to the server on `port`."""
    line = Line(port)
    try:
        yield line
    finally:
        line.close()


def release_anew(house: House, mark: str) -> None:
    """Restart the program with what a new release brings: script and style sheet with other names and other bytes."""
    house.stop()
    _rename_assets(house.folder, mark)
    command = [sys.executable, "-m", "tagwerk", "serve", "--port", str(house.port)]
    settings = environment(house.folder) | {"TAGWERK_DEMO": "1"}
    house.process = subprocess.Popen(command, env=settings, stdout=subprocess.PIPE, text=True)
    assert house.process.stdout
    assert house.process.stdout.readline().startswith("ready")


def _rename_assets(folder: Path, mark: str) -> None:
    listing = folder / "static" / "staticfiles.json"
    listed = json.loads(listing.read_text())
    for name in ("build/app.js", "build/app.css"):
        old = folder / "static" / listed["paths"][name]
        stem, ending = name.split(".")
        new = f"{stem}.{mark}.{ending}"
        (folder / "static" / new).write_text(f"{old.read_text()}\n/* {mark} */")
        for gone in old.parent.glob(f"{old.name}*"):
            gone.unlink()
        listed["paths"][name] = new
    listing.write_text(json.dumps(listed))
