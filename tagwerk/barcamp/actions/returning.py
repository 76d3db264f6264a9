"""A topic gets back what it had: its state, and the places of its sessions where they are still free."""

from collections.abc import Collection
from contextlib import suppress

from django.db import transaction
from django.utils import timezone

from tagwerk.barcamp.actions.planning import offer_free_place
from tagwerk.barcamp.actions.sketching import sketch_one, tell_likely
from tagwerk.barcamp.changes import TopicUnplaced
from tagwerk.barcamp.models import Topic
from tagwerk.barcamp.rules import State
from tagwerk.barcamp.stage import is_gathering
from tagwerk.kit.refusals import Refusal
from tagwerk.live.actions import tell
from tagwerk.programme.actions import restore


def give_places_back(topic: Topic, codes: Collection[str], *, actor: str) -> None:
    """Let those sessions of a topic (`codes`) take place again whose place is free and to come; the others are lost.

    Who gets none back waits for another place, and everybody sees why.
    """
    lost = [session.code for session in topic.sessions if session.code in codes]
    now = timezone.now()
    for session in topic.sessions:
        if session.code in codes and not session.placement.slot.has_begun(now):
            with suppress(Refusal), transaction.atomic():
                restore(session, actor=actor)
                lost.remove(session.code)
    topic.refresh_from_db(fields=["state"])
    if lost:
        _tell_lost(topic, actor)
        offer_free_place(topic.event, actor=actor)


def _tell_lost(topic: Topic, actor: str) -> None:
    if topic.state == State.QUALIFIED and is_gathering(topic.event):
        sketch_one(topic)
    lost = {"kind": "place_lost", "value": None, "text": "the place was given to another session"}
    topic.reasons = [lost, *(topic.reasons if topic.likely_slot_id else ())]
    topic.save(update_fields=["reasons"])
    if topic.likely_slot_id:
        tell_likely([topic], actor=actor)
    else:
        tell(topic.event.stream, TopicUnplaced(code=topic.code, number=topic.number), actor=actor)
