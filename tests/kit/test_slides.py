"""What a file is stands in it, not in its name."""

import io
import zipfile

import pytest

from tagwerk.kit.slides import MOST_PARTS, NoSlides, file_name, kind_of


def packed(*names: str, first: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        if first:
            archive.writestr("mimetype", first)
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


PPTX = ("[Content_Types].xml", "ppt/presentation.xml")
ODP = "application/vnd.oasis.opendocument.presentation"


def test_slides_are_known_by_what_is_in_them() -> None:
    assert [kind_of(raw) for raw in (b"%PDF-1.4", packed(*PPTX), packed("content.xml", first=ODP))] == [
        "pdf",
        "pptx",
        "odp",
    ]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"<html>%PDF-",
        b"PK\x03\x04 broken",
        packed(*PPTX, "ppt/vbaProject.bin"),
        packed("word/document.xml", first="application/vnd.oasis.opendocument.text"),
        b"<script>" + packed(*PPTX),
        packed(*PPTX, *(f"{number}" for number in range(MOST_PARTS))),
    ],
    ids=range(7),
)
def test_everything_else_is_refused(raw: bytes) -> None:
    with pytest.raises(NoSlides):
        kind_of(raw)


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("C:\\Folien\\Mein Vortrag.pptx", "Mein Vortrag.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("", "folien.pdf"),
        ('a"\r\nSet-Cookie: x.pdf', "a-Set-Cookie- x.pdf"),
        (200 * "ä" + ".pdf", 80 * "ä" + ".pdf"),
    ],
)
def test_names_are_such_that_any_system_can_store_them(sent: str, name: str) -> None:
    assert file_name(sent, kind_of(b"%PDF-")) == name
