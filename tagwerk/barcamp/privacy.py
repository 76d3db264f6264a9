"""What a barcamp keeps of persons, and what happens to it once its time is over."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from tagwerk.barcamp.actions.proposing import searchable
from tagwerk.barcamp.models import Barcamp, HandCount, Topic
from tagwerk.events.models import Event
from tagwerk.kit.personal import Activity, Basis, Holding, Since, Term, Whose
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold
from tagwerk.live.privacy import KEPT
from tagwerk.programme.models import Session
from tagwerk.programme.rules import Kind

NAMES_KEPT = timedelta(days=90)
_NAMES = Term(Since.EVENT, NAMES_KEPT)
_WITH_DEVICES = Term(Since.EVENT, KEPT)
_BY_THEMSELVES = _("sobald die Person auf „Mein Plan“ alles von ihrem Gerät löscht")


def has_barcamp(event: Any) -> bool:
    """Tell whether people bring topics to an event."""
    return Barcamp.objects.filter(event=event).exists()


ACTIVITIES = (
    Activity(
        _("Barcamp: Themen, Interesse, Sessions"),
        _("Teilnehmende bringen Themen mit; woran genug Menschen Interesse haben, kommt ins Programm."),
        Basis.TASK,
        (
            Holding(
                "barcamp.Topic",
                ("host_name", "searchable"),
                Whose.HOST,
                _("Name oder Spitzname zu einem Thema, wenn jemand einen angibt"),
                _("Sagen, wer eine Session anbietet"),
                _NAMES,
                _("sobald die Person ihn ändert"),
                is_public=True,
                basis=Basis.CONSENT,
            ),
            Holding(
                "programme.Session",
                ("host_name", "hosts"),
                Whose.HOST,
                _("Derselbe Name bei der Session, mit der Nummer des Geräts"),
                _("Sagen, wer eine Session anbietet; niemand ist für zwei Räume zugleich geplant"),
                _NAMES,
                is_public=True,
                basis=Basis.CONSENT,
            ),
            Holding(
                "barcamp.Topic",
                ("title", "description", "note"),
                Whose.HOST,
                _("Titel und Beschreibung eines Themas"),
                _("Das Programm und seine Dokumentation"),
                Term(Since.ORGANISERS),
                _("sobald die Person das Thema zurückzieht, von den öffentlichen Seiten"),
                is_public=True,
            ),
            Holding(
                "barcamp.Topic",
                ("host",),
                Whose.HOST,
                _("Welche Zufallsnummer ein Thema mitgebracht hat"),
                _("Das eigene Thema ändern und zurückziehen"),
                _NAMES,
                _BY_THEMSELVES,
            ),
            Holding(
                "barcamp.Interest",
                ("topic", "device", "came_from", "shown_at"),
                Whose.PARTICIPANT,
                _("Welche Zufallsnummer sich für welches Thema interessiert; gezeigt werden nur Summen"),
                _("Planen, was viele möchten, und Überschneidungen vermeiden"),
                _WITH_DEVICES,
                _BY_THEMSELVES,
            ),
            Holding(
                "barcamp.Coming",
                ("session", "device", "said_at"),
                Whose.PARTICIPANT,
                _("Welche Zufallsnummer zu welcher Session kommen möchte; gezeigt werden nur Summen"),
                _("Räume passend wählen, und wer kommt, erfährt von Änderungen"),
                _WITH_DEVICES,
                _BY_THEMSELVES,
            ),
            Holding(
                "barcamp.HostSign",
                ("session", "device", "kind", "made_at"),
                Whose.HOST,
                _("„Bin da“ oder „Schaffe es nicht“ kurz vor der eigenen Session"),
                _("Rechtzeitig jemanden finden, der übernimmt"),
                _WITH_DEVICES,
                _BY_THEMSELVES,
            ),
            Holding(
                "barcamp.HandCount",
                ("actor",),
                Whose.CREW,
                _("Nummer des Kontos, von dem gezählte Hände eingegeben wurden"),
                _("Versehen zurücknehmen"),
                _NAMES,
            ),
        ),
        has_barcamp,
    ),
)


@action
def forget_names(now: datetime) -> int:
    """Remove hosts' names of events that ended 90 days ago, and who counted hands; gives how many events that were.

    What is left says nothing about persons: titles, counts, places. The devices go with the ledger (`events.privacy`).
    """
    ended = Event.objects.annotate(end=Max("days__slots__end")).filter(end__lt=now - NAMES_KEPT)
    due = [event for event in ended if _has_names(event)]
    for event in due:
        hold(event.stream)
        for topic in Topic.objects.filter(event=event):
            topic.host_name, topic.host = "", None
            topic.searchable = searchable(topic)
            topic.save(update_fields=["host_name", "host", "searchable"])
        Session.objects.filter(event=event, kind=Kind.BARCAMP).update(host_name="", hosts=[])
        HandCount.objects.filter(topic__event=event).update(actor="")
    return len(due)


def _has_names(event: Event) -> bool:
    topics = Topic.objects.filter(event=event)
    sessions = Session.objects.filter(event=event, kind=Kind.BARCAMP)
    return (
        topics.exclude(host_name="", host=None).exists()
        or sessions.exclude(host_name="", hosts=[]).exists()
        or HandCount.objects.filter(topic__in=topics).exclude(actor="").exists()
    )
