"""What a page shows of a topic: plain values, the same for everybody (or for the crew, with exact counts)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from tagwerk.barcamp import rules
from tagwerk.barcamp.models import Topic
from tagwerk.barcamp.pairs import Bond, bonds_of, bonds_with
from tagwerk.barcamp.together import marks_of, names_of
from tagwerk.events.models import Event
from tagwerk.programme.absences import AbsenceCard, absence_card
from tagwerk.programme.cards import SessionCard, session_card
from tagwerk.programme.models import Absence, Session
from tagwerk.programme.sentences import sentence


@dataclass(frozen=True)
class Likely:
    """Where a topic would stand if the plan were announced now; nothing is promised."""

    start: datetime
    room_name: str


@dataclass(frozen=True)
class Neighbour:
    """Another topic that a card leads to."""

    number: int
    title: str
    host_name: str
    url: str


@dataclass(frozen=True)
class BondCard:
    """What holds between a topic and another one, in words; `pair` and `other` are what takes it back."""

    words: str
    pair: str
    other: str


@dataclass(frozen=True)
class Said:
    """What the crew said for the plan of an event: hosts' times and pairs, as loaded."""

    absences: list[Absence]
    bonds: list[Bond]
    is_long: bool  # several days


def said_of(event: Event) -> Said:
    """Load what the crew said for the plan."""
    return Said(list(Absence.objects.of(event)), bonds_of(event), len(event.days.all()) > 1)


@dataclass(frozen=True)
class TopicCard:
    """A topic as it is shown. `interest` is None where counts are hidden; `remote` of them are not in the house.

    `devices`, `hands`, `estimate`, `times` and `bonds` are for the crew. `merged_into` is what it went into, `merged` what went into
    it, `repeat` its second session when it is offered twice.
    """

    number: int
    code: str
    title: str
    description: str
    host_name: str
    state: str
    is_wanted: bool
    purpose: str
    level: str
    mode: str
    theme: str
    interest: int | None
    unverified: int
    remote: int
    devices: int
    hands: int
    estimate: int
    threshold: int
    is_enough: bool
    session: SessionCard | None
    likely: Likely | None
    repeat: SessionCard | None
    is_twice: bool
    merged_into: Neighbour | None
    merged: list[Neighbour]
    times: list[AbsenceCard]
    bonds: list[BondCard]
    pitch: str
    reason: str
    url: str
    interest_url: str
    adopt_url: str

    @property
    def places(self) -> list[SessionCard]:
        """Give where it stands: nowhere, in one place, or in two."""
        return [place for place in (self.session, self.repeat) if place is not None]

    @property
    def is_waiting(self) -> bool:
        """Tell whether there is enough interest and no place yet."""
        return self.state == rules.State.QUALIFIED

    @property
    def is_safe(self) -> bool:
        """Tell whether it comes into the plan without enough interest, so that a bar would only puzzle."""
        return self.likely is not None and not self.is_enough

    @property
    def meter_max(self) -> int:
        """Give where the bar is full."""
        return max(self.threshold, 1)

    @property
    def meter(self) -> int:
        """Give how far the bar is."""
        return min(self.interest or 0, self.meter_max)


def topic_card(topic: Topic, *, exact: bool = False, said: Said | None = None) -> TopicCard:
    """Give the card of a topic loaded through `Topic.objects.of`; `exact` counts are for the crew.

    What the crew `said` is for the crew too, and is looked up when it is not given.
    """
    barcamp = topic.event.barcamp
    counts = rules.Counts.EXACT if exact else barcamp.counts
    slug, code = topic.event.slug, topic.code
    return TopicCard(
        number=topic.number,
        code=code,
        title=topic.title,
        description=topic.description,
        host_name=names_of(topic),
        state=topic.state,
        is_wanted=topic.is_wanted,
        purpose=topic.get_purpose_display(),
        level=topic.get_level_display(),
        mode=topic.mode,
        theme=topic.theme,
        interest=rules.shown_interest(counts, topic.people, barcamp.threshold),
        threshold=barcamp.threshold,
        likely=_likely(topic),
        is_enough=rules.is_enough(topic.demand, barcamp.threshold),
        session=_place(topic.session),
        repeat=_place(topic.repeat),
        is_twice=topic.is_twice,
        merged_into=_neighbour(slug, topic.merged_into) if topic.merged_into else None,
        merged=[_neighbour(slug, other) for other in topic.merged.all()],
        pitch=topic.pitch,
        reason=topic.note or sentence(rules.reasons_for_everybody(counts, topic.reasons)),
        url=reverse("barcamp:topic", args=[slug, code]),
        interest_url=reverse("barcamp:interest", args=[slug, code]),
        adopt_url=reverse("barcamp:adopt", args=[slug, code]),
        **_for_crew(topic, said or said_of(topic.event)) if exact else FOR_EVERYBODY,
    )


FOR_EVERYBODY: dict[str, Any] = {
    "unverified": 0,
    "remote": 0,
    "devices": 0,
    "hands": 0,
    "estimate": 0,
    "times": [],
    "bonds": [],
}


def _for_crew(topic: Topic, said: Said) -> dict[str, Any]:
    return {
        "unverified": topic.interest - topic.counted,
        "remote": topic.remote_interest(),
        "devices": topic.interest,
        "hands": topic.without_phone,
        "estimate": topic.estimate,
        "times": _times(topic, said),
        "bonds": _bonds(topic, said),
    }


def _times(topic: Topic, said: Said) -> list[AbsenceCard]:
    marks = set(marks_of(topic))
    mine = [absence for absence in said.absences if marks & set(absence.hosts)]
    return [absence_card(absence, with_day=said.is_long) for absence in mine]


def _bonds(topic: Topic, said: Said) -> list[BondCard]:
    mine = bonds_with(said.bonds, topic.pk)
    return [BondCard(bond.words(topic.pk), bond.kind, bond.other(topic.pk).code) for bond in mine]


def _likely(topic: Topic) -> Likely | None:
    slot, room = topic.likely_slot, topic.likely_room
    if topic.state != rules.State.QUALIFIED or slot is None or room is None:
        return None
    return Likely(slot.start.astimezone(topic.event.timezone), room.name)


def _place(session: Session | None) -> SessionCard | None:
    return session_card(session, {}) if session is not None and hasattr(session, "placement") else None


def _neighbour(slug: str, topic: Topic) -> Neighbour:
    url = reverse("barcamp:topic", args=[slug, topic.code])
    return Neighbour(topic.number, topic.title, topic.host_name, url)


def topic_cards(topics: Iterable[Topic], *, exact: bool = False) -> list[TopicCard]:
    """Give the cards of topics in their order."""
    found = list(topics)
    said = said_of(found[0].event) if exact and found else None
    return [topic_card(topic, exact=exact, said=said) for topic in found]
