"""The barcamp follows its event: when a day moves to another date, the rounds on it move along."""

from datetime import date

from tagwerk.barcamp.models import PitchRound
from tagwerk.events.models import Event
from tagwerk.events.reshaping_rules import at_the_same_clock, distance
from tagwerk.kit.dates import NotOnTheClock
from tagwerk.kit.writer import action
from tagwerk.live.changes import Fact


@action
def follow_days(stream: int, fact: Fact, _actor: str) -> None:
    """Move the announced times of rounds with their day; one that the clock skips there is left open."""
    was, now = fact.before.get("was"), fact.after.get("was")
    if fact.before.get("part") != "day" or not was or not now or was["date"] == now["date"]:
        return
    event = Event.objects.get(realm_id=stream)
    old = date.fromisoformat(was["date"])
    by = distance(old, date.fromisoformat(now["date"]))
    for round_ in PitchRound.objects.filter(event=event):
        for name in ("pitch_at", "announce_at"):
            moment = getattr(round_, name)
            if moment and moment.astimezone(event.timezone).date() == old:
                try:
                    setattr(round_, name, at_the_same_clock(moment, by, event.timezone))
                except NotOnTheClock:
                    setattr(round_, name, None)
        round_.save(update_fields=["pitch_at", "announce_at"])
