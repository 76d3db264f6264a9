"""What we know of those who proposed something: listed, given out, deleted at their word, and once its time is over."""

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tagwerk.contributions.actions.deciding import leave_programme
from tagwerk.contributions.actions.writing import letters_of
from tagwerk.contributions.changes import ContributionChanged
from tagwerk.contributions.models import Author, Call, Incoming, RehearsalFile, Submission
from tagwerk.contributions.rules import FINAL, HOUR, State
from tagwerk.events.models import Event, Slot
from tagwerk.kit import kept_files
from tagwerk.kit.letters import forget_letters, is_mail_on, withdraw_letters
from tagwerk.kit.personal import Activity, Basis, Holding, Since, Term, Whose
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold, tell
from tagwerk.programme import actions as programme
from tagwerk.programme.models import Material
from tagwerk.programme.taking_part import sessions_with

KEPT = timedelta(days=90)  # after the event
DECLINED_KEPT = timedelta(days=30)  # after the answer, or after it was withdrawn
BLANKED = ("email", "availability", "technical", "rehearsal_url", "organisation", "biography")
FIELDS = (
    "title",
    "kind",
    "minutes",
    "abstract",
    "plain_summary",
    "language",
    "level",
    "needs",
    "further",
    "told",
    "told_message",
)
_UNTIL = Term(Since.EVENT, KEPT)
_SOONER = format_lazy(
    _("{days} Tage nach Ablehnung oder Rückzug, oder sobald die Person es auf ihrer Seite selbst löscht"),
    days=DECLINED_KEPT.days,
)


def has_authors(event: Any) -> bool:
    """Tell whether an event asks for contributions, or somebody has a page of their own."""
    return Call.objects.filter(event=event).exists() or Author.objects.filter(event=event).exists()


def writes_mails(event: Any) -> bool:
    """Tell whether those who propose and speak get mails."""
    return is_mail_on() and has_authors(event)


CALL = Activity(
    _("Aufruf zu Beiträgen"),
    _("Menschen schlagen Beiträge vor, das Team wählt aus und sagt allen Bescheid."),
    Basis.CONSENT,
    (
        Holding(
            "contributions.Author",
            ("name", "organisation", "email", "availability", "language", "consented_at", "made_at"),
            Whose.AUTHOR,
            _("Name, Organisation, E-Mail-Adresse, mögliche Zeiten, wann eingewilligt wurde"),
            _("Auswählen und antworten"),
            _UNTIL,
            _SOONER,
        ),
        Holding(
            "contributions.Author",
            ("speaker", "made_speaker", "news", "news_at"),
            Whose.AUTHOR,
            _("Wer daraus im Programm spricht, und was die Person seitdem geändert hat"),
            _("Das Team sieht, was neu ist"),
            _UNTIL,
            _SOONER,
        ),
        Holding(
            "contributions.Author",
            ("origin",),
            Whose.AUTHOR,
            _("Kennzeichen des Internetanschlusses: für einen Tag gültig, nicht in eine Adresse zurückzurechnen"),
            _("Schutz vor massenhaften Vorschlägen"),
            _UNTIL,
            _SOONER,
        ),
        Holding(
            "contributions.Author",
            ("proven",),
            Whose.AUTHOR,
            _("Unter welcher Adresse jemand den Link aus unserer E-Mail geöffnet hat"),
            _("Niemand übernimmt mit einer fremden Adresse die Seite eines anderen Menschen"),
            _UNTIL,
            _SOONER,
        ),
        Holding(
            "contributions.Incoming",
            ("event", "origin", "came_at"),
            Whose.AUTHOR,
            _("Dass ein Vorschlag kam, mit dem Tageskennzeichen des Internetanschlusses"),
            _("Schutz vor massenhaften Vorschlägen"),
            Term(Since.MADE, HOUR),
        ),
        Holding(
            "contributions.AuthorKey",
            ("author", "digest", "mailed_to", "made_at"),
            Whose.AUTHOR,
            _("Persönliche Links, nur als Prüfsumme, und an welche Adresse sie gingen"),
            _("Die eigene Seite öffnen"),
            _UNTIL,
            _SOONER,
        ),
        Holding(
            "contributions.RehearsalFile",
            ("author", "key", "kind", "size", "sent_at"),
            Whose.AUTHOR,
            _("Probeaufnahme in Bild oder Ton, nur für die Person selbst und das Team"),
            _("Ton, Bild und Länge vorher prüfen"),
            _UNTIL,
            _("sobald die Person sie entfernt oder durch eine andere ersetzt"),
        ),
        Holding(
            "contributions.Submission",
            (
                "author",
                "title",
                "abstract",
                "plain_summary",
                "needs",
                "further",
                "message",
                "told",
                "told_message",
                "state",
            ),
            Whose.AUTHOR,
            _("Der vorgeschlagene Beitrag, wer noch dabei ist, und die Antwort darauf"),
            _("Auswählen und antworten"),
            _UNTIL,
            _SOONER,
        ),
        Holding(
            "contributions.Review",
            ("submission", "person", "score"),
            Whose.CREW,
            _("Welche Note ein Mitglied des Teams einem Vorschlag gegeben hat; gezeigt wird nur der Durchschnitt"),
            _("Gemeinsam auswählen"),
            _UNTIL,
            _("mit dem Vorschlag"),
            basis=Basis.STAFF,
        ),
        Holding(
            "contributions.Remark",
            ("submission", "person", "text", "made_at"),
            Whose.CREW,
            _("Bemerkung eines Mitglieds des Teams zu einem Vorschlag, mit Name und Zeit, nur für das Team"),
            _("Gemeinsam auswählen"),
            _UNTIL,
            _("sobald die Person sie löscht, sonst mit dem Vorschlag"),
            basis=Basis.STAFF,
        ),
    ),
    has_authors,
)
MAIL = Activity(
    _("E-Mails"),
    _("Wer etwas vorgeschlagen hat oder vorträgt, erfährt, was daraus wird und was noch fehlt."),
    Basis.CONSENT,
    (
        Holding(
            "kit.Letter",
            ("body",),
            Whose.AUTHOR,
            _("Text einer E-Mail"),
            _("Zustellung"),
            Term(Since.SENT),
        ),
        Holding(
            "kit.Letter",
            (
                "about",
                "recipient",
                "reply_to",
                "subject",
                "due_at",
                "fault",
            ),
            Whose.AUTHOR,
            _("An wen eine E-Mail ging, Betreff, und ob der Mailserver sie annahm"),
            _("Jede Nachricht geht nur einmal hinaus"),
            _UNTIL,
            _("sobald die Person ihre Angaben auf ihrer Seite löscht"),
        ),
        Holding(
            "kit.Letter",
            ("scope", "key", "message_id", "written_at", "sent_at"),
            Whose.AUTHOR,
            _(
                "Dass und wann eine E-Mail ging: mit Nummern und einem Kennzeichen, das nicht in eine Adresse zurückzurechnen ist"
            ),
            _("Niemand füllt mit dem Formular ein fremdes Postfach"),
            _UNTIL,
        ),
    ),
    writes_mails,
)
ACTIVITIES = (CALL, MAIL)


def kept_until(event: Event) -> date | None:
    """Give the day on which the last of it is deleted; None while the event has no times."""
    end = Slot.objects.filter(day__event=event).aggregate(end=Max("end"))["end"]
    return (end + KEPT).astimezone(event.timezone).date() if end else None


def given_out(author: Author) -> dict[str, Any]:
    """Give everything that we know of somebody, as plain values."""
    speaker = (
        author.speaker if author.speaks else None
    )  # who may not know yet that they were accepted learns it by mail
    said: dict[str, Any] = {name: getattr(author, name) for name in ("name", "organisation", "email", "availability")}
    said["consented_at"] = author.consented_at
    said["contributions"] = [{name: getattr(row, name) for name in FIELDS} for row in author.submissions.all()]
    if speaker:
        names = ("name", "organisation", "email", "biography", "links", "availability", "technical", "rehearsal_url")
        recording = ("has_confirmed", "recording", "recording_licence", "recording_said_at")
        said["speaker"] = {name: getattr(speaker, name) for name in (*names, *recording)}
        recording_file = RehearsalFile.objects.filter(author=author).values("kind", "size", "sent_at").first()
        said["speaker"]["rehearsal_file"] = recording_file
        said["speaker"]["slides"] = list(speaker.materials.values("name", "size", "is_public", "sent_at"))
    return said


@action
def forget_author(author: Author) -> None:
    """Delete what somebody proposed and who they are; their name stays only where they stand in the public programme."""
    event = author.event
    hold(event.stream)
    for submission in Submission.objects.filter(author=author, session__isnull=False, session__placement=None):
        leave_programme(submission)
    found = Author.objects.filter(pk=author.pk).select_related("speaker").first()
    if found is None:  # another tab was faster
        return
    author, speaker = found, found.speaker
    withdraw_letters(letters_of(author))
    for row in RehearsalFile.objects.filter(author=author):
        transaction.on_commit(partial(kept_files.drop, row.key), robust=True)
    author.delete()
    if speaker and not sessions_with(speaker):
        speaker.delete()
    elif speaker:
        Material.objects.filter(speaker=speaker).delete()
        programme.set_portrait(speaker, None)
        programme.edit_speaker(speaker, {**dict.fromkeys(BLANKED, ""), "links": []})
    tell(event.stream, ContributionChanged())


@action
def forget_contributions(now: datetime) -> int:
    """Delete what was declined or withdrawn 30 days ago, and the rest 90 days after the event; gives how many people."""
    Incoming.objects.filter(came_at__lt=now - HOUR).delete()
    over = Submission.objects.filter(Q(told__in=FINAL) | Q(state=State.WITHDRAWN), over_at__lt=now - DECLINED_KEPT)
    authors = set(over.values_list("author", flat=True))
    over.delete()
    gone = Author.objects.filter(pk__in=authors, submissions=None, speaker=None).delete()[0]
    ended = Event.objects.annotate(end=Max("days__slots__end")).filter(end__lt=now - KEPT)
    for event in ended.filter(Q(authors__isnull=False) | Q(call__isnull=False)).distinct():
        gone += Author.objects.filter(event=event).delete()[0] > 0
        forget_letters(f"contributions:{event.pk}")
    return gone


def sweep_files() -> int:
    """Delete recordings whose row is gone, however it went; gives how many."""
    return kept_files.sweep(set(RehearsalFile.objects.values_list("key", flat=True)))
