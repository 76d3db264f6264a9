"""What the papers promise happens: on the day that they name, nothing is left of what they say is deleted then."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session as SignIn
from django.db.models import Max, Model
from django.utils import timezone

from tagwerk.barcamp.models import Coming, HandCount, HostSign, Topic
from tagwerk.contributions.models import Author, AuthorKey, RehearsalFile, Remark, Review, Submission
from tagwerk.events.models import Slot
from tagwerk.kit.models import Letter
from tagwerk.kit.personal import Holding, Since
from tagwerk.live.models import Change
from tagwerk.market.models import Booth
from tagwerk.people.actions import forget_old_sessions
from tagwerk.people.models import Card, DeviceKey, DeviceToken, PushSubscription
from tagwerk.programme.models import Absence, Edition, Import, Material, Session, Speaker, TakenImport
from tagwerk.site import settings
from tagwerk.site.asgi import CHORES
from tagwerk.site.dossier.record import every_activity
from tagwerk.site.housekeeping import forget_persons, tidy
from tests.town import Town, planned

pytestmark = pytest.mark.django_db
MARK = "Kanarienvogel"
NOW = timezone.now()


def told(held: Holding) -> list[tuple[str, Any]]:
    """Give what the fields of a holding still say of a person: a text that was left, or whom a row leads to."""
    found = []
    for row in apps.get_model(held.model).objects.all():
        for name in held.fields:
            value = getattr(row, name)
            if MARK in str(value) or (isinstance(value, Model) and type(value).__name__ in ("Person", "DeviceToken")):
                found.append((name, value))
    return found


def deleted_after_the_event() -> Iterator[Holding]:
    for activity in every_activity():
        yield from (held for held in activity.holdings if held.until.since == Since.EVENT)


def end(town: Town) -> datetime:
    last: datetime = Slot.objects.filter(day__event=town.event).aggregate(end=Max("end"))["end"]
    return last


def fill(town: Town) -> None:
    """Leave a trace in everything that the record says is deleted after the event."""
    session, device = planned(town), town.device("Aylin")
    _fill_the_barcamp(session, device)
    _fill_the_programme(town, session)
    _fill_the_call(town)
    Booth.objects.create(event=town.event, code="STAND1", name="Werke", contact_name=MARK)
    Change.objects.filter(stream=town.event.stream).update(actor=MARK, words={"public": {"de": MARK}})


def _fill_the_barcamp(session: Session, device: DeviceToken) -> None:
    DeviceToken.objects.filter(pk=device.pk).update(digest=MARK, origin=MARK)
    DeviceKey.objects.create(device=device, digest=MARK)
    Card.objects.create(realm=device.realm, code="KARTE1", device=device)
    PushSubscription.objects.create(device=device, endpoint=MARK, key="k", secret="s")
    Topic.objects.filter(session=session).update(host_name=MARK, searchable=MARK)
    Session.objects.filter(pk=session.pk).update(host_name=MARK, hosts=[MARK])
    Coming.objects.create(session=session, device=device)
    HostSign.objects.create(session=session, device=device, kind="here")
    HandCount.objects.create(topic=session.topic, hands=1, actor=MARK)


def _fill_the_programme(town: Town, session: Session) -> None:
    event = town.event
    speaker = Speaker.objects.create(event=event, code="REDET1", name="R", email="r@x.example", technical=MARK)
    Material.objects.create(
        session=session, speaker=speaker, code="FOLIE1", name=MARK, kind="pdf", data=b"x", size=1, sent_at=NOW
    )
    Edition.objects.create(event=event, number=999, made_at=NOW, digest="x", content={"people": [MARK]})
    Import.objects.create(event=event, name="plan.csv", content={"people": [MARK]})
    TakenImport.objects.create(event=event, name="plan.csv", sessions={"people": [MARK]})
    Absence.objects.create(event=event, day=town.day, code="WEG001", host_name=MARK)


def _fill_the_call(town: Town) -> None:
    event = town.event
    speaker = Speaker.objects.create(event=event, code="REDET2", name=MARK)
    author = Author.objects.create(
        event=event, name=MARK, email="m@x.example", proven=MARK, origin=MARK, made_at=NOW, speaker=speaker, news=[MARK]
    )
    AuthorKey.objects.create(author=author, digest=MARK, made_at=NOW)
    RehearsalFile.objects.create(author=author, key=MARK, kind="mp4", size=1, sent_at=NOW)
    proposal = Submission.objects.create(
        event=event, author=author, code="IDEE01", title=MARK, kind="talk", minutes=30, abstract="x", made_at=NOW
    )
    Review.objects.create(submission=proposal, person=town.mara, score=3)
    Remark.objects.create(submission=proposal, person=town.mara, text=MARK, made_at=NOW)
    Letter.objects.create(
        scope=f"contributions:{event.pk}", key=MARK, recipient=MARK, subject=MARK, message_id="m", written_at=NOW
    )


def test_on_the_day_that_is_named_nothing_is_left(town: Town) -> None:
    fill(town)
    promised = list(deleted_after_the_event())
    assert [held.model for held in promised if not told(held)] == [], "leave a trace of it above"
    latest = max(held.until.span for held in promised)
    forget_persons(end(town) + latest - timedelta(days=1))
    assert [held.model for held in promised if not told(held)] == [], "it stays while it is needed"
    forget_persons(end(town) + latest + timedelta(minutes=1))
    assert {held.model: told(held) for held in promised if told(held)} == {}


def test_a_sign_in_that_is_over_is_deleted(town: Town) -> None:
    SignIn.objects.create(session_key="alt", session_data="x", expire_date=NOW - timedelta(minutes=1))
    SignIn.objects.create(session_key="neu", session_data="x", expire_date=NOW + timedelta(hours=1))
    forget_old_sessions()
    assert list(SignIn.objects.values_list("session_key", flat=True)) == ["neu"]


def test_the_measures_are_those_of_the_settings() -> None:
    assert "'min_length': 12" in str(settings.AUTH_PASSWORD_VALIDATORS)
    assert settings.PASSWORD_HASHERS[0].endswith(".ScryptPasswordHasher")
    assert (600.0, tidy) in CHORES, "every ten minutes"
