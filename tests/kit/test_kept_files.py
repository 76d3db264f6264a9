"""Large files lie on disk under names that nobody can guess, and go when nothing knows them any more."""

import os
import tempfile
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile

from tagwerk.kit import kept_files


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: LazySettings) -> Path:
    settings.TAGWERK_FILES = tmp_path / "files"
    return kept_files.folder()


def test_a_small_file_is_written_and_a_large_one_renamed(folder: Path) -> None:
    key = kept_files.keep(SimpleUploadedFile("../../etc/passwd", b"small"))
    large = TemporaryUploadedFile("a.mp4", "video/mp4", 5, None)
    large.write(b"large")
    large.flush()
    number = Path(large.temporary_file_path()).stat().st_ino
    other = kept_files.keep(large)
    large.close()
    assert [kept_files.path_of(one).read_bytes() for one in (key, other)] == [b"small", b"large"]
    if tempfile.gettempdir() == str(folder):
        assert kept_files.path_of(other).stat().st_ino == number
    assert {place.parent for place in map(kept_files.path_of, (key, other))} == {folder}
    assert kept_files.path_of(key).stat().st_mode & 0o777 == 0o600
    kept_files.drop(key)
    kept_files.drop(key)
    assert not kept_files.path_of(key).exists()


def test_what_no_row_knows_is_swept_away_but_not_what_just_arrived(folder: Path) -> None:
    known, unknown, new = (kept_files.keep(SimpleUploadedFile("x", b"x")) for _file in range(3))
    (folder / "a folder").mkdir()
    for key in (known, unknown):
        os.utime(kept_files.path_of(key), (0, 0))
    assert kept_files.sweep({known}) == 1
    assert {place.name for place in folder.iterdir()} == {known, new, "a folder"}


def test_little_space_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_files, "LEAST_FREE", 0)
    assert not kept_files.is_short()
    monkeypatch.setattr(kept_files, "LEAST_FREE", 1 << 62)
    assert kept_files.is_short()
