"""Proposals come, are read and decided, become drafts of the programme; nobody hears more than they should."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tagwerk.contributions import actions
from tagwerk.contributions.models import Author, Incoming, Remark, Review, Submission
from tagwerk.contributions.privacy import (
    DECLINED_KEPT,
    KEPT,
    forget_author,
    forget_contributions,
    given_out,
    kept_until,
)
from tagwerk.events.actions import found
from tagwerk.kit.refusals import Refusal
from tagwerk.people.actions import add_person
from tagwerk.programme import actions as programme
from tagwerk.programme.models import Participation, Session, Speaker
from tests.contributions.call import WORDS, opened, proposed, speaking
from tests.town import Town, at


def refused(kind: str, act: Any, *args: Any, **kwargs: Any) -> Refusal:
    with pytest.raises(Refusal) as caught:
        act(*args, **kwargs)
    assert caught.value.kind == kind
    return caught.value


def proven(author: Author) -> None:
    """Let somebody open the link in a mail to them."""
    actions.arrive(author, actions.new_key(author, mailed_to=author.email))


def test_proposals_are_taken_while_the_call_is_open(town: Town) -> None:
    refused("call-not-open", proposed, town.event)
    refused("call-not-open", actions.close_call, town.event)
    wrong = {"opens_at": timezone.now(), "closes_at": timezone.now() - timedelta(1)}
    assert set(refused("call", actions.write_call, town.event, wrong).errors) == {"closes_at"}
    opened(town.event)
    submission = proposed(town.event)
    assert [change.audience for change in town.told("contribution.changed")] == ["crew"]
    assert "Kim" not in str([vars(change) for change in town.told("contribution.changed")])
    actions.edit(submission, {"title": "Besser"})
    actions.close_call(town.event)
    refused("call-closed", proposed, town.event)
    refused("call-closed", actions.edit, submission, {"title": "Zu spät"})
    assert Submission.objects.get().title == "Besser"


def test_what_does_not_hold_is_refused_by_field(town: Town) -> None:
    opened(town.event)
    wrong = refused("contribution", proposed, town.event, email="a@b.example\nBcc: x@y.example", title="")
    assert set(wrong.errors) == {"email", "title"}
    assert not Author.objects.exists()


def test_a_flood_is_stopped(town: Town) -> None:
    opened(town.event)
    for number in range(10):
        actions.propose(town.event, WORDS | {"title": f"Nummer {number}"}, origin="house")
    refused("too-many-contributions", actions.propose, town.event, WORDS, origin="house")
    author = actions.propose(town.event, WORDS, origin="elsewhere").author
    for number in range(9):
        actions.propose_more(author, {"title": f"Noch {number}", "kind": "talk", "minutes": 20, "abstract": "x"})
    refused("too-many-contributions", actions.propose_more, author, {"title": "Zu viel", "kind": "talk", "minutes": 20})


def test_who_deletes_everything_each_time_is_counted_all_the_same(town: Town) -> None:
    opened(town.event)
    for _number in range(10):
        forget_author(actions.propose(town.event, WORDS, origin="house").author)
    refused("too-many-contributions", actions.propose, town.event, WORDS, origin="house")
    forget_contributions(timezone.now() + timedelta(minutes=59))
    assert Incoming.objects.count() == 10
    forget_contributions(timezone.now() + timedelta(minutes=61))
    assert not Incoming.objects.exists()


def test_links_open_one_persons_page_and_can_be_made_void(town: Town, neighbours: Town) -> None:
    opened(town.event)
    author = proposed(town.event).author
    first = actions.new_key(author)
    assert actions.author_by(town.event, first) == author
    refused("void-link", actions.author_by, neighbours.event, first)
    latest = [actions.new_key(author) for _number in range(25)][-1]
    assert author.keys.count() == 20
    refused("void-link", actions.author_by, town.event, first)
    only = actions.new_key(author, is_only=True)
    refused("void-link", actions.author_by, town.event, latest)
    assert actions.author_by(town.event, only) == author
    assert only not in str(list(author.keys.values()))


def test_the_crew_scores_and_talks(town: Town) -> None:
    opened(town.event)
    submission, other = proposed(town.event), add_person("jo@musterstadt.example", "Jo", None)
    actions.score(submission, town.mara, 4)
    actions.score(submission, town.mara, 5)
    actions.score(submission, other, 2)
    assert list(Review.objects.order_by("pk").values_list("score", flat=True)) == [5, 2]
    assert Submission.objects.get().state == "review"
    refused("score", actions.score, submission, town.mara, 6)
    for person in (town.mara, other):
        actions.score(submission, person, None)
    assert Submission.objects.get().state == "new"
    said = actions.remark(submission, other, "Passt gut")
    actions.remark(submission, town.mara, "Finde ich auch")
    refused("remark", actions.remark, submission, town.mara, "  ")
    actions.take_remark_back(submission, town.mara, said.pk)
    assert Remark.objects.count() == 2, "only own ones"
    actions.take_remark_back(submission, other, said.pk)
    assert Remark.objects.count() == 1
    actions.decide(submission, "waiting")
    actions.score(submission, town.mara, 1)
    assert Submission.objects.get().state == "waiting"


def test_what_is_accepted_becomes_a_draft_and_goes_with_the_decision(town: Town) -> None:
    opened(town.event)
    submission = proposed(town.event)
    actions.decide(submission, "accepted", "Wir freuen uns.")
    session = Session.objects.get(contribution=submission)
    assert (session.title, session.description, session.host_name) == (
        WORDS["title"],
        WORDS["abstract"],
        "Kim Beispiel, Bea Muster",
    )
    assert Speaker.objects.get(name="Bea Muster").organisation == "Amt für Wege"
    assert Speaker.objects.get(name="Kim Beispiel").technical == "Beamer"
    assert not hasattr(session, "placement")
    refused("contribution-decided", actions.decide, submission, "accepted")
    actions.take_back(submission)
    assert not Session.objects.filter(pk=session.pk).exists()
    assert not Speaker.objects.filter(name="Kim Beispiel").exists()
    submission.refresh_from_db()
    assert (submission.state, submission.message, submission.session) == ("new", "", None)
    refused("contribution-decided", actions.take_back, submission)
    actions.decide(submission, "accepted")
    actions.decide(submission, "declined")
    assert not Participation.objects.exists()


def test_two_who_decide_at_once_lose_nothing(town: Town) -> None:
    opened(town.event)
    submission, seen = proposed(town.event), town.revision
    actions.remark(submission, town.mara, "Eine Bemerkung stört niemanden.")
    actions.decide(submission, "waiting", revision=seen)
    refused("stale", actions.decide, submission, "declined", revision=seen)
    assert len(str(refused("message", actions.decide, submission, "declined", 2001 * "x").detail)) > 0


def test_what_was_told_stays_and_what_is_public_is_the_programmes(town: Town) -> None:
    opened(town.event)
    submission = proposed(town.event)
    actions.decide(submission, "accepted")
    session = Session.objects.get(contribution=submission)
    programme.put_draft(session, programme.slot_at(town.event, at(16), at(17)), town.rooms[0])
    programme.release(town.event)
    refused("contribution-public", actions.take_back, submission)
    refused("contribution-public", actions.withdraw, submission)
    actions.note_told(submission)
    refused("contribution-decided", actions.decide, submission, "declined")
    refused("contribution-closed", actions.withdraw, submission)
    refused("contribution-closed", actions.edit, submission, {"title": "x"})
    session.delete()
    actions.draft_again(submission)
    assert Session.objects.filter(contribution=submission).exists()
    actions.draft_again(submission)
    assert Session.objects.filter(title=WORDS["title"]).count() == 1


def test_who_is_known_under_the_same_address_is_the_same_person(town: Town) -> None:
    opened(town.event)
    known = programme.add_speaker(town.event, {"name": "KIM Beispiel", "email": WORDS["email"], "organisation": "Amt"})
    stranger = programme.add_speaker(town.event, {"name": "Lu", "email": "lu@musterstadt.example"})
    programme.add_speaker(town.event, {"name": "Bea Muster", "organisation": "schon da"})
    first = proposed(town.event)
    proven(first.author)
    second = actions.propose_more(first.author, {"title": "Noch eins", "kind": "talk", "minutes": 20, "abstract": "x"})
    thief = proposed(town.event, name="Lu", email="dieb@woanders.example", further="")
    proven(thief.author)
    for submission in (first, second, thief):
        submission.refresh_from_db()
        actions.decide(submission, "accepted")
    author = Author.objects.get(pk=first.author_id)
    assert (author.speaker, author.speaker and author.speaker.organisation) == (known, "Amt")
    assert Author.objects.get(pk=thief.author_id).speaker != stranger, "a name alone opens nobody's page"
    actions.take_back(second)
    actions.take_back(first)
    assert Speaker.objects.filter(pk=known.pk).exists(), "who was there before stays"
    assert Speaker.objects.get(name="Bea Muster").organisation == "schon da"


def test_a_proposal_is_taken_back_with_its_draft_as_long_as_nothing_was_told(town: Town) -> None:
    opened(town.event)
    submission = proposed(town.event)
    actions.decide(submission, "accepted")
    actions.withdraw(submission)
    assert Submission.objects.get().state == "withdrawn"
    assert not Participation.objects.exists()
    refused("contribution-decided", actions.decide, submission, "accepted")
    refused("contribution-closed", actions.withdraw, submission)


def test_an_address_that_nobody_proved_opens_nobodys_page(town: Town) -> None:
    opened(town.event)
    known = programme.add_speaker(town.event, {"name": "Kim Beispiel", "email": WORDS["email"], "technical": "Geheim"})
    stranger = proposed(town.event, further="").author
    in_browser = actions.new_key(stranger)
    actions.arrive(stranger, in_browser)
    actions.decide(stranger.submissions.get(), "accepted")
    stranger.refresh_from_db()
    assert stranger.speaker
    assert (stranger.speaker == known, stranger.speaker.technical) == (False, "Beamer")
    assert actions.namesake(stranger) is None, "the crew decided with open eyes"


def test_who_opened_the_link_in_our_mail_is_known_again_and_other_links_go(town: Town) -> None:
    opened(town.event)
    known = programme.add_speaker(town.event, {"name": "Kim Beispiel", "email": WORDS["email"]})
    author = proposed(town.event, further="").author
    assert actions.namesake(author) == known
    in_browser, mailed = actions.new_key(author), actions.new_key(author, mailed_to=author.email)
    actions.arrive(author, mailed)
    author.refresh_from_db()
    assert actions.namesake(author) is None
    actions.decide(author.submissions.get(), "accepted")
    author.refresh_from_db()
    assert author.speaker == known
    refused("void-link", actions.author_by, town.event, in_browser)
    assert actions.author_by(town.event, mailed) == author


def test_a_proof_counts_for_the_address_that_was_mailed(town: Town) -> None:
    opened(town.event)
    known = programme.add_speaker(town.event, {"name": "Kim Beispiel", "email": WORDS["email"]})
    author = proposed(town.event, email="kim@woanders.example", further="").author
    proven(author)
    actions.readdress(author, WORDS["email"])
    actions.decide(author.submissions.get(), "accepted")
    author.refresh_from_db()
    assert author.speaker != known


def test_everything_goes_in_time_or_at_once(town: Town) -> None:
    opened(town.event)
    declined, other = proposed(town.event), proposed(town.event, email="b@b.example", title="Bleibt")
    actions.decide(declined, "declined")
    actions.note_told(declined)
    now = timezone.now()
    assert forget_contributions(now + DECLINED_KEPT - timedelta(hours=1)) == 0
    forget_contributions(now + DECLINED_KEPT + timedelta(hours=1))
    assert list(Submission.objects.all()) == [other]
    assert Author.objects.count() == 1
    author = speaking(town.event, title="Dabei", email="c@c.example", name="Cleo")
    assert given_out(author)["speaker"]["name"] == "Cleo"
    assert "speaker" not in given_out(other.author)
    actions.decide(other, "accepted")
    other.author.refresh_from_db()
    assert "speaker" not in given_out(other.author), "nobody has told them yet"
    actions.decide(other, "declined")
    other.author.refresh_from_db()
    forget_author(other.author)
    forget_author(author)
    assert not Speaker.objects.filter(name="Cleo").exists()
    proposed(town.event)
    until = kept_until(town.event)
    assert until == (at(15, 45) + KEPT).astimezone(town.event.timezone).date()
    forget_contributions(at(15, 45) + KEPT + timedelta(minutes=1))
    assert not Author.objects.exists()
    assert kept_until(found("leer", "Ohne Tage")) is None


def test_a_speaker_without_a_session_goes_with_who_they_are(town: Town) -> None:
    speaker = programme.add_speaker(town.event, {"name": "Dora"})
    author = actions.author_of(speaker)
    assert actions.author_of(speaker) == author
    actions.readdress(author, "dora@musterstadt.example")
    forget_author(author)
    assert not Speaker.objects.exists()


def test_what_is_not_public_yet_goes_with_who_deletes_everything(town: Town) -> None:
    opened(town.event)
    author = speaking(town.event, further="")
    draft = Session.objects.get(contribution__author=author)
    programme.put_draft(draft, programme.slot_at(town.event, at(16), at(17)), town.rooms[0])
    forget_author(author)
    refused("nothing-to-release", programme.release, town.event)
    assert not Session.objects.filter(title=WORDS["title"]).exists()
    assert not Speaker.objects.exists()
    forget_author(author)


def test_what_is_public_keeps_the_name_of_who_deletes_everything(town: Town) -> None:
    opened(town.event)
    submission = proposed(town.event, further="")
    author = Author.objects.select_related("speaker").get()
    assert author.speaker is None
    actions.decide(submission, "accepted")  # while their browser says: delete
    session = Session.objects.get(contribution=submission)
    programme.put_draft(session, programme.slot_at(town.event, at(16), at(17)), town.rooms[0])
    programme.release(town.event)
    forget_author(author)
    speaker = Speaker.objects.get()
    assert (speaker.name, speaker.email, speaker.technical) == (WORDS["name"], "", "")
    assert Session.objects.filter(pk=session.pk).exists()


def test_a_speaker_of_an_address_that_only_looks_alike_is_somebody_else(town: Town) -> None:
    opened(town.event)
    known = programme.add_speaker(town.event, {"name": "Kim Beispiel", "email": "\u212aim@musterstadt.example"})
    submission = proposed(town.event)
    proven(submission.author)
    actions.decide(submission, "accepted")
    assert Author.objects.get(pk=submission.author_id).speaker != known


def test_who_was_invited_keeps_their_page_though_they_propose_more(town: Town) -> None:
    opened(town.event)
    ada = programme.add_speaker(town.event, {"name": "Ada", "email": "ada@x.example"})
    author = actions.author_of(ada)
    actions.propose_more(author, {name: WORDS[name] for name in WORDS if name not in ("name", "email", "organisation")})
    author = Author.objects.get(pk=author.pk)
    assert author.speaks
    assert given_out(author)["speaker"]["name"] == "Ada"
