"""Mails to those who proposed or speak: each once for its reason, each with a link of its own."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac

from tagwerk.contributions import mails, rules
from tagwerk.contributions.actions.deciding import note_told
from tagwerk.contributions.actions.keys import new_key
from tagwerk.contributions.models import Author, Call, Review, Submission
from tagwerk.events.models import Event, Slot
from tagwerk.kit.language import german
from tagwerk.kit.letters import Text, is_mail_on, write_letter
from tagwerk.kit.models import Letter
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold
from tagwerk.live.wiring import address as wired
from tagwerk.people.models import Person, Role
from tagwerk.people.rules import RoleKind
from tagwerk.programme.taking_part import taking_part

MOST_THANKS = 5  # to one address: nobody's mailbox is filled by a form
MOST_LINKS = 5


@action
def thank(submission: Submission, base: str) -> bool:
    """Write to who proposed something, with their link; False when that was done, or no mail is sent here."""
    if not is_mail_on():
        return False
    hold(submission.event.stream)
    author = submission.author
    stem = f"{_scope(submission.event)}:thanks:{_mark(author.email)}"
    key = f"{stem}:{submission.pk}"
    written = Letter.objects.filter(key__startswith=stem)
    if written.filter(key=key).exists() or written.count() >= MOST_THANKS:
        return False
    with mails.speaking_to(author):
        text = mails.thanks(
            submission.event, mails.link(base, submission.event, new_key(author, mailed_to=author.email))
        )
    return _write(submission.event, key, author.email, text, about=_about(author))


@action
def send_links_again(event: Event, email: str, base: str) -> None:
    """Write personal links to an address if somebody has it here, at most once an hour; who asks learns neither."""
    if not is_mail_on():
        return  # links that nobody gets would only push out those that somebody has
    hold(event.stream)
    found = Author.objects.filter(event=event, email__iexact=email).select_related("event__realm").order_by("-pk")
    # Databases hold letters for the same that mail does not: it would bring one person's links to another.
    reached = [author for author in found if rules.is_same_mail(author.email, email)][:MOST_LINKS]
    key = f"{_scope(event)}:again:{_mark(email)}:{timezone.now():%Y-%m-%dT%H}"
    authors = [] if Letter.objects.filter(key=key).exists() else reached
    if authors:
        with mails.speaking_to(authors[0]):
            text = mails.links_again(
                event, [mails.link(base, event, new_key(author, mailed_to=author.email)) for author in authors]
            )
        _write(event, key, authors[0].email, text)


@action
def send_link(author: Author, base: str) -> bool:
    """Write somebody who speaks where their page is, at most once a minute; tells whether a mail goes out."""
    if not is_mail_on():
        return False
    key = f"{_scope(author.event)}:page:{author.pk}:{timezone.now():%Y-%m-%dT%H:%M}"
    with mails.speaking_to(author):
        text = mails.own_page(author, mails.link(base, author.event, new_key(author, mailed_to=author.email)))
    return _write(author.event, key, author.email, text, about=_about(author))


@action
def tell_decisions(event: Event, chosen: Collection[str], base: str, *, actor: str = "") -> int:
    """Tell the authors of these proposals what was decided; gives how many. What was told meanwhile is left out."""
    hold(event.stream)
    told = 0
    for submission in untold(event):
        if submission.code not in chosen:
            continue
        author = submission.author
        with mails.speaking_to(author):
            text = mails.decision(submission, mails.link(base, event, new_key(author, mailed_to=author.email)))
        _write(
            event, f"{_scope(event)}:told:{submission.pk}:{submission.state}", author.email, text, about=_about(author)
        )
        note_told(submission, actor=actor)
        told += 1
    return told


def untold(event: Event) -> list[Submission]:
    """Give what was decided and not told."""
    rows = Submission.objects.filter(event=event, state__in=rules.DECISIONS).select_related("author", "event__realm")
    return [row for row in rows if row.state != row.told]


@action
def remind_speakers(event: Event, now: datetime, base: str, *, by_hand: bool = False) -> int:
    """Write to speakers what is missing, once on each of the days for that, or once more a day by hand; gives how many."""
    begins = begins_at(event)
    days = rules.reminder_due(begins, now, rules.SPEAKER_DAYS) if begins else None
    if begins is None or (days is None and not by_hand):
        return 0
    occasion = f"hand-{now:%Y-%m-%d}" if by_hand else str(days)
    written = 0
    for author, owed in owing(event, now):
        key = f"{_scope(event)}:remind:{author.pk}:{occasion}"
        if author.email and not Letter.objects.filter(key=key).exists():
            with mails.speaking_to(author):
                text = mails.reminder(author, owed, mails.link(base, event, new_key(author, mailed_to=author.email)))
            written += _write(event, key, author.email, text, about=_about(author))
    return written


def owing(event: Event, now: datetime) -> list[tuple[Author, list[rules.Missing]]]:
    """Give those who take part in something and what they have not given yet."""
    begins = begins_at(event)
    days_left = (begins - now).days if begins else 0
    rows = Author.objects.filter(event=event, speaker__in=taking_part(event))
    found = []
    for author in rows.select_related("speaker", "event__realm"):
        owed = rules.missing(given_by(author), days_left)
        if owed and author.speaks:
            found.append((author, owed))
    return found


def given_by(author: Author) -> set[str]:
    """Give what somebody who speaks has given already."""
    speaker = author.speaker
    if speaker is None:
        return set()
    said = {"has_confirmed": speaker.has_confirmed, "biography": speaker.biography, "recording": speaker.recording}
    said |= {"portrait": hasattr(speaker, "portrait"), "slides": speaker.materials.exists()}
    return {name for name, value in said.items() if value}


@action
def remind_reviewers(event: Event, now: datetime, base: str) -> int:
    """Write to the crew shortly before a call closes how much they have not scored; once per closing. Gives how many."""
    call = Call.objects.filter(event=event).first()
    if call is None or call.closes_at is None:
        return 0
    if rules.reminder_due(call.closes_at, now, (rules.CLOSING_DAYS,)) is None:
        return 0
    waiting = Submission.objects.filter(event=event, state__in=rules.OPEN_STATES)
    written = 0
    for role in Role.objects.filter(realm=event.realm).exclude(kind=RoleKind.HELPER).select_related("person"):
        written += _remind_reviewer(event, role.person, list(waiting), f"{call.closes_at:%Y-%m-%d}", base)
    return written


def begins_at(event: Event) -> datetime | None:
    """Give when an event begins; None while it has no times."""
    slot = Slot.objects.filter(day__event=event).order_by("start").first()
    return slot.start if slot else None


def _remind_reviewer(event: Event, person: Person, waiting: list[Submission], closing: str, base: str) -> bool:
    scored = set(Review.objects.filter(person=person, submission__in=waiting).values_list("submission", flat=True))
    open_ones = len(waiting) - len(scored)
    if not open_ones or person.is_demo:
        return False
    with translation.override(german(informal=event.is_informal)):
        address = base + wired("contributions_desk", event.slug)
        text = mails.review_reminder(event, person.name, open_ones, address)
    return _write(
        event, f"{_scope(event)}:review:{person.pk}:{closing}", person.email, text, about=f"person:{person.pk}"
    )


def letters_of(author: Author) -> QuerySet[Letter]:
    """Give what was written to somebody; what was sent to an address only while nobody else has the same."""
    letters = Letter.objects.filter(scope=_scope(author.event))
    others = Author.objects.filter(event=author.event, email__iexact=author.email).exclude(pk=author.pk)
    if not author.email or others.exists():
        return letters.filter(about=_about(author))
    return letters.filter(Q(about=_about(author)) | Q(about="", recipient__iexact=author.email))


def _about(author: Author) -> str:
    """Give the mark of somebody on the letters to them."""
    return f"author:{author.pk}"


def _write(event: Event, key: str, recipient: str, text: Text, *, about: str = "") -> bool:
    return write_letter(_scope(event), key, recipient, text, reply_to=event.contact_mail, about=about)


def _scope(event: Event) -> str:
    return f"contributions:{event.pk}"


def _mark(email: str) -> str:
    """Give what tells addresses apart; it stays when an address is deleted and cannot be turned back into one."""
    return salted_hmac("tagwerk.contributions", email.lower(), algorithm="sha256").hexdigest()[:24]
