"""Somebody who speaks hands in a recording with which they practised, replaces it, or takes it back."""

from functools import partial

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tagwerk.contributions.actions.caring import note_news, speaking
from tagwerk.contributions.models import Author, RehearsalFile
from tagwerk.contributions.rules import FileFault
from tagwerk.kit import kept_files
from tagwerk.kit.recordings import HEAD, LARGEST, Kind, NoRecording, kind_of
from tagwerk.kit.refusals import Busy, Invalid
from tagwerk.kit.writer import action

FAULTS = {
    FileFault.EMPTY: _("Bitte wählen Sie zuerst eine Datei aus."),
    FileFault.LARGE: _(
        "Diese Datei ist zu groß: höchstens 200 MB. Mit kleinerem Bild (720 statt 1080 Zeilen) wird sie oft klein genug; "
        "oder geben Sie auf Ihrer Seite einen Link an."
    ),
    FileFault.KIND: _(
        "Diese Datei können wir nicht nehmen. Bitte schicken Sie MP4, WebM, OGG, M4A oder MP3. Ein Video vom iPhone (MOV) "
        "können Sie vorher als MP4 speichern."
    ),
    FileFault.FULL: _(
        "Auf dem Server ist gerade zu wenig Platz. Bitte versuchen Sie es später noch einmal, oder geben Sie auf Ihrer Seite "
        "einen Link an."
    ),
    FileFault.BUSY: _("Gerade ist hier zu viel los. Bitte versuchen Sie es in ein paar Minuten noch einmal."),
    FileFault.TWICE: _(
        "Von Ihnen kommt gerade schon eine Aufnahme an, vielleicht in einem anderen Fenster. Bitte warten Sie, bis sie da "
        "ist; ist die Verbindung abgerissen, versuchen Sie es in einer Minute noch einmal."
    ),
    FileFault.SLOW: _("Die Verbindung ist abgerissen. Bitte versuchen Sie es noch einmal, am besten im WLAN."),
}


def take_in(author: Author, sent: "UploadedFile[bytes] | None") -> RehearsalFile:
    """Keep a recording of somebody who speaks, in place of an older one.

    Raises `Invalid` for what is none, is too large, or finds no space; its `kind` is the `FileFault`.
    """
    kind = _checked(sent)
    if sent is None or kept_files.is_short():
        raise _refused(FileFault.FULL)
    try:
        key = kept_files.keep(sent)
    except OSError as fault:
        raise _refused(FileFault.FULL) from fault
    try:
        return note_file(author, key, kind, sent.size or 0)
    except Busy:
        raise  # it may still be noted: the file stays until the sweep finds it in no row
    except BaseException:
        kept_files.drop(key)
        raise


@action
def note_file(author: Author, key: str, kind: str, size: int) -> RehearsalFile:
    """Note a file that was kept as the recording of somebody who speaks; the older one goes."""
    speaking(author)
    _drop_old(author)
    row = RehearsalFile.objects.create(author=author, key=key, kind=kind, size=size, sent_at=timezone.now())
    note_news(author, ["rehearsal_url"])
    return row


@action
def take_file_back(author: Author) -> None:
    """Delete an own recording."""
    speaking(author)
    _drop_old(author)
    note_news(author, ["rehearsal_url"])


def _drop_old(author: Author) -> None:
    for old in RehearsalFile.objects.filter(author=author):
        old.delete()
        transaction.on_commit(partial(kept_files.drop, old.key), robust=True)


def _checked(sent: "UploadedFile[bytes] | None") -> Kind:
    if sent is None or not sent.size:
        raise _refused(FileFault.EMPTY)
    if sent.size > LARGEST:
        raise _refused(FileFault.LARGE)
    head = sent.read(HEAD)
    sent.seek(0)
    try:
        return kind_of(head)
    except NoRecording as fault:
        raise _refused(FileFault.KIND) from fault


def _refused(fault: FileFault) -> Invalid:
    return Invalid(fault, FAULTS[fault], errors={"recording": FAULTS[fault]})
