"""Makes the demo event, moves it so that it is always about to begin, and hands out its keys."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from tagwerk.barcamp.actions import open_barcamp
from tagwerk.barcamp.rules import Counts, PublishMode
from tagwerk.events.actions import add_day, add_online_room, add_room, found, shift
from tagwerk.events.models import Event, Slot
from tagwerk.events.rules import Feature, Mode, Phase, shift_to
from tagwerk.kit.dates import next_quarter
from tagwerk.kit.writer import action
from tagwerk.live.wiring import is_open
from tagwerk.people.actions import add_person, allow_founding, grant, make_api_token, revoke_api_token
from tagwerk.people.models import ApiToken, Person
from tagwerk.people.rules import RoleKind
from tagwerk.programme.actions import schedule
from tagwerk.programme.rules import Kind
from tagwerk.site.demo.frame import dress
from tagwerk.site.demo.past import make_past
from tagwerk.site.demo.wishes import make_from
from tagwerk.timetable.problem import Problem

SLUG = "barcamp"
MODERATOR = "moderation@musterstadt.example"
LEAD = timedelta(minutes=30)
LENGTH, PAUSE, ROUNDS = timedelta(minutes=45), timedelta(minutes=15), 4
EXPECTED_PEOPLE = 1500  # more than the rooms hold, so that visitors may let their own scripts in
THRESHOLD = 8
ROOMS = (
    ("Saal", 120, (Feature.STEP_FREE, Feature.HYBRID, Feature.PROJECTOR, Feature.LOOP, Feature.SIGN_LANGUAGE)),
    ("Raum 2", 60, (Feature.STEP_FREE, Feature.HYBRID, Feature.PROJECTOR)),
    ("Raum 3", 40, (Feature.STEP_FREE, Feature.PROJECTOR)),
    ("Werkstatt", 30, (Feature.STEP_FREE,)),
    ("Bibliothek", 25, ()),
)


@dataclass(frozen=True)
class Keys:
    """What the demo's printed lines need."""

    slug: str
    api_token: str


def prepare(problem: Problem | None = None) -> Keys:
    """Make the demo event unless it exists, bring it into the present, and draw a fresh API token.

    With a problem the event is made from that instead.
    """
    event = Event.objects.at(SLUG).first() or make(problem)
    bring_into_present(event)
    make_past(Person.objects.get(email=MODERATOR))
    return Keys(SLUG, fresh_token(event))


@action
def make(problem: Problem | None) -> Event:
    """Make the barcamp with its rooms, slots, fixed items and its moderator."""
    event = make_from(SLUG, problem) if problem else musterstadt()
    person = add_person(MODERATOR, "Moderation", None, is_demo=True)
    grant(person, event.realm, RoleKind.ORGANISER)
    allow_founding(person)
    if not problem and is_open("tagwerk.contributions"):
        from tagwerk.site.demo.call import open_demo_call  # noqa: PLC0415 - the room may be closed

        open_demo_call(event, person)
    return event


@action
def musterstadt() -> Event:
    """Make the barcamp of the fictional Musterstadt."""
    event = found(
        SLUG,
        "Barcamp Musterstadt",
        expected_people=EXPECTED_PEOPLE,
        motto="Offene Verwaltung zum Mitmachen",
        place="Bürgerhaus Musterstadt",
        phase=Phase.LIVE,
        accent="petrol",
    )
    open_barcamp(event, publish_mode=PublishMode.AT_ONCE, counts=Counts.EXACT, threshold=THRESHOLD)
    _make_rooms(event)
    _make_day(event)
    dress(event)
    return event


def bring_into_present(event: Event) -> None:
    """Shift the event as a whole once its last slot is over; see `interface.md`, demo events."""
    slots = Slot.objects.filter(day__event=event)
    first_open = slots.filter(is_open=True).order_by("start").values_list("start", flat=True).first()
    last_end = slots.order_by("-end").values_list("end", flat=True).first()
    if first_open is None or last_end is None:
        return
    now = timezone.now()
    by = shift_to(first_open, last_end, now, next_quarter(now) + LEAD)
    if by:
        shift(event, by)


@action
def fresh_token(event: Event) -> str:
    """Draw the demo organiser's API token; the one of the last start is void."""
    for old in ApiToken.objects.live().filter(realm=event.realm, label="demo"):
        revoke_api_token(old)
    person = Person.objects.filter(email=MODERATOR).first()
    return make_api_token(event.realm, "demo", RoleKind.ORGANISER, person)[1]


def _make_rooms(event: Event) -> None:
    for name, capacity, features in ROOMS:
        room = add_room(event, name, capacity, features)
        if Feature.HYBRID in features:
            address = name.lower().replace(" ", "-")
            add_online_room(event, f"{name} online", f"https://video.musterstadt.example/{address}", room)
            add_online_room(event, f"{name} Ersatz", f"https://ersatz.musterstadt.example/{address}", room)


def _make_day(event: Event) -> None:
    first = next_quarter(timezone.now()) + LEAD
    spans: list[tuple[datetime, datetime, bool]] = [(first - timedelta(minutes=15), first, False)]
    for number in range(ROUNDS):
        start = first + number * (LENGTH + PAUSE)
        spans += [(start, start + LENGTH, True), (start + LENGTH, start + LENGTH + PAUSE, False)]
    day = first.astimezone(event.timezone).date()
    slots = add_day(event, day, Mode.HYBRID, spans)
    day_row = slots[0].day
    day_row.capacity_on_site, day_row.capacity_remote = 250, None
    day_row.save()
    closing = slots[-1]
    closing.is_anchored = True
    closing.save(update_fields=["is_anchored"])
    titles = {0: ("Begrüßung", Kind.ENERGIZER), len(slots) - 1: ("Abschluss", Kind.ENERGIZER)}
    for position, slot in enumerate(slots):
        if not slot.is_open:
            title, kind = titles.get(position, ("Kaffeepause", Kind.BREAK))
            schedule(event, slot, None, title=title, kind=kind)
