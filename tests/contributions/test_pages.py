"""The call's pages as people use them: nothing is lost, nothing hostile comes through, a link opens one person's page."""

import io
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from PIL import Image

from tagwerk.contributions import actions
from tagwerk.contributions.models import Author, Call, Submission
from tagwerk.kit import kept_files
from tagwerk.kit.models import Letter
from tagwerk.people.models import Realm
from tagwerk.programme import actions as programme
from tagwerk.programme.models import Material, Portrait, Session
from tests.contributions.call import WORDS, opened, proposed, speaking
from tests.town import Town, at, browser

FORM = {**WORDS, "minutes": "45", "language": "de", "level": "", "track": "", "plain_summary": "", "consent": "on"}


def url(town: Town, path: str = "") -> str:
    return f"/{town.slug}/contributions/{path}"


def post(client: Client, town: Town, path: str = "new/", status: int = 302, **words: Any) -> str:
    answer = client.post(url(town, path), {**FORM, **words} if path in ("new/", "mine/new/") else words)
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode()


def entered(town: Town, author: Author) -> Client:
    client = browser()
    answer = client.get(url(town, f"mine/{actions.new_key(author)}/"))
    assert (answer.status_code, answer.headers["Location"]) == (302, url(town, "mine/"))
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    return client


def main(answer: Any) -> str:
    """Give what a page says, without what differs at each look."""
    return str(answer.content.decode().partition("<main")[2].partition("</main>")[0])


def picture(kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (900, 700), "red").save(out, kind)
    return out.getvalue()


def test_each_phase_has_its_page_and_an_open_call_is_linked(town: Town) -> None:
    client = browser()
    assert "Noch nicht offen" in client.get(url(town)).content.decode()
    now = timezone.now()
    for opens, closes, words, is_open in (
        (now + timedelta(1), None, "Noch nicht offen", False),
        (now - timedelta(1), now + timedelta(1), "Der Aufruf ist offen", True),
        (now - timedelta(2), now - timedelta(1), "Der Aufruf ist zu Ende", False),
    ):
        opened(town.event, opens_at=opens, closes_at=closes)
        assert words in client.get(url(town)).content.decode()
        assert (url(town) in client.get(f"/{town.slug}/").content.decode()) == is_open
        assert client.get(url(town, "new/")).status_code == (200 if is_open else 302)
    assert browser().post(url(town, "new/"), FORM).status_code == 409


def test_what_is_sent_comes_once_and_its_author_gets_a_link(town: Town) -> None:
    opened(town.event)
    client = browser()
    for _time in range(2):
        post(client, town)
    submission = Submission.objects.get()
    shown = client.get(url(town, "mine/thanks/"))
    assert shown.headers["Cache-Control"] == "no-store"
    link = re.search(r"/contributions/mine/(twa_[\w-]+)/", shown.content.decode())
    assert link
    assert actions.author_by(town.event, link[1]) == submission.author
    page = client.get(url(town, "mine/")).content.decode()
    assert submission.title in page
    assert "twa_" not in page
    changed = {**FORM, "title": "Neuer Titel"}
    assert client.post(url(town, f"mine/proposals/{submission.code}/"), changed).status_code == 302
    assert Submission.objects.get().title == "Neuer Titel"
    post(client, town, "mine/new/", title="Noch etwas")
    assert submission.author.submissions.count() == 2
    assert client.post(url(town, f"mine/proposals/{submission.code}/withdraw/")).status_code == 302
    assert Submission.objects.get(pk=submission.pk).state == "withdrawn"
    assert client.get(url(town, "mine/data.json")).json()["email"] == WORDS["email"]
    client.post(url(town, "mine/leave/"), {"do": "forget"})
    assert not Author.objects.exists()
    assert client.get(url(town, "mine/")).headers["Location"] == url(town, "link/?closed=1")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": ""}, "Bitte füllen Sie dieses Feld aus."),
        ({"abstract": 6_001 * "x"}, "Bitte kürzen Sie"),
        ({"kind": "keynote"}, "Bitte wählen Sie"),
        ({"minutes": "7"}, "Bitte wählen Sie"),
        ({"email": "kim@[127.0.0.1]"}, "E-Mail-Adresse"),
        ({"email": "kim@b.example\nBcc: x@y.example"}, "E-Mail-Adresse"),
        ({"further": "\n".join(f"Person {n}" for n in range(9))}, "Das ist zu lang"),
        ({"title": "a\x1bb"}, "Zeichen"),
        ({"consent": ""}, "Ohne Ihr Einverständnis"),
    ],
)
def test_what_does_not_hold_comes_back_with_everything_that_was_typed(
    town: Town, changes: dict[str, str], words: str
) -> None:
    opened(town.event)
    page = post(browser(), town, status=422, **changes)
    assert words in page
    assert "Stadt Musterstadt" in page
    assert not Submission.objects.exists()


def test_a_program_that_fills_in_everything_leaves_nothing(town: Town) -> None:
    opened(town.event)
    post(browser(), town, website="https://spam.example")
    assert not Submission.objects.exists()
    assert browser().post(url(town, "new/"), {**FORM, "abstract": 5_000_000 * "x"}).status_code == 400


def test_hostile_words_harm_nobody(town: Town, desk: Client) -> None:
    opened(town.event)
    evil = '<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1) hx-get="/">'
    client = browser()
    post(client, town, title=evil[:100], abstract=evil, name="Kim\nBcc: x", organisation=evil[:100], plain_summary=evil)
    submission = Submission.objects.get()
    assert submission.author.name == "Kim Bcc: x"
    actions.decide(submission, "accepted")
    pages = [client.get(url(town, "mine/")), desk.get(f"/{town.slug}/desk/contributions/{submission.code}/")]
    for page in pages:
        text = page.content.decode()
        assert "<script>alert" not in text
        assert "javascript:" not in text.replace("[x](javascript:", "")
        assert "<img src=x" not in text


def test_links_are_not_guessed_and_not_told(town: Town, neighbours: Town, settings: LazySettings) -> None:
    settings.TAGWERK_MAIL = True
    Realm.objects.update(minting_budget=100)  # thirty tries
    opened(town.event)
    author = proposed(town.event).author
    secret = actions.new_key(author)
    assert browser().get(f"/{neighbours.slug}/contributions/mine/{secret}/").status_code == 404
    assert browser().get(url(town, "mine/twa_falsch/")).status_code == 404
    answers = [browser().post(url(town, "link/"), {"email": mail}) for mail in (WORDS["email"], "x@y.example")]
    assert main(answers[0]) == main(answers[1])
    assert Letter.objects.count() == 1
    assert browser().post(url(town, "link/"), {"email": "x@[1.1.1.1]"}).status_code == 422
    statuses = {browser().get(url(town, f"mine/twa_{n}/")).status_code for n in range(35)}
    assert statuses == {404, 429}


def test_nobody_comes_to_anothers_proposal(town: Town) -> None:
    opened(town.event)
    mine, theirs = proposed(town.event), proposed(town.event, title="Fremd", email="f@f.example")
    client = entered(town, mine.author)
    for path in (f"mine/proposals/{theirs.code}/", f"mine/proposals/{theirs.code}/withdraw/"):
        assert client.post(url(town, path), FORM).status_code == 404
    lost = browser().post(url(town, "mine/care/"), {"biography": "x"}, follow=True)
    assert lost.redirect_chain == [(url(town, "link/?closed=lost"), 302)]
    assert "nicht (mehr) geöffnet" in main(lost)
    assert "wurde nicht gespeichert" in main(lost)
    away = browser().get(url(town, "mine/rehearsal/?fault=closed"))
    assert away.headers["Location"] == url(town, "link/?closed=lost"), "an upload led there"
    asked = main(browser().get(url(town, "mine/"), follow=True))
    assert ("nicht (mehr) geöffnet" in asked, "wurde nicht gespeichert" in asked) == (True, False)
    assert "geöffnet." not in main(browser().get(url(town, "link/")))


def test_a_decision_shows_only_once_it_was_told(town: Town) -> None:
    opened(town.event)
    submission = proposed(town.event)
    client = entered(town, submission.author)
    before = main(client.get(url(town, "mine/")))
    actions.decide(submission, "accepted", "Herzlich willkommen")
    assert main(client.get(url(town, "mine/"))) == before
    actions.note_told(submission)
    page = client.get(url(town, "mine/")).content.decode()
    assert "Herzlich willkommen" in page
    assert "Kommen Sie?" in page


def test_somebody_who_speaks_looks_after_their_part(town: Town, desk: Client) -> None:
    opened(town.event)
    author = speaking(town.event, further="")
    session = Session.objects.get(contribution__author=author)
    client = entered(town, author)
    post(client, town, "mine/confirm/", value="yes")
    post(
        client,
        town,
        "mine/care/",
        biography="Ich **plane** Wege.",
        links="https://wege.example Wege",
        organisation="Amt",
    )
    assert "mit https://" in post(client, town, "mine/care/", 422, links="javascript:alert(1)", biography="bleibt da")
    post(client, town, "mine/recording/", recording="yes", recording_licence="here")
    post(client, town, "mine/recording/", 422, recording="vielleicht")
    for raw in (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", b"", picture()[:200]):
        post(client, town, "mine/photo/", 422, photo=SimpleUploadedFile("a.png", raw))
    post(client, town, "mine/photo/", photo=SimpleUploadedFile("a.png", picture() + b"<script>alert(1)</script>"))
    portrait = Portrait.objects.get()
    data = bytes(portrait.data)
    assert data.startswith(b"\xff\xd8")
    assert b"script" not in data
    assert client.get(url(town, f"mine/portrait/{portrait.digest}.jpg")).status_code == 200
    public = f"/{town.slug}/speakers/{author.speaker.code}/{portrait.digest}.jpg" if author.speaker else ""
    assert browser().get(public).status_code == 404
    post(client, town, "mine/slides/", session=session.code, slides=SimpleUploadedFile("f.pdf", b"%PDF-1.7 x"))
    post(client, town, "mine/slides/", 422, session=session.code, slides=SimpleUploadedFile("f.pdf", b"<html>"))
    post(client, town, "mine/slides/", 404, session="ZZZZZZ")
    programme.put_draft(session, programme.slot_at(town.event, at(16), at(17)), town.rooms[0])
    programme.release(town.event)
    assert browser().get(public).headers["Content-Type"] == "image/jpeg"
    _slides_are_handed_out(town, desk, author, session)


def _slides_are_handed_out(town: Town, desk: Client, author: Author, session: Session) -> None:
    material, code = Material.objects.get(), author.speaker.code if author.speaker else ""
    everybody = f"/{town.slug}/sessions/{session.code}/slides/{material.code}/"
    crew = f"/{town.slug}/desk/speakers/{code}/slides/{material.code}/"
    assert browser().get(everybody).status_code == 404
    assert desk.get(crew).status_code == 200
    page = desk.get(f"/{town.slug}/desk/speakers/{code}/").content.decode()
    assert "Zusage, Aufzeichnung, Foto, Folien" in page or "Folien" in page
    desk.post(crew, {"public": "on"})
    answer: HttpResponse = browser().get(everybody)  # type: ignore[assignment]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert material.name in browser().get(f"/{town.slug}/sessions/{session.code}/").content.decode()
    desk.post(f"/{town.slug}/desk/speakers/{code}/link/", {"do": "seen"})
    assert not Author.objects.get(pk=author.pk).news


def test_the_desk_gives_a_link_that_opens_the_page(town: Town, desk: Client) -> None:
    speaker = programme.add_speaker(town.event, {"name": "Dora", "email": "dora@musterstadt.example"})
    where = f"/{town.slug}/desk/speakers/{speaker.code}/link/"
    links = []
    for verb in ("copy", "fresh"):
        found = re.search(r"http://testserver(\S+/mine/twa_[\w-]+/)", desk.post(where, {"do": verb}).content.decode())
        assert found
        links.append(found[1])
    assert [browser().get(link).status_code for link in links] == [404, 302]
    assert "fehlt eine Adresse" in desk.post(where, {"do": "send"}).content.decode()


def test_a_call_is_written_by_organisers_in_the_events_zone(town: Town) -> None:
    from tagwerk.people.actions import grant
    from tagwerk.people.rules import RoleKind
    from tests.town import signed_in

    grant(town.mara, town.event.realm, RoleKind.ORGANISER)
    desk, where = signed_in(town.mara), f"/{town.slug}/desk/contributions/call/"
    said = {"text": "Was?", "kinds": ["talk"], "lengths": ["20"], "asks": ["level"], "reminds": "on"}
    wrong = {"opens_at": "2027-03-28T02:30", "closes_at": "unsinn"}
    page = desk.post(where, said | wrong)
    assert page.status_code == 422
    assert "Die Uhr wird vorgestellt" in page.content.decode()
    assert desk.post(where, said | {"opens_at": "2027-03-28T03:30", "closes_at": "2027-03-01T00:00"}).status_code == 422
    assert desk.post(where, said | {"opens_at": "2026-01-10T12:00", "closes_at": "2099-07-10T18:00"}).status_code == 302
    call = Call.objects.get()
    assert call.closes_at
    assert (call.opens_at.hour if call.opens_at else 0, call.closes_at.hour) == (11, 16)
    assert 'value="2099-07-10T18:00"' in desk.get(where).content.decode()
    submission = proposed(town.event, kind="talk", minutes=20)
    list_of = f"/{town.slug}/desk/contributions/"
    assert "0 von 1 von Ihnen bewertet" in desk.get(list_of).content.decode()
    one = f"{list_of}{submission.code}/?state=open"
    answer = desk.post(one, {"do": "score", "score": "4", "next": "1"})
    assert answer.headers["Location"].startswith(list_of)
    assert desk.post(one, {"do": "score", "score": "9"}).status_code == 422
    desk.post(one, {"do": "remark", "text": "Gut"})
    revision = town.revision
    desk.post(one, {"do": "declined", "message": "Schade", "revision": str(revision)})
    page = desk.post(one, {"do": "accepted", "message": "Getippt", "revision": str(revision)})
    assert page.status_code == 422
    assert "Jemand anderes war schneller" in page.content.decode()
    assert "Getippt" in page.content.decode()
    desk.post(one, {"do": "undo"})
    desk.post(one, {"do": "accepted"})
    assert "Radwege" in desk.get(f"{list_of}tell/").content.decode()
    desk.post(f"{list_of}tell/", {"contribution": [submission.code]})
    assert Submission.objects.get().told == "accepted"
    assert "Kim Beispiel" in desk.get(f"{list_of}remind/").content.decode()
    assert desk.post(f"{list_of}remind/").status_code == 302
    desk.post(where, {"do": "close"})
    assert "Der Aufruf ist zu Ende" in browser().get(url(town)).content.decode()
    assert browser().get(f"{list_of}?state=accepted&order=score").status_code == 302


def test_names_stay_hidden_until_the_decision(town: Town, desk: Client) -> None:
    opened(town.event, hides_names=True)
    submission = proposed(town.event)
    pages = [f"/{town.slug}/desk/contributions/", f"/{town.slug}/desk/contributions/{submission.code}/"]
    assert all("Kim Beispiel" not in desk.get(page).content.decode() for page in pages)
    actions.decide(submission, "waiting")
    assert all("Kim Beispiel" in desk.get(page).content.decode() for page in pages)


def test_a_recording_is_for_its_speaker_and_the_crew_alone(
    town: Town, desk: Client, tmp_path: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.TAGWERK_FILES = tmp_path
    monkeypatch.setattr(kept_files, "LEAST_FREE", 0)
    opened(town.event)
    author = speaking(town.event)
    client, music = entered(town, author), b"\xff\xfb\x90\x64" + bytes(400)
    shown = client.get(url(town, "mine/rehearsal/"))
    assert "höchstens 200 MB" in main(shown)
    assert "media-src 'self'" in shown.headers["Content-Security-Policy"]
    assert client.get(url(town, "mine/rehearsal/file/")).status_code == 404
    for raw, fault in ((b"<html>", "kind"), (b"", "empty")):
        answer = client.post(url(town, "mine/rehearsal/"), {"recording": SimpleUploadedFile("a.mp4", raw)}, follow=True)
        assert answer.redirect_chain == [(url(town, f"mine/rehearsal/?fault={fault}"), 302)]
        assert main(answer).count('role="alert"') == 1
    assert "zu wenig Platz" in main(client.get(url(town, "mine/rehearsal/?fault=full")))
    assert "data-upload-fault hidden" in main(client.get(url(town, "mine/rehearsal/?fault=%3Cscript%3E")))
    done = client.post(url(town, "mine/rehearsal/"), {"recording": SimpleUploadedFile("a.exe", music)}, follow=True)
    assert "Ihre Aufnahme ist da" in main(done)
    assert "Probeaufnahme ansehen" in main(client.get(url(town, "mine/")))
    code = author.speaker.code if author.speaker else ""
    crew = f"/{town.slug}/desk/speakers/{code}/rehearsal/"
    for who, address in ((client, url(town, "mine/rehearsal/file/")), (desk, crew)):
        got = who.get(address, headers={"Range": "bytes=4-7"})
        assert (got.status_code, got.headers["Content-Type"], got.getvalue()) == (206, "audio/mpeg", bytes(4))
        assert got.headers["Content-Disposition"] == 'attachment; filename="probeaufnahme.mp3"'
        assert got.headers["X-Content-Type-Options"] == "nosniff"
        assert got.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert got.headers["Cache-Control"] == "no-store"
    assert crew in desk.get(f"/{town.slug}/desk/speakers/{code}/").content.decode()
    opened(town.event)
    other = entered(town, speaking(town.event, email="ida@musterstadt.example", title="Anderes", name="Ida"))
    assert other.get(url(town, "mine/rehearsal/file/")).status_code == 404
    assert browser().get(url(town, "mine/rehearsal/file/")).status_code == 302
    assert browser().get(crew).status_code == 302
    client.post(url(town, "mine/rehearsal/"), {"do": "remove"})
    assert desk.get(crew).status_code == 404


def test_who_only_proposed_has_no_page_for_recordings(town: Town) -> None:
    opened(town.event)
    client = entered(town, proposed(town.event).author)
    assert client.get(url(town, "mine/rehearsal/")).headers["Location"] == url(town, "mine/")
