"""What a programme keeps of persons, and what happens to it once its time is over."""

from datetime import datetime, timedelta

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from tagwerk.events.models import Event
from tagwerk.kit.personal import Activity, Basis, Holding, Since, Term, Whose
from tagwerk.kit.writer import action
from tagwerk.programme.models import Absence, Edition, Import, Material, Speaker, TakenImport

KEPT = timedelta(days=90)
_CONTACTS = Term(Since.EVENT, KEPT)
_STAYS = Term(Since.ORGANISERS)
ACTIVITIES = (
    Activity(
        _("Programm und Vortragende"),
        _("Das Programm vorbereiten, veröffentlichen und dokumentieren."),
        Basis.TASK,
        (
            Holding(
                "programme.Speaker",
                ("name", "organisation", "biography", "links"),
                Whose.SPEAKER,
                _("Name, Organisation, Text zur Person, Links"),
                _("Das Programm und seine Dokumentation"),
                _STAYS,
                is_public=True,
                basis=Basis.CONSENT,
            ),
            Holding(
                "programme.Portrait",
                ("speaker", "data", "digest", "width", "height"),
                Whose.SPEAKER,
                _("Foto, neu gezeichnet und ohne Angaben der Kamera"),
                _("Das Programm und seine Dokumentation"),
                _STAYS,
                _("sobald die Person es entfernt"),
                is_public=True,
                basis=Basis.CONSENT,
            ),
            Holding(
                "programme.Participation",
                ("session", "speaker", "part", "position", "instead_of"),
                Whose.SPEAKER,
                _("Wer in welchem Programmpunkt spricht, moderiert oder für wen einspringt"),
                _("Das Programm und seine Dokumentation"),
                _STAYS,
                is_public=True,
            ),
            Holding(
                "programme.Speaker",
                ("email", "availability", "technical", "rehearsal_url"),
                Whose.SPEAKER,
                _("E-Mail-Adresse, mögliche Zeiten, technische Wünsche, Link zu einer Probe"),
                _("Absprachen vor dem Auftritt"),
                _CONTACTS,
            ),
            Holding(
                "programme.Speaker",
                ("has_confirmed", "recording", "recording_licence", "recording_said_at"),
                Whose.SPEAKER,
                _("Zusage, und ob und unter welcher Lizenz eine Aufzeichnung gezeigt werden darf, wann gesagt"),
                _("Nachweis der Einwilligung"),
                _STAYS,
            ),
            Holding(
                "programme.Material",
                ("session", "speaker", "code", "name", "kind", "data", "size", "is_public", "sent_at"),
                Whose.SPEAKER,
                _("Folien, die nur das Team sieht"),
                _("Folien bereithalten"),
                _CONTACTS,
                _("sobald die Person sie entfernt; veröffentlichte Folien bleiben mit dem Programm"),
            ),
            Holding(
                "programme.Embargo",
                ("session", "until", "words"),
                Whose.SPEAKER,
                _("Text und Beteiligte eines Programmpunkts mit Sperrfrist"),
                _("Nichts erscheint vor der Zeit"),
                _STAYS,
                _("mit dem Ende der Sperrfrist gehen sie ins Programm über"),
            ),
            Holding(
                "programme.Edition",
                ("content",),
                Whose.SPEAKER,
                _("Frühere Fassungen des Programms, mit den Namen darin"),
                _("Sagen, was sich geändert hat"),
                _CONTACTS,
            ),
            Holding(
                "programme.Import",
                ("name", "made_at", "content", "problems"),
                Whose.SPEAKER,
                _("Eine eingelesene Datei, die noch nicht übernommen ist"),
                _("Vor dem Übernehmen ansehen"),
                _CONTACTS,
                _("mit der nächsten Datei"),
            ),
            Holding(
                "programme.TakenImport",
                ("name", "taken_at", "sessions", "rooms"),
                Whose.SPEAKER,
                _("Die zuletzt übernommene Datei"),
                _("Das Übernehmen als Ganzes zurücknehmen können"),
                _CONTACTS,
                _("mit der nächsten Datei"),
            ),
            Holding(
                "programme.Absence",
                ("day", "code", "hosts", "host_name", "kind", "start", "end", "is_withdrawn"),
                Whose.HOST,
                _("Wann jemand nicht im Haus ist oder an einem Stand gebraucht wird"),
                _("Niemand ist verplant, wenn er nicht da ist"),
                _CONTACTS,
            ),
        ),
    ),
)


@action
def forget_contacts(now: datetime) -> int:
    """Remove how speakers are reached, who was away when, and kept versions, of events that ended 90 days ago.

    Gives how many events. Versions may name hosts of the barcamp, who are forgotten by then; the next version is made
    anew, its number rises.
    """
    ends = Event.objects.annotate(end=Max("days__slots__end")).filter(end__lt=now - KEPT).values_list("pk", "end")
    concerned: set[int] = set()
    for number, end in ends:
        event = Event.objects.get(pk=number)
        blank = {"email": "", "availability": "", "technical": "", "rehearsal_url": ""}
        reachable = Speaker.objects.filter(event=event).exclude(**blank)
        changed = reachable.update(**blank)
        changed += Material.objects.filter(session__event=event, is_public=False).delete()[0]
        old = Edition.objects.filter(event=event, made_at__lt=end + KEPT).exclude(digest="")
        changed += old.update(content={"title": event.name}, digest="", revision=0)
        for forgotten in (Import, TakenImport, Absence):
            changed += forgotten.objects.filter(event=event).delete()[0]
        if changed:
            concerned.add(event.pk)
    return len(concerned)
