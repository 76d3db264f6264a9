"""What a session brought: one line, said by its host or the crew once it has begun."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tagwerk.barcamp import actions as barcamp
from tagwerk.events.actions import shift
from tagwerk.kit.refusals import Forbidden, Invalid, Refusal
from tagwerk.programme.actions import LONGEST_INSIGHT, sum_up
from tagwerk.programme.models import Session
from tests.town import Town, planned

pytestmark = pytest.mark.django_db


def begun(town: Town) -> Session:
    """Give Aylin's session, which began ten minutes ago."""
    session = planned(town)
    shift(town.event, timezone.now() - session.placement.slot.start - timedelta(minutes=10))
    return Session.objects.of(town.event).get(pk=session.pk)


def test_the_crew_says_what_a_session_brought_and_changes_it(town: Town) -> None:
    session = begun(town)
    revision = sum_up(session, "  Daten gehören\n allen. ", actor="person:1")
    assert Session.objects.get(pk=session.pk).note == "Daten gehören allen."
    assert (town.told()[-1].kind, town.told()[-1].revision) == ("session.insight", revision)
    sum_up(session, "", actor="person:1")
    assert (Session.objects.get(pk=session.pk).note, town.told()[-1].before) == (
        "",
        {"insight": "Daten gehören allen."},
    )


def test_before_it_begins_nobody_knows(town: Town) -> None:
    with pytest.raises(Refusal) as refusal:
        sum_up(planned(town), "Schon klar.")
    assert refusal.value.kind == "not-begun"


def test_a_wall_holds_one_sentence(town: Town) -> None:
    session = begun(town)
    with pytest.raises(Invalid):
        sum_up(session, "x" * (LONGEST_INSIGHT + 1))
    sum_up(session, "x" * LONGEST_INSIGHT)


def test_what_somebody_else_wrote_meanwhile_is_not_lost(town: Town) -> None:
    session = begun(town)
    seen = town.revision
    sum_up(session, "Eins.", revision=seen)
    with pytest.raises(Refusal):
        sum_up(session, "Zwei.", revision=seen)


def test_hosts_say_it_of_their_own_sessions_only(town: Town) -> None:
    session = begun(town)
    barcamp.sum_up_own(town.event, session.code, town.device("Aylin"), "Wir machen weiter.")
    assert Session.objects.get(pk=session.pk).note == "Wir machen weiter."
    with pytest.raises(Forbidden):
        barcamp.sum_up_own(town.event, session.code, town.device("Bela"), "Stimmt nicht.")
