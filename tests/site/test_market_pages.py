"""The market's pages: found and filtered by everybody, entered by the crew, gone where nobody has a stand."""

import io
from datetime import timedelta
from typing import Any

from django.test import Client
from PIL import Image

from tagwerk.market import actions
from tagwerk.market.models import Booth, BoothLogo, BoothSession
from tagwerk.programme import actions as programme
from tagwerk.programme.models import DraftPlace, Placement, Session
from tests.town import Town, at


def stand(town: Town, name: str = "Stadtwerke", **words: Any) -> Booth:
    return actions.add_booth(town.event, {"name": name, **words})


def page(town: Town, address: str = "", status: int = 200) -> str:
    answer = Client().get(f"/{town.slug}/market/{address}")
    assert answer.status_code == status
    return answer.content.decode()


def form(**changes: Any) -> dict[str, Any]:
    return {"name": "Stadtwerke", "room": "", "track": "", **changes}


def picture() -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(out, "PNG")
    out.name = "logo.png"
    out.seek(0)
    return out


def test_the_market_stands_in_the_navigation_once_there_is_a_stand(town: Town) -> None:
    assert "Marktplatz" not in Client().get(f"/{town.slug}/").content.decode()
    assert "Hier entsteht der Marktplatz" in page(town)
    booth = stand(town)
    assert f"/{town.slug}/market/" in Client().get(f"/{town.slug}/").content.decode()
    actions.put_aside(booth, aside=True)
    assert "Marktplatz" not in Client().get(f"/{town.slug}/").content.decode()
    page(town, f"{booth.code}/", 404)


def test_stands_are_found_by_words_themes_and_tags(town: Town) -> None:
    track = programme.add_track(town.event, "Energie")
    stand(town, shows="Ladesäulen", tags=["Strom"], track=track)
    stand(town, "Freifunk", tags=["Netz"])
    assert "Freifunk" not in page(town, "?q=ladesaeule")
    assert "Freifunk" not in page(town, f"?track={track.slug}")
    assert "Stadtwerke" not in page(town, "?tag=netz")
    assert "Dazu gibt es keinen Stand" in page(town, "?tag=%00%3Cscript%3E")
    both = page(town)
    assert both.index("Stadtwerke") < both.index("Freifunk")
    assert "Weitere Stände" in both


def test_a_session_that_became_a_talk_stays_at_its_stand_when_that_is_saved(town: Town, desk: Client) -> None:
    booth, other = stand(town), stand(town, "Freifunk")
    session = actions.prepare_at(booth, actions.Plan("Ladesäulen", at(8), at(9)))
    programme.edit(session, {"title": "Ladesäulen", "kind": "talk"})
    address = f"/{town.slug}/desk/market/{booth.code}/"
    assert "Ladesäulen" in desk.get(address).content.decode()
    for elsewhere in (f"{other.code}/", "new/"):
        assert "Ladesäulen" not in desk.get(f"/{town.slug}/desk/market/{elsewhere}").content.decode()
    assert desk.post(address, form(sessions=[session.code])).status_code == 302
    assert BoothSession.objects.get().booth == booth


def test_a_stand_tells_its_sessions_and_a_session_its_stand(town: Town) -> None:
    booth = stand(town, number="12", place="Foyer", about="**Fett** <script>", contact_mail="a@a.example")
    session = programme.schedule(town.event, town.slots[0], town.rooms[0], title="Ladesäulen", kind="stand")
    actions.set_sessions(booth, [session.code])
    shown = page(town, f"{booth.code}/")
    assert "Ladesäulen" in shown
    assert f"/sessions/{session.code}/session.ics" in shown
    assert "<b>Stand 12, Foyer</b>" in shown
    assert "<strong>Fett</strong>" in shown
    assert "<script>" not in shown.partition("<main")[2].partition("</main>")[0]
    of_session = Client().get(f"/{town.slug}/sessions/{session.code}/").content.decode()
    assert f"/{town.slug}/market/{booth.code}/" in of_session
    assert Client().get(f"/{town.slug}/market/{booth.code.lower()}/").status_code == 302
    told = Client().get(f"{town.api}/market/{booth.code}").json()
    assert (told["where"], told["sessions"]) == ("Stand 12, Foyer", [session.code])
    assert "a@a.example" not in Client().get(f"{town.api}/market").content.decode()
    assert Client().get(f"{town.api}/market/ZZZZZZ").status_code == 404


def test_the_desk_enters_edits_and_puts_aside(town: Town, desk: Client) -> None:
    base = f"/{town.slug}/desk/market"
    programme.schedule(town.event, town.slots[0], town.rooms[0], title="Ladesäulen", kind="stand")
    assert desk.get(f"{base}/new/").status_code == 200
    assert desk.post(f"{base}/new/", form(name="")).status_code == 422
    session = Session.objects.get(kind="stand")
    sent = form(sessions=[session.code], tags="A, B", room=str(town.rooms[0].pk), logo=picture())
    assert desk.post(f"{base}/new/", sent).status_code == 302
    booth = Booth.objects.get()
    assert (booth.tags, booth.room, BoothSession.objects.get().booth) == (["A", "B"], town.rooms[0], booth)
    digest = BoothLogo.objects.get().digest
    for address in (f"/{town.slug}/market/logos/{digest}.png", f"{base}/logos/{digest}.png"):
        assert desk.get(address).headers["Content-Type"] == "image/png"
    assert "Ladesäulen" in desk.get(f"{base}/{booth.code}/").content.decode()
    assert desk.post(f"{base}/{booth.code}/", form(contact_mail="nein")).status_code == 422
    assert desk.post(f"{base}/{booth.code}/", form(revision="0", name="B")).status_code == 422, "somebody was faster"
    assert desk.post(f"{base}/{booth.code}/", form(drop_logo="on")).status_code == 302
    assert not BoothLogo.objects.exists()
    no_picture = io.BytesIO(b"GIF89a<script>")
    no_picture.name = "x.gif"
    assert desk.post(f"{base}/{booth.code}/", form(logo=no_picture)).status_code == 422
    answer = desk.post(f"{base}/{booth.code}/aside/", {"aside": "on"})
    assert "Zur Seite gelegt" in desk.get(answer.headers["Location"]).content.decode()
    desk.post(f"/{town.slug}/desk/undo/", {"revision": answer.headers["Location"].partition("undo=")[2]})
    assert Booth.objects.get().is_shown
    desk.post(f"{base}/{booth.code}/aside/", {"aside": "on"})
    assert desk.post(f"{base}/{booth.code}/remove/").status_code == 302
    assert not Booth.objects.exists()


def test_a_list_is_shown_before_it_is_taken_over(town: Town, desk: Client) -> None:
    base = f"/{town.slug}/desk/market"
    assert desk.post(f"{base}/list/", {"text": " "}).status_code == 422
    text = "Name;Stand;E-Mail\nStadtwerke;12;a@a.example\nFreifunk;2;nein"
    shown = desk.post(f"{base}/list/", {"text": text}).content.decode()
    assert "Neu: 1." in shown
    assert "Bleibt draußen: 1" in shown
    assert not Booth.objects.exists()
    assert desk.post(f"{base}/list/", {"text": text, "apply": "on"}).status_code == 302
    assert Booth.objects.get().number == "12"
    table = io.BytesIO(b"Name;Stand\nStadtwerke;13\nNeu;1")
    table.name = "liste.csv"
    assert "Geändert: 1." in desk.post(f"{base}/list/", {"file": table}).content.decode()
    desk.post(f"{base}/list/", {"text": "Stadtwerke;13\nNeu;1", "apply": "on"})
    assert desk.post(f"{base}/order/").status_code == 302
    assert [booth.name for booth in Booth.objects.all()] == ["Neu", "Stadtwerke"]
    last = Booth.objects.get(name="Stadtwerke")
    desk.post(f"{base}/{last.code}/up/")
    assert [booth.name for booth in Booth.objects.all()] == ["Stadtwerke", "Neu"]


def test_visiting_hours_are_prepared_and_shown_once_released(town: Town, desk: Client) -> None:
    base, day = f"/{town.slug}/desk", town.day.date.isoformat()
    said = {"title": "Marktzeit", "day": day, "start": "17:00", "end": "17:30"}
    assert desk.post(f"{base}/market/hours/", {**said, "end": "16:00"}).status_code == 422
    assert desk.post(f"{base}/market/hours/", {**said, "day": "2027-03-28", "start": "02:30"}).status_code == 422
    assert desk.post(f"{base}/market/hours/", said).status_code == 302
    assert "noch nicht veröffentlicht" in desk.get(f"{base}/market/").content.decode()
    session = DraftPlace.objects.get().session
    desk.post(f"{base}/programme/release/", {"session": [session.code]})
    assert Placement.objects.get(session=session).slot.start == at(17)
    stand(town)
    assert "17:00</time>–17:30" in page(town)
    item = {
        **said,
        "title": "",
        "kind": "market",
        "level": "",
        "room": str(town.rooms[0].pk),
        "start": "18:00",
        "end": "19:00",
    }
    assert desk.post(f"{base}/programme/new/", item).status_code == 302
    draft = DraftPlace.objects.select_related("session").get()
    assert (draft.session.title, draft.room) == ("Marktzeit", None), "it concerns the whole house"
    assert "nichts läuft parallel" in Client().get(f"/{town.slug}/schedule/").content.decode()


def said(town: Town, **changes: Any) -> dict[str, Any]:
    day = town.day.date.isoformat()
    room = str(town.rooms[1].pk)
    return {"title": "Ladesäulen ausprobieren", "day": day, "start": "10:00", "end": "10:20", "room": room, **changes}


def test_a_session_is_prepared_from_its_stand_in_one_step(town: Town, desk: Client) -> None:
    booth = stand(town, room=town.rooms[1])
    address = f"/{town.slug}/desk/market/{booth.code}/sessions/new/"
    assert f'value="{town.rooms[1].pk}" selected' in desk.get(address).content.decode()
    made = desk.post(address, said(town), follow=True).content.decode()
    assert "Angelegt: " in made
    session = BoothSession.objects.get(booth=booth).session
    assert (session.kind, session.title) == ("stand", "Ladesäulen ausprobieren")
    assert DraftPlace.objects.get(session=session).room == town.rooms[1]
    assert "Ladesäulen ausprobieren" not in page(town, f"{booth.code}/"), "public with the next release"
    programme.release(town.event)
    assert "Ladesäulen ausprobieren" in page(town, f"{booth.code}/")


def test_what_does_not_hold_comes_back_with_what_was_typed(town: Town, desk: Client) -> None:
    booth = stand(town)
    address = f"/{town.slug}/desk/market/{booth.code}/sessions/new/"
    for changes in (
        {"title": ""},
        {"end": "09:00"},
        {"room": "999999"},
        {"day": (town.day.date + timedelta(days=40)).isoformat()},
        {"title": 500 * "x"},
    ):
        answer = desk.post(address, said(town, **changes))
        assert answer.status_code == 422, changes
        assert "10:00" in answer.content.decode()
    assert not BoothSession.objects.exists()
    assert not DraftPlace.objects.exists()
    assert town.event.days.count() == 1
    assert desk.get(f"/{town.slug}/desk/market/ZZZZZZ/sessions/new/").status_code == 404


def test_a_clash_is_named_and_can_be_accepted_with_a_reason(town: Town, desk: Client) -> None:
    booth = stand(town, room=town.rooms[1])
    address = f"/{town.slug}/desk/market/{booth.code}/sessions/new/"
    programme.schedule(town.event, town.slots[0], town.rooms[1], title="Haushalt", kind="talk")
    refused = desk.post(address, said(town)).content.decode()
    assert "„Ladesäulen ausprobieren“ und „Haushalt“ stehen zur gleichen Zeit im selben Raum." in refused
    assert "Warum das trotzdem geht" in refused
    assert not DraftPlace.objects.exists()
    assert desk.post(address, said(town, override="Der Stand steht an der Tür.")).status_code == 302
    assert DraftPlace.objects.get().override == "Der Stand steht an der Tür."
