"""An own page is its person's alone: no stranger gets it, nothing old is written there, an embargo does not close it."""

import re
from datetime import timedelta

from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tagwerk.contributions import actions
from tagwerk.contributions.models import Author, Submission
from tagwerk.kit.models import Letter
from tagwerk.programme import actions as programme
from tagwerk.programme.models import Material, Session, Speaker
from tests.contributions.call import WORDS, opened, proposed, speaking
from tests.contributions.test_pages import FORM, entered, main, post, url
from tests.town import Town, at, browser


def test_a_stranger_with_somebodys_address_gets_no_page_of_theirs(
    town: Town, desk: Client, settings: LazySettings
) -> None:
    settings.TAGWERK_MAIL = True
    opened(town.event)
    known = programme.add_speaker(town.event, {"name": "Kim Beispiel", "email": WORDS["email"], "technical": "Geheim"})
    stranger = browser()
    post(stranger, town)
    submission = Submission.objects.get()
    hint = "steht schon unter den Vortragenden"
    assert hint in desk.get(f"/{town.slug}/desk/contributions/{submission.code}/").content.decode()
    mailed = re.search(r"/contributions/mine/(twa_[\w-]+)/", Letter.objects.get().body)
    assert mailed
    browser().get(url(town, f"mine/{mailed[1]}/"))
    assert hint not in desk.get(f"/{town.slug}/desk/contributions/{submission.code}/").content.decode()
    actions.decide(submission, "accepted")
    actions.note_told(submission)
    assert Author.objects.get().speaker == known
    assert stranger.get(url(town, "mine/")).headers["Location"] == url(town, "link/?closed=1")
    assert stranger.post(url(town, "new/"), FORM).headers["Location"] == url(town, "link/"), (
        "not by asking again either"
    )
    assert Submission.objects.count() == 1


def test_a_tab_of_yesterday_undoes_nothing_that_the_crew_corrected(town: Town) -> None:
    opened(town.event)
    author = speaking(town.event, further="")
    programme.edit_speaker(
        Speaker.objects.get(), {"biography": "Alt\n\n Zwei", "links": [{"url": "https://a.example", "title": "A"}]}
    )
    client = entered(town, author)
    seen = re.search(r'name="seen" value="([^"]+)"', client.get(url(town, "mine/")).content.decode())
    assert seen
    programme.edit_speaker(Speaker.objects.get(), {"biography": "Verbessert", "links": []})
    typed = {"organisation": "Amt", "biography": "Alt\r\n\r\n Zwei", "links": "https://a.example A", "technical": ""}
    assert client.post(url(town, "mine/care/"), {"seen": seen[1], **typed}).status_code == 302
    speaker = Speaker.objects.get()
    assert (speaker.organisation, speaker.biography, speaker.links) == ("Amt", "Verbessert", [])
    assert speaker.technical == "", "what was there and was taken out is a change"
    back = client.post(url(town, "mine/care/"), {"seen": seen[1], **typed, "links": "javascript:1"}).content.decode()
    assert seen[0] in back, "what was seen comes back with what was typed"


def test_what_was_told_stays_readable_while_the_crew_thinks_again(town: Town) -> None:
    opened(town.event)
    submission = proposed(town.event)
    actions.decide(submission, "waiting", "Platz drei der Liste.")
    client = entered(town, submission.author)
    assert "Platz drei" not in main(client.get(url(town, "mine/")))
    actions.note_told(submission)
    assert "Platz drei" in main(client.get(url(town, "mine/")))
    actions.decide(submission, "accepted", "Doch dabei!")
    shown = main(client.get(url(town, "mine/")))
    assert ("Platz drei" in shown, "Doch dabei" in shown) == (True, False)
    actions.take_back(submission)
    assert "Platz drei" in main(client.get(url(town, "mine/")))
    assert Submission.objects.get().message == "Platz drei der Liste."
    actions.decide(submission, "accepted", "Doch dabei!")
    actions.note_told(submission)
    assert "Doch dabei" in main(client.get(url(town, "mine/")))


def test_an_embargo_keeps_nothing_from_those_whom_it_protects(town: Town) -> None:
    opened(town.event)
    author = speaking(town.event, further="")
    session = Session.objects.get(contribution__author=author)
    programme.put_draft(session, programme.slot_at(town.event, at(16), at(17)), town.rooms[0])
    programme.release(town.event)
    programme.set_embargo(session, timezone.now() + timedelta(days=1))
    client = entered(town, author)
    shown = main(client.get(url(town, "mine/")))
    assert f"{WORDS['title']}</a>" in shown
    assert WORDS["title"] not in client.get(f"/{town.slug}/").content.decode()
    sent = SimpleUploadedFile("folien.pdf", b"%PDF-1.7\n1 0 obj", "application/pdf")
    answer = client.post(url(town, "mine/slides/"), {"session": session.code, "slides": sent})
    assert (answer.status_code, Material.objects.count()) == (302, 1)
    assert [who for who, _owed in actions.owing(town.event, at(9))] == [author]
    client.post(url(town, "mine/leave/"), {"do": "forget"})
    programme.set_embargo(session, None)
    session.refresh_from_db()
    assert session.host_name == WORDS["name"]
    assert not Material.objects.exists()


def test_slides_are_under_the_embargo_of_their_session(town: Town, client: Client) -> None:
    session = programme.draft(town.event, {"title": "Geheim", "kind": "talk"})
    ada = programme.add_speaker(town.event, {"name": "Ada Beispiel"})
    programme.set_parts(session, [(ada, "speaker")])
    programme.put_draft(session, programme.slot_at(town.event, at(16), at(17)), town.rooms[0])
    programme.release(town.event)
    slides = programme.add_slides(session, ada, "Ada - Geheim.pdf", b"%PDF-1.4")
    programme.publish_slides(slides, public=True)
    page, file = f"/{town.slug}/sessions/{session.code}/", f"/{town.slug}/sessions/{session.code}/slides/{slides.code}/"
    assert "Ada - Geheim" in client.get(page).content.decode()
    assert client.get(file).status_code == 200
    programme.set_embargo(session, timezone.now() + timedelta(days=1))
    assert "Geheim" not in client.get(page).content.decode()
    assert client.get(file).status_code == 404
    programme.set_embargo(session, None)
    assert client.get(file).status_code == 200
