"""Those who speak look after their part; the crew sees what is new, others see nothing before it is public."""

from typing import Any

import pytest

from tagwerk.contributions import actions
from tagwerk.contributions.models import Author
from tagwerk.kit.pictures import Picture
from tagwerk.kit.slides import LARGEST
from tagwerk.programme import actions as programme
from tagwerk.programme.models import Material, Portrait, Session, Speaker
from tests.contributions.actions.test_contributions import refused
from tests.contributions.call import opened, proposed, speaking
from tests.town import Town

PDF = b"%PDF-1.7\n1 0 obj"


def news(author: Author) -> list[str]:
    return list(Author.objects.get(pk=author.pk).news)


def test_what_is_said_of_oneself_is_news_for_the_crew(town: Town) -> None:
    opened(town.event)
    author = speaking(town.event)
    said: dict[str, Any] = {"biography": "Ich", "rehearsal_url": "https://video.example/x", "has_confirmed": True}
    actions.care(author, said)
    actions.care(author, said)
    assert news(author) == ["biography", "has_confirmed", "rehearsal_url"]
    told = len(town.told("contribution.changed"))
    actions.care(author, {"name": "Jemand anderes"})
    assert len(town.told("contribution.changed")) == told
    assert Speaker.objects.get(author=author).name == "Kim Beispiel"
    actions.have_seen(author)
    assert news(author) == []
    wrong = {
        "rehearsal_url": "http://unverschluesselt.example",
        "technical": 1001 * "x",
        "links": [{"url": "javascript:1"}],
    }
    assert set(refused("speaker", actions.care, author, wrong).errors) == set(wrong)


def test_a_recording_is_released_under_a_licence_or_not(town: Town) -> None:
    opened(town.event)
    author = speaking(town.event)
    actions.release_recording(author, "yes", "cc-by-4.0")
    speaker = Speaker.objects.get(author=author)
    first = speaker.recording_said_at
    actions.release_recording(author, "yes", "cc-by-4.0")
    actions.release_recording(author, "no", "cc-by-4.0")
    speaker.refresh_from_db()
    assert (speaker.recording, speaker.recording_licence) == ("no", "")
    assert speaker.recording_said_at
    assert first
    assert speaker.recording_said_at > first
    for choice, licence in (("maybe", "here"), ("yes", "mine"), ("", "")):
        refused("recording", actions.release_recording, author, choice, licence)


def test_nobody_cares_for_a_part_they_do_not_know_of(town: Town) -> None:
    opened(town.event)
    submission = proposed(town.event)
    refused("not-speaking", actions.care, submission.author, {"biography": "x"})
    actions.decide(submission, "accepted")
    submission.author.refresh_from_db()
    refused("not-speaking", actions.care, submission.author, {"biography": "x"})


def test_a_photo_comes_and_goes(town: Town) -> None:
    opened(town.event)
    author = speaking(town.event)
    actions.show_face(author, Picture(b"jpeg", 10, 10))
    actions.show_face(author, Picture(b"other", 10, 10))
    assert bytes(Portrait.objects.get().data) == b"other"
    actions.show_face(author, None)
    assert not Portrait.objects.exists()
    assert news(author) == ["portrait"]


def test_slides_are_what_they_say_and_public_only_when_the_crew_says_so(town: Town) -> None:
    opened(town.event)
    author = speaking(town.event, further="")
    session = Session.objects.get(contribution__author=author)
    material = actions.hand_in(author, session, "../../Mein \n Vortrag.exe", PDF)
    assert material.name == "Mein - Vortrag.pdf"
    assert not material.is_public
    programme.publish_slides(material, public=True)
    assert Material.objects.get().is_public
    for raw in (b"", b"<svg onload=alert(1)>", b"MZ\x90", PDF + LARGEST * b"x"):
        refused("slides-too-large" if len(raw) > LARGEST else "no-slides", actions.hand_in, author, session, "x", raw)
    for _number in range(4):
        actions.hand_in(author, session, "x.pdf", PDF)
    refused("too-many", actions.hand_in, author, session, "x.pdf", PDF)
    other = speaking(town.event, name="Lu", email="lu@l.example", further="")
    refused("no-such-part", actions.hand_in, other, session, "x.pdf", PDF)
    actions.take_slides_back(other, material.pk)
    assert Material.objects.count() == 5, "only own ones"
    actions.take_slides_back(author, material.pk)
    assert Material.objects.count() == 4


@pytest.mark.parametrize("field", ["biography", "technical"])
def test_text_without_a_change_is_no_news(town: Town, field: str) -> None:
    opened(town.event)
    author = speaking(town.event, needs="")
    actions.care(author, {field: ""})
    assert news(author) == []
