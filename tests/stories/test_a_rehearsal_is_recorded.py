"""Somebody who speaks hands in a recording, sees how far it is, replaces and deletes it; the crew plays it, nobody else."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.stories.conftest import Somebody
from tests.stories.house import House

OWN_LINK = """
from tagwerk.contributions import actions; from tagwerk.events.models import Event; from tagwerk.programme.actions import add_speaker
speaker = add_speaker(Event.objects.at('{event}').get(), {{'name': '{name}'}})
print(speaker.code, actions.new_key(actions.author_of(speaker)))
"""
FRAME = b"\xff\xfb\x90\x64" + bytes(413)  # a moment of silence
LISTEN = """() => {
    window.heard = [];
    const place = document.querySelector("form[data-upload] [role=status]");
    new MutationObserver(() => window.heard.push(place.textContent)).observe(place, {childList: true});
}"""
PART = """async (address) => {
    const answer = await fetch(address, {headers: {Range: "bytes=4170-4173"}});
    return [answer.status, answer.headers.get("content-range"), [...new Uint8Array(await answer.arrayBuffer())]];
}"""


@pytest.fixture
def music(tmp_path: Path) -> Path:
    """Give a recording that takes its time on a slow line."""
    file = tmp_path / "probe.mp3"
    file.write_bytes(FRAME * 20_000)  # eight megabytes
    return file


def speaker(house: House, name: str) -> tuple[str, str]:
    """Enter somebody who speaks; gives their code and the way to their own page."""
    code, secret = house.run(OWN_LINK.format(event=house.event, name=name)).split()
    return code, f"contributions/mine/{secret}/"


def test_it_is_uploaded_with_a_bar_stopped_replaced_and_played(
    house: House, phone: Somebody, desk: Page, music: Path
) -> None:
    code, link = speaker(house, "Ada Beispiel")
    page = phone(link)
    page.get_by_role("link", name="Probeaufnahme hochladen").click()
    page.locator("#recording-file").set_input_files(music)
    line = page.context.new_cdp_session(page)
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 400_000}
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", slow)
    page.evaluate(LISTEN)
    page.get_by_role("button", name="Hochladen").click()
    expect(page.locator("progress")).to_be_visible()
    expect(page.locator("[data-upload-said]")).to_have_text(re.compile(r"[1-9]\d %"))
    assert set(page.evaluate("window.heard")) <= {f"{percent} %" for percent in range(0, 101, 10)}
    assert len(page.evaluate("window.heard")) >= 2
    page.get_by_role("button", name="Abbrechen").click()
    expect(page.locator("progress")).to_be_hidden()
    expect(page.get_by_text("probe.mp3")).to_be_visible()
    line.send("Network.emulateNetworkConditions", {**slow, "uploadThroughput": -1})
    page.get_by_role("button", name="Hochladen").click()
    expect(page.get_by_role("heading", name="Ihre Aufnahme ist da")).to_be_visible(timeout=15_000)

    desk.goto(house.at(f"desk/speakers/{code}/"))
    address = desk.locator("audio").get_attribute("src")
    size = music.stat().st_size
    assert desk.evaluate(PART, address) == [206, f"bytes 4170-4173/{size}", [255, 251, 144, 100]]
    with desk.expect_download() as download:
        desk.get_by_role("link", name="Herunterladen").click()
    assert Path(download.value.path()).read_bytes() == music.read_bytes()
    assert download.value.suggested_filename == "probeaufnahme.mp3"
    stranger = phone("schedule/")
    assert stranger.evaluate(PART, address)[0] != 206
    page.get_by_role("button", name="Aufnahme löschen").click()
    expect(page.get_by_role("heading", name="Ihre Aufnahme ist da")).to_be_hidden()
    assert desk.evaluate(PART, address)[0] == 404


def test_what_cannot_be_taken_is_said_before_and_after(house: House, phone: Somebody, tmp_path: Path) -> None:
    _code, link = speaker(house, "Ida Beispiel")
    page = phone(link)
    page.goto(house.at("contributions/mine/rehearsal/"))
    large, other = tmp_path / "large.mp4", tmp_path / "page.mp4"
    with large.open("wb") as file:
        file.truncate(201 * 1024 * 1024)
    other.write_text("<html>" * 1000)
    page.locator("#recording-file").set_input_files(large)
    page.get_by_role("button", name="Hochladen").click()
    expect(page.get_by_role("alert").filter(has_text="höchstens 200 MB")).to_be_visible()
    expect(page.get_by_text("large.mp4")).to_be_visible()
    page.locator("#recording-file").set_input_files(other)
    page.get_by_role("button", name="Hochladen").click()
    expect(page.get_by_role("alert").filter(has_text="MP4, WebM, OGG")).to_be_visible()


def test_without_javascript_the_form_does_the_same(house: House, phone: Somebody, music: Path, tmp_path: Path) -> None:
    _code, link = speaker(house, "Eda Beispiel")
    page = phone(link, java_script_enabled=False)
    page.goto(house.at("contributions/mine/rehearsal/"))
    page.locator("#recording-file").set_input_files(music)
    page.get_by_role("button", name="Hochladen").click()
    expect(page.get_by_role("heading", name="Ihre Aufnahme ist da")).to_be_visible(timeout=15_000)
    large = tmp_path / "large.mp4"
    with large.open("wb") as file:
        file.truncate(201 * 1024 * 1024)
    page.locator("#recording-file").set_input_files(large)
    page.get_by_role("button", name="Hochladen").click()
    expect(page.get_by_role("alert").filter(has_text="höchstens 200 MB")).to_be_visible(timeout=30_000)
    expect(page.get_by_role("heading", name="Ihre Aufnahme ist da")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_who_has_lost_the_link_hears_that_and_not_of_the_line(
    house: House,
    phone: Somebody,
    tmp_path: Path,
    scripts: bool,  # noqa: FBT001
) -> None:
    _code, link = speaker(house, f"Oda Beispiel {scripts}")
    page = phone(link, java_script_enabled=scripts)
    film, picture = tmp_path / "film.mp4", tmp_path / "ich.jpg"
    with film.open("wb") as file:
        file.truncate(60 * 1024 * 1024)
    picture.write_bytes(bytes(1024 * 1024))
    page.goto(house.at("contributions/mine/rehearsal/"))
    page.context.clear_cookies()  # as when the browser was closed in between
    page.locator("#recording-file").set_input_files(film)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.get_by_role("button", name="Hochladen").click()
    lost = page.get_by_role("alert").filter(has_text="nicht (mehr) geöffnet. Was Sie gerade geschickt haben")
    expect(lost).to_be_visible(timeout=30_000)
    expect(page.get_by_role("heading", name="Persönlicher Link")).to_be_visible()
    assert ("POST" in sent) is not scripts, "with a script nothing of the file is sent in vain"
    page.goto(house.at(link))
    page.context.clear_cookies()
    page.locator("#photo-file").set_input_files(picture)
    page.get_by_role("button", name="Foto hochladen").click()
    expect(lost).to_be_visible(timeout=30_000)
