"""What the call for contributions gives to composed pages and to the house's chores."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from tagwerk.contributions import actions
from tagwerk.contributions.models import Author, Call, Submission
from tagwerk.contributions.privacy import forget_contributions, sweep_files
from tagwerk.contributions.rules import OPEN_STATES, CallPhase
from tagwerk.contributions.words import NEWS_WORDS
from tagwerk.events.models import Event
from tagwerk.events.rules import Phase
from tagwerk.kit.letters import is_mail_on
from tagwerk.kit.recordings import is_video
from tagwerk.programme.models import Session, Speaker
from tagwerk.site.contributions_blueprint import blueprint_of, open_like

__all__ = ["blueprint_of", "open_like"]

Plain = dict[str, Any]
COMING = (Phase.ANNOUNCED, Phase.REGISTRATION_OPEN, Phase.REGISTRATION_CLOSED, Phase.LIVE)


def open_call(event: Event) -> Plain | None:
    """Give where to propose something, and until when; None while nothing is asked for."""
    call = Call.objects.filter(event=event).only("opens_at", "closes_at").first()
    if call is None or call.phase(timezone.now()) != CallPhase.OPEN:
        return None
    return {"url": reverse("contributions:call", args=[event.slug]), "closes_at": call.closes_at}


def waiting(event: Event) -> Plain:
    """Give what the desk says of a call: where it is, and how much is to be read."""
    number = Submission.objects.filter(event=event, state__in=OPEN_STATES).count()
    return {"contributions_url": reverse("site:desk_contributions", args=[event.slug]), "contributions": number}


def minutes_of(session: Session) -> int:
    """Give how long somebody who proposed a session wants to speak; 0 where nobody did."""
    return Submission.objects.filter(session=session).values_list("minutes", flat=True).first() or 0


def of_speaker(speaker: Speaker) -> Plain:
    """Give what the desk shows of somebody who has, or may get, a page of their own."""
    author = Author.objects.filter(speaker=speaker).select_related("rehearsal_file").first()
    row = getattr(author, "rehearsal_file", None)
    return {
        "has_own_page": True,
        "has_link": author is not None and author.keys.exists(),
        "news": news_of(author),
        "row": row,
        "is_video": row is not None and is_video(row.kind),
        "has_mail": is_mail_on(),
    }


def news_of(author: Author | None) -> list[str]:
    """Say what somebody changed since the crew looked."""
    return [str(NEWS_WORDS.get(field, field)) for field in author.news] if author else []


def all_news(event: Event) -> dict[int, list[str]]:
    """Give what is new of whom, by the number of the speaker."""
    rows = Author.objects.filter(event=event, speaker__isnull=False).exclude(news=[])
    return {row.speaker_id: news_of(row) for row in rows if row.speaker_id}


def tidy(now: datetime) -> int:
    """Forget what has had its time."""
    gone = forget_contributions(now)
    sweep_files()
    return gone


def remind() -> None:
    """Write to speakers and reviewers what is missing, where mail goes out and our address is known."""
    if not is_mail_on() or not settings.BASE_URL:
        return
    now = timezone.now()
    wanted = Call.objects.filter(reminds=True, event__phase__in=COMING, event__rehearsal_of=None)
    for call in wanted.select_related("event__realm"):
        actions.remind_speakers(call.event, now, settings.BASE_URL)
        actions.remind_reviewers(call.event, now, settings.BASE_URL)
