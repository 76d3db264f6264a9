"""The event as an app: what its manifest says, in which words, its icons, and that nothing private may be kept."""

import json
import re
import struct
import zlib
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse

import tagwerk.kit
from tagwerk.events.models import ACCENTS, Event
from tagwerk.events.rules import Phase
from tagwerk.kit.accents import COLOURS
from tagwerk.site import app_icons
from tests.town import Town, browser, planned

STYLES = Path(tagwerk.kit.__file__).parent / "assets" / "css" / "tokens.css"
WORKER = Path(tagwerk.kit.__file__).parent / "assets" / "js" / "app-worker.js"


def manifest(town: Town, language: str = "") -> Any:
    answer = browser().get(f"{language}/{town.slug}/manifest.webmanifest")
    assert answer.headers["Content-Type"] == "application/manifest+json"
    return json.loads(answer.content)


def change(town: Town, **values: object) -> None:
    Event.objects.filter(pk=town.event.pk).update(**values)


def size_of(png: bytes) -> tuple[int, int]:
    """Read the size of a picture, and look whether all of it is there."""
    width, height = struct.unpack(">II", png[16:24])
    data = png[png.index(b"IDAT") + 4 : png.index(b"IEND") - 8]
    assert len(zlib.decompress(data)) == (width + 1) * height
    return width, height


def test_a_manifest_names_its_event_and_stays_on_the_host_it_was_asked_under(town: Town) -> None:
    german, english = manifest(town), manifest(town, "/en")
    assert german["name"] == town.event.name
    assert [german[key] for key in ("id", "scope", "start_url")] == [f"/{town.slug}/"] * 3
    assert [english[key] for key in ("id", "scope", "start_url")] == [f"/en/{town.slug}/"] * 3
    assert (german["lang"], english["lang"]) == ("de", "en")
    assert all(
        place["src" if "src" in place else "url"].startswith("/") for place in german["icons"] + german["shortcuts"]
    )
    assert {shortcut["name"] for shortcut in english["shortcuts"]} == {
        "Programme",
        "My plan",
        "Topics",
        "Propose a topic",
    }


def test_a_manifest_speaks_as_its_event_does(town: Town) -> None:
    said = json.dumps(manifest(town), ensure_ascii=False)
    assert "Was Sie sich vorgenommen haben" in said
    change(town, address_form="du")
    informal = json.dumps(manifest(town), ensure_ascii=False)
    assert "Was du dir vorgenommen hast" in informal
    assert not re.search(r"\b(Sie|Ihr)\b", informal)


def test_what_is_over_offers_no_new_topics_and_a_draft_is_no_app(town: Town) -> None:
    change(town, phase=Phase.DOCUMENTED)
    assert not any("topics/new" in shortcut["url"] for shortcut in manifest(town)["shortcuts"])
    change(town, phase=Phase.DRAFT)
    for path in ("manifest.webmanifest", "sw.js", "icons/192", "offline/"):
        assert browser().get(f"/{town.slug}/{path}").status_code == 404


def test_every_icon_of_a_manifest_is_there_in_its_size(town: Town) -> None:
    for icon in manifest(town)["icons"]:
        answer: HttpResponse = browser().get(icon["src"])  # type: ignore[assignment]
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, icon["type"])
        if icon["type"] == "image/png":
            assert "x".join(map(str, size_of(answer.content))) == icon["sizes"]
    assert browser().get(f"/{town.slug}/icons/77").status_code == 404
    before = manifest(town)["icons"][0]["src"]
    change(town, accent="rot")
    assert manifest(town)["icons"][0]["src"] != before
    assert manifest(town)["theme_color"] == "#ad241c"


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Barcamp Musterstadt", "BM"),
        ("„Tag“ der offenen Daten", "TD"),
        ("örtlich", "Ö"),
        ("2. Open Government Tag", "2O"),
        ("– 日本 – straße", "S"),
        ("日本", ""),
    ],
)
def test_initials_are_letters_that_can_be_drawn(name: str, letters: str) -> None:
    assert app_icons.initials(name) == letters
    assert size_of(app_icons.png(name, "petrol", 192, is_whole=False)) == (192, 192)


def test_icons_have_the_colours_of_the_pages() -> None:
    first = re.findall(r"--tw-accent: (#\w{6});", STYLES.read_text())[0]
    others = dict(
        re.findall(r'data-accent="(\w+)"\], \[data-track="\w+"\] \{ --tw-accent: (#\w{6}); \}', STYLES.read_text())
    )
    assert {"blau": first, **others} == COLOURS
    assert set(COLOURS) == set(ACCENTS)


def test_what_the_worker_may_keep_is_public_and_what_is_private_is_never_stored(town: Town, desk: Any) -> None:
    found = re.search(r"const PUBLIC = /(.+)/;", WORKER.read_text())
    assert found
    public = re.compile(found[1])
    session = planned(town)
    paths = [
        "",
        "schedule/",
        "rooms/",
        "offline/",
        "how-planned/",
        "topics/",
        "topics/new/",
        f"sessions/{session.code}/",
    ]
    for path, client in product(paths, (browser(), browser(town, "Aylin"), desk)):
        answer = client.get(f"/{town.slug}/{path}")
        assert public.search(path), path
        assert answer.headers["Cache-Control"].startswith("public"), path
    for path in ("mine/", "mine/code/", "desk/", "desk/stage/", "desk/regie/", "desk/planning/", "join/", "board/"):
        assert not public.search(path)
    for path in ("mine/", "mine/code/", "desk/", "desk/stage/", "desk/live-token/", "desk/print/"):
        for client in (browser(), browser(town, "Aylin"), desk):
            assert client.get(f"/{town.slug}/{path}").headers["Cache-Control"] == "no-store", path
    mine = browser(town, "Aylin").get(f"/{town.slug}/mine/", headers={"Accept": "application/json"})
    assert mine.headers["Cache-Control"] == "no-store"


def test_rooms_say_what_happens_in_them(town: Town) -> None:
    session = planned(town)
    page = browser().get(f"/{town.slug}/rooms/").content.decode()
    assert page.index("Saal") < page.index("Raum 2") < page.index("Werkstatt")
    assert f"/sessions/{session.code}/" in page
    assert "Induktionsschleife" not in page
    assert "100 Plätze" in page
