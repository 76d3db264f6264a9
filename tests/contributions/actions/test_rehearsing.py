"""A recording to practise with is handed in, replaced, taken back, and goes with the person who made it."""

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tagwerk.contributions import actions
from tagwerk.contributions.actions import rehearsing
from tagwerk.contributions.models import Author, RehearsalFile
from tagwerk.contributions.privacy import KEPT, forget_author, given_out, sweep_files
from tagwerk.contributions.rules import FileFault
from tagwerk.kit import kept_files
from tagwerk.kit.refusals import Busy, Refusal
from tagwerk.kit.writer import busy
from tagwerk.site.contributions import tidy
from tests.contributions.call import opened, proposed, speaking
from tests.town import Town, at

MP3 = b"\xff\xfb\x90\x64" + bytes(400)
Committed = Callable[..., AbstractContextManager[Any]]


@pytest.fixture(autouse=True)
def files(tmp_path: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.TAGWERK_FILES = tmp_path / "files"
    monkeypatch.setattr(kept_files, "LEAST_FREE", 0)
    return kept_files.folder()


@pytest.fixture
def author(town: Town) -> Author:
    opened(town.event)
    return speaking(town.event)


def sent(raw: bytes = MP3) -> "SimpleUploadedFile":
    return SimpleUploadedFile("name.exe", raw, "text/html")


def kept(files: Path) -> list[bytes]:
    return [place.read_bytes() for place in files.iterdir()]


def refused(author: Author, raw: bytes | None) -> str:
    with pytest.raises(Refusal) as caught:
        actions.take_in(author, sent(raw) if raw is not None else None)
    return caught.value.kind


def test_a_recording_is_kept_and_the_crew_hears_that_it_is_new(author: Author, files: Path) -> None:
    row = actions.take_in(author, sent())
    assert (row.kind, row.size, kept(files)) == ("mp3", len(MP3), [MP3])
    assert "rehearsal_url" in Author.objects.get(pk=author.pk).news
    assert given_out(author)["speaker"]["rehearsal_file"]["size"] == len(MP3)


def test_a_new_one_takes_the_place_of_the_old_one(
    author: Author, files: Path, django_capture_on_commit_callbacks: Committed
) -> None:
    actions.take_in(author, sent())
    with django_capture_on_commit_callbacks(execute=True):
        actions.take_in(author, sent(MP3 * 2))
    assert kept(files) == [MP3 * 2]
    with django_capture_on_commit_callbacks(execute=True):
        actions.take_file_back(author)
        actions.take_file_back(author)
    assert kept(files) == []
    assert not RehearsalFile.objects.exists()


def test_what_is_none_is_refused_and_nothing_stays(
    author: Author, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert refused(author, None) == FileFault.EMPTY
    assert refused(author, b"") == FileFault.EMPTY
    assert refused(author, b"<html>") == FileFault.KIND
    monkeypatch.setattr(rehearsing, "LARGEST", len(MP3) - 1)
    assert refused(author, MP3) == FileFault.LARGE
    assert kept(files) == []
    assert set(rehearsing.FAULTS) == set(FileFault), "each has its sentence"


def test_without_space_it_is_refused(author: Author, files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_sent: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(kept_files, "keep", fails)
    assert refused(author, MP3) == FileFault.FULL
    monkeypatch.setattr(kept_files, "LEAST_FREE", 1 << 62)
    assert refused(author, MP3) == FileFault.FULL


def test_a_file_that_may_still_be_noted_stays(author: Author, files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    noted = rehearsing.note_file

    def late(*words: Any) -> RehearsalFile:
        noted(*words)  # the writer goes on when nobody waits for it any more
        raise busy()

    monkeypatch.setattr(rehearsing, "note_file", late)
    with pytest.raises(Busy):
        actions.take_in(author, sent())
    assert kept(files) == [MP3]
    assert kept_files.path_of(RehearsalFile.objects.get().key).is_file()


def test_who_does_not_speak_leaves_nothing(town: Town, files: Path) -> None:
    opened(town.event)
    author = proposed(town.event).author
    assert refused(author, MP3) == "not-speaking"
    assert kept(files) == []


def test_it_goes_with_the_person(author: Author, files: Path, django_capture_on_commit_callbacks: Committed) -> None:
    actions.take_in(author, sent())
    with django_capture_on_commit_callbacks(execute=True):
        forget_author(author)
    assert kept(files) == []


def test_it_goes_90_days_after_the_event(author: Author, files: Path) -> None:
    row = actions.take_in(author, sent())
    os.utime(kept_files.path_of(row.key), (0, 0))
    tidy(timezone.now())
    assert kept(files) == [MP3]
    tidy(at(15, 45) + KEPT + timedelta(minutes=1))
    assert kept(files) == []
    assert sweep_files() == 0
