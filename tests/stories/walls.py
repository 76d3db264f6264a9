"""An event for the walls: seven rooms full of long titles, and the switch that brings it into every state."""

from typing import TYPE_CHECKING

from tests.stories.house import House

if TYPE_CHECKING:
    from tagwerk.events.models import Event
    from tagwerk.programme.models import Session

TITLE = "Wie wird aus dem Haushalt ein Gespräch mit allen im Ort? ({})"  # 60 characters, the longest
NAME = "Öznur Çelik-Wattenscheidt"
NOTE = "Erst die Menschen fragen, dann die Technik wählen: sonst nutzt es am Ende niemand, und das wird teuer."


def fill(house: House, slug: str) -> None:
    """Fill the running slot and the next one, in an event founded by `another_event`."""
    house.run(f"from tests.stories.walls import fill_inside as f; f('{slug}')")


def bring(house: House, **state: str) -> None:
    """Bring the event into a state: `phase`, `wall`, `stage`, `notice`, `full`."""
    house.run(f"from tests.stories.walls import bring_inside as f; f('{house.event}', **{state!r})")


def fill_inside(slug: str) -> None:
    from datetime import timedelta

    from django.utils import timezone

    from tagwerk.events.actions import add_room, shift
    from tagwerk.events.models import Event, Slot
    from tagwerk.programme.actions import schedule
    from tagwerk.programme.models import Session

    event = Event.objects.at(slug).get()
    for name in ("Trausaal", "Dachterrasse mit Blick"):
        add_room(event, name, 20)
    first, second = Slot.objects.filter(day__event=event, is_open=True).order_by("start")[:2]
    shift(event, timezone.now() - first.start - timedelta(minutes=5))
    for slot in (first, second):
        for room in event.rooms.all():
            session = schedule(event, slot, room, title=TITLE.format(room.position), host_name=NAME, kind="barcamp")
            _give_topic(session)
    Session.objects.filter(event=event, placement__room__position=1).update(note=NOTE)


def _give_topic(session: "Session") -> None:
    from tagwerk.barcamp.models import Topic

    number = 27 + Topic.objects.filter(event=session.event).count()
    code = f"T{number:05}"
    Topic.objects.create(
        event=session.event,
        number=number,
        code=code,
        title=session.title,
        host_name=NAME,
        state="planned",
        session=session,
    )


def bring_inside(slug: str, **state: str) -> None:
    from django.utils import timezone

    from tagwerk.barcamp.actions.rounds import begin_round, enter_round_phase
    from tagwerk.barcamp.models import PitchRound
    from tagwerk.events.actions import switch_walls
    from tagwerk.events.models import Event
    from tagwerk.programme.actions import announce, mark_full, withdraw_announcement
    from tagwerk.programme.cards import grid_of
    from tagwerk.programme.models import Session

    event = Event.objects.at(slug).get()
    if phase := state.get("phase"):
        if not PitchRound.objects.filter(event=event).exists():
            begin_round(event, pitch_at=timezone.now(), announce_at=timezone.now())
        enter_round_phase(event, phase)
    if "stage" in state:
        _call(event)
    for old in event.announcements.filter(is_withdrawn=False):
        withdraw_announcement(old)
    if notice := state.get("notice"):
        announce(event, notice)
    if "full" in state:
        now = grid_of(event).now_and_next()[0]
        full, alone = (Session.objects.get(code=card.code) for card in now.sessions[:2])
        mark_full(full, full=True)
        Session.objects.filter(pk__in=[full.pk, alone.pk]).update(searching_since=timezone.now())
    switch_walls(event, state.get("wall", "auto"))


def _call(event: "Event") -> None:
    """Put the topic with the longest title on stage, and let two follow."""
    from django.utils import timezone

    from tagwerk.barcamp.actions.rounds import enqueue
    from tagwerk.barcamp.models import Pitch, PitchRound, Topic

    round_ = PitchRound.objects.get(event=event)
    for topic in Topic.objects.filter(event=event).order_by("number")[:3]:
        enqueue(round_, topic)
    first = Pitch.objects.filter(round=round_).order_by("position").first()
    assert first
    first.state, first.called_at = "on_stage", timezone.now()
    first.save()
