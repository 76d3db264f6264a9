"""An open call in the town, and somebody who answers it."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from tagwerk.contributions import actions
from tagwerk.contributions.models import Author, Call, Submission
from tagwerk.contributions.rules import Ask
from tagwerk.events.models import Event

WORDS: dict[str, Any] = {
    "title": "Radwege gemeinsam planen",
    "kind": "talk",
    "minutes": 45,
    "abstract": "Wie **wir** planen.",
    "needs": "Beamer",
    "further": "Bea Muster, Amt für Wege",
    "name": "Kim Beispiel",
    "organisation": "Stadt Musterstadt",
    "email": "kim@musterstadt.example",
}
BASE = "https://ogt.example"


def opened(event: Event, **words: Any) -> Call:
    now = timezone.now()
    said: dict[str, Any] = {
        "text": "Was **läuft**?",
        "kinds": ["talk", "workshop"],
        "lengths": [20, 45],
        "asks": list(Ask),
    }
    said |= {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=30)}
    return actions.write_call(event, said | words)


def proposed(event: Event, **words: Any) -> Submission:
    return actions.propose(event, WORDS | words)


def speaking(event: Event, **words: Any) -> Author:
    """Give somebody whose proposal was accepted, and who was told."""
    submission = proposed(event, **words)
    actions.decide(submission, "accepted")
    actions.note_told(submission)
    return Author.objects.get(pk=submission.author_id)
