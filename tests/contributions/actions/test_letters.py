"""Mails go out once for their reason, to whom they are meant, with a link of their own that works."""

import re
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.core import mail
from django.utils import timezone

from tagwerk.contributions import actions
from tagwerk.contributions.actions.keys import author_by, new_key
from tagwerk.contributions.models import Author
from tagwerk.contributions.privacy import forget_author
from tagwerk.events.actions import found
from tagwerk.kit.letters import post
from tagwerk.kit.models import Letter
from tagwerk.people.actions import add_person, grant
from tagwerk.people.rules import RoleKind
from tagwerk.programme import actions as programme
from tagwerk.programme.models import Speaker
from tests.contributions.call import BASE, opened, proposed, speaking
from tests.town import Town, at

LINK = re.compile(r"https://ogt\.example(/en)?/musterstadt/contributions/mine/(twa_[\w-]+)/")


@pytest.fixture(autouse=True)
def with_mail(settings: LazySettings) -> None:
    settings.TAGWERK_MAIL = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.DEFAULT_FROM_EMAIL = "Musterstadt <ogt@musterstadt.example>"


def sent() -> list[mail.EmailMessage]:
    """Send what waits, and give it."""
    before = len(mail.outbox)
    assert all(post(letter, timezone.now()) for letter in Letter.objects.filter(due_at__isnull=False))
    return list(mail.outbox[before:])


def test_who_proposed_is_thanked_once_and_nothing_they_typed_goes_out(town: Town) -> None:
    opened(town.event)
    submission = proposed(town.event, title="Kauf jetzt https://boese.example")
    assert actions.thank(submission, BASE)
    assert not actions.thank(submission, BASE)
    (message,) = sent()
    assert (message.to, message.reply_to) == (["kim@musterstadt.example"], [])
    assert "boese" not in f"{message.subject}{message.body}"
    assert "Kim" not in message.body
    found_link = LINK.search(str(message.body))
    assert found_link
    assert actions.author_by(town.event, found_link[2]) == submission.author
    letter = Letter.objects.get()
    assert (letter.body, letter.due_at, message.extra_headers["Message-ID"]) == ("", None, letter.message_id)
    for number in range(6):
        actions.thank(proposed(town.event, title=f"{number}"), BASE)
    assert Letter.objects.count() == 5, "no form fills a mailbox"


def test_english_people_are_written_to_in_english(town: Town) -> None:
    opened(town.event)
    submission = proposed(town.event)
    Author.objects.update(language="en")
    submission.author.refresh_from_db()
    actions.thank(submission, BASE)
    assert "/en/musterstadt/contributions/" in sent()[0].body


def test_a_lost_link_comes_again_only_to_who_has_one(town: Town) -> None:
    opened(town.event)
    proposed(town.event)
    proposed(town.event, title="Noch eins")
    for address in ("niemand@musterstadt.example", "", "KIM@musterstadt.example", "kim@musterstadt.example"):
        actions.send_links_again(town.event, address, BASE)
    (message,) = sent()
    assert len(LINK.findall(str(message.body))) == 2


def test_without_a_mail_server_nobody_voids_a_link_by_asking_for_new_ones(town: Town, settings: LazySettings) -> None:
    opened(town.event)
    author = proposed(town.event).author
    kept = new_key(author)
    settings.TAGWERK_MAIL = ""
    for _number in range(30):
        actions.send_links_again(town.event, author.email, BASE)
        actions.send_link(author, BASE)
    assert author_by(town.event, kept) == author


def test_decisions_are_told_when_the_organisers_say_so(town: Town) -> None:
    opened(town.event)
    yes, wait, no, later = (proposed(town.event, title=title, further="") for title in ("Ja", "Warte", "Nein", "Offen"))
    for submission, decision in ((yes, "accepted"), (wait, "waiting"), (no, "declined"), (later, "declined")):
        actions.decide(submission, decision, "Ein Wort dazu.")
    assert not mail.outbox
    chosen = {yes.code, wait.code, no.code}
    assert actions.tell_decisions(town.event, chosen, BASE) == 3
    assert actions.tell_decisions(town.event, chosen, BASE) == 0
    subjects = [message.subject for message in sent()]
    assert [subject.rpartition(" ")[2] for subject in subjects] == ["Ja", "Warte", "Nein"]
    assert "Ein Wort dazu." in mail.outbox[0].body
    assert [row.code for row in actions.untold(town.event)] == [later.code]
    actions.decide(wait, "accepted")
    assert actions.tell_decisions(town.event, {wait.code}, BASE) == 1
    assert "dabei" in sent()[0].subject


def test_speakers_are_reminded_on_three_days_and_by_hand_once_a_day(town: Town) -> None:
    opened(town.event)
    author = speaking(town.event, further="")
    start = at(10)
    assert actions.remind_speakers(town.event, start - timedelta(days=22), BASE) == 0
    assert actions.remind_speakers(town.event, start - timedelta(days=21), BASE) == 1
    assert actions.remind_speakers(town.event, start - timedelta(days=20), BASE) == 0
    assert actions.remind_speakers(town.event, start - timedelta(days=6), BASE) == 1
    assert actions.remind_speakers(town.event, start - timedelta(days=6), BASE, by_hand=True) == 1
    assert actions.remind_speakers(town.event, start - timedelta(days=6), BASE, by_hand=True) == 0
    assert actions.remind_speakers(town.event, start + timedelta(days=1), BASE) == 0
    messages = sent()
    assert "- Ihre Folien" not in messages[0].body
    assert "- Ihre Folien" in messages[1].body
    Speaker.objects.update(has_confirmed=True, biography="x", recording="no")
    author.refresh_from_db()
    assert [[str(one) for one in owed] for _who, owed in actions.owing(town.event, start - timedelta(days=20))] == [
        ["portrait"]
    ]
    picture = type("P", (), {"data": b"x", "digest": "x", "width": 1, "height": 1})
    programme.set_portrait(Speaker.objects.get(), picture, actor="")  # type: ignore[arg-type]
    assert actions.owing(town.event, start - timedelta(days=20)) == []


def test_nobody_is_reminded_before_they_know_or_without_an_event(town: Town) -> None:
    opened(town.event)
    actions.decide(proposed(town.event, further=""), "accepted")
    assert actions.owing(town.event, at(9)) == []
    assert actions.given_by(proposed(town.event).author) == set()
    empty = found("leer", "Ohne Tage")
    assert actions.remind_speakers(empty, timezone.now(), BASE, by_hand=True) == 0
    assert actions.owing(empty, timezone.now()) == []
    assert actions.remind_reviewers(empty, timezone.now(), BASE) == 0


def test_the_crew_hears_once_before_the_call_closes(town: Town) -> None:
    now = timezone.now()
    opened(town.event, closes_at=now + timedelta(days=10))
    read, unread = proposed(town.event), proposed(town.event, title="Ungelesen")
    helper = add_person("hilfe@musterstadt.example", "Hilfe", None)
    grant(helper, town.event.realm, RoleKind.HELPER)
    actions.score(read, town.mara, 3)
    assert actions.remind_reviewers(town.event, now, BASE) == 0
    soon = now + timedelta(days=8)
    assert actions.remind_reviewers(town.event, soon, BASE) == 1
    assert actions.remind_reviewers(town.event, soon, BASE) == 0
    (message,) = sent()
    assert message.to == [town.mara.email]
    assert "/musterstadt/desk/contributions/" in message.body
    actions.score(unread, town.mara, 3)
    opened(town.event, closes_at=now + timedelta(days=9))
    assert actions.remind_reviewers(town.event, soon, BASE) == 0


def test_somebody_entered_by_hand_gets_a_link_at_most_once_a_minute(town: Town) -> None:
    speaker = programme.add_speaker(town.event, {"name": "Dora", "email": "dora@musterstadt.example"})
    author = actions.author_of(speaker)
    assert actions.send_link(author, BASE)
    (message,) = sent()
    assert "Dora" in message.body
    nobody = actions.author_of(programme.add_speaker(town.event, {"name": "Ohne Adresse"}))
    assert not actions.send_link(nobody, BASE)


def test_who_deletes_everything_each_time_fills_no_mailbox(town: Town) -> None:
    opened(town.event)
    for _number in range(8):
        submission = proposed(town.event)
        actions.thank(submission, BASE)
        sent()
        actions.send_links_again(town.event, submission.author.email, BASE)
        sent()
        forget_author(submission.author)
    assert len(mail.outbox) == 6, "five of thanks, one link within the hour"
    kept = str(list(Letter.objects.values()))
    assert "kim" not in kept
    assert "twa_" not in kept


def test_who_deletes_everything_stops_their_own_letters_only(town: Town) -> None:
    opened(town.event)
    real, stranger = (proposed(town.event, title=title, further="") for title in ("Echt", "Fremd"))
    actions.thank(stranger, BASE)
    actions.decide(real, "accepted")
    actions.tell_decisions(town.event, {real.code}, BASE)
    actions.send_links_again(town.event, real.author.email, BASE)
    forget_author(stranger.author)
    assert [message.subject.partition(":")[0] for message in sent()] == [
        "Ihr Vorschlag ist dabei",
        "Ihr persönlicher Link",
    ]
    forget_author(Author.objects.get())
    assert not Letter.objects.exclude(recipient="", subject="", body="").exists()


def test_an_address_that_only_looks_like_another_brings_nobody_elses_links(town: Town) -> None:
    opened(town.event)
    victim = proposed(town.event, email="ada@ibm.example").author
    stranger = proposed(town.event, title="Anderes").author
    Author.objects.filter(pk=stranger.pk).update(email="ada@\u0131bm.example")  # as it came in before this was refused
    actions.send_links_again(town.event, "ada@\u0131bm.example", BASE)
    assert sent() == []
    actions.send_links_again(town.event, "Ada@IBM.example", BASE)
    (message,) = sent()
    links = LINK.findall(str(message.body))
    assert [actions.author_by(town.event, secret) for _language, secret in links] == [victim]
