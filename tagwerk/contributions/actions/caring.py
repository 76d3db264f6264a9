"""Those who speak look after their part; the crew sees what is new."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tagwerk.contributions.changes import ContributionChanged
from tagwerk.contributions.models import Author
from tagwerk.kit.pictures import Picture
from tagwerk.kit.refusals import Invalid, Refusal
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold, tell
from tagwerk.programme import actions as programme
from tagwerk.programme.models import Material, Session, Speaker
from tagwerk.programme.rules import Licence, Recording

OWN = ("organisation", "biography", "links", "availability", "technical", "rehearsal_url", "has_confirmed")
CHOOSE = _("Bitte wählen Sie eine der Möglichkeiten.")


@action
def care(author: Author, words: Mapping[str, Any]) -> None:
    """Write what somebody says of themselves; raises `Invalid` for what does not hold."""
    speaker = speaking(author)
    changed = {name: words[name] for name in OWN if name in words and words[name] != getattr(speaker, name)}
    if changed:
        programme.edit_speaker(speaker, changed, actor=f"author:{author.pk}")
        note_news(author, changed)


@action
def release_recording(author: Author, choice: str, licence: str) -> None:
    """Say whether one's part may be shown afterwards, and under which conditions; the moment is kept."""
    speaker = speaking(author)
    is_yes = choice == Recording.YES
    if choice not in set(Recording) or (is_yes and licence not in set(Licence)):
        raise Invalid("recording", CHOOSE, errors={"recording": CHOOSE})
    said = {"recording": choice, "recording_licence": licence if is_yes else ""}
    if any(getattr(speaker, name) != value for name, value in said.items()):
        words = {**said, "recording_said_at": timezone.now()}
        programme.edit_speaker(speaker, words, actor=f"author:{author.pk}")
        note_news(author, ["recording"])


@action
def show_face(author: Author, picture: Picture | None) -> None:
    """Give one's photo, or take it away (None)."""
    programme.set_portrait(speaking(author), picture, actor=f"author:{author.pk}")
    note_news(author, ["portrait"])


@action
def hand_in(author: Author, session: Session, name: str, raw: bytes) -> Material:
    """Hand in slides for an own session."""
    material = programme.add_slides(session, speaking(author), name, raw, actor=f"author:{author.pk}")
    note_news(author, ["slides"])
    return material


@action
def take_slides_back(author: Author, number: int) -> None:
    """Delete own slides."""
    material = Material.objects.filter(speaker=speaking(author), pk=number).select_related("session__event").first()
    if material is not None:
        programme.remove_slides(material, actor=f"author:{author.pk}")
        note_news(author, ["slides"])


@action
def note_news(author: Author, fields: Iterable[str]) -> None:
    """Remember for the crew what somebody changed."""
    author.refresh_from_db(fields=["news"])
    author.news = sorted({*author.news, *fields})
    author.news_at = timezone.now()
    author.save(update_fields=["news", "news_at"])
    tell(author.event.stream, ContributionChanged(), actor=f"author:{author.pk}")


@action
def have_seen(author: Author, *, actor: str = "") -> None:
    """Say that the crew knows what is new of somebody."""
    hold(author.event.stream)
    Author.objects.filter(pk=author.pk).update(news=[], news_at=None)
    tell(author.event.stream, ContributionChanged(), actor=actor)


def speaking(author: Author) -> Speaker:
    """Give who somebody is in the programme, as it is now; raises `Refusal` for those who are not in it."""
    hold(author.event.stream)
    author.refresh_from_db()
    if author.speaker is None or not author.speaks:
        raise Refusal("not-speaking", _("Sie stehen (noch) nicht im Programm."))
    return author.speaker
