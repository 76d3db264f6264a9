"""Draws an event's own icon, its initials on its accent colour, as SVG and PNG; outlines come from our own font."""

import struct
import zlib
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont

import tagwerk.kit
from tagwerk.kit.accents import COLOURS

FONT = Path(tagwerk.kit.__file__).parent / "static" / "build" / "fira-sans-semibold-latin.woff2"
SIZES = (180, 192, 512)
LETTERS, SAFE_LETTERS = 0.62, 0.46  # how much of the width the initials take; the second fits into any mask
TALLEST = 0.44
CORNER = 0.22
SUBLINES = 4  # lines looked at per row of pixels
STEPS = 8  # straight pieces per curve
HALF = 127

Point = tuple[float, float]
Outline = list[Point]


def colour(accent: str) -> str:
    """Give the colour of an accent; an unknown one is blue."""
    return COLOURS.get(accent, COLOURS["blau"])


def initials(name: str) -> str:
    """Give one or two letters for a name: of its first two words that begin with a letter or digit we can draw."""
    known = _font()[0]
    words = [word.lstrip("„\"'([–-") for word in name.split()]
    letters = [word[0].upper() for word in words if word and word[0].isalnum() and ord(word[0].upper()[0]) in known]
    return "".join(letter[0] for letter in letters[:2])


def svg(name: str, accent: str) -> str:
    """Draw the icon as SVG, which fits every size."""
    outlines = _placed(initials(name), 64, LETTERS)
    path = "".join("M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in outline) + "Z" for outline in outlines)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
        f'<rect width="64" height="64" rx="{64 * CORNER:.0f}" fill="{colour(accent)}"/><path fill="#fff" d="{path}"/></svg>'
    )


@lru_cache(maxsize=64)
def png(name: str, accent: str, size: int, *, is_whole: bool) -> bytes:
    """Draw the icon as PNG; `is_whole` fills the square and keeps the letters where no mask cuts them."""
    letters = _covered(_placed(initials(name), size, SAFE_LETTERS if is_whole else LETTERS), size)
    square: Outline = [(0, 0), (size, 0), (size, size), (0, size)]
    shape = _covered([square if is_whole else _rounded(size)], size)
    rows = [
        bytes(_index(share, within) for share, within in zip(row, inside, strict=True))
        for row, inside in zip(letters, shape, strict=True)
    ]
    return _file(rows, size, colour(accent))


def _index(share: float, within: float) -> int:
    """Give a pixel's place in the palette: up to 127 the accent turning white, above it the accent fading out."""
    if within > 1 - 1 / HALF:
        return min(HALF, round(share * HALF))
    return HALF + 1 + round(max(0.0, within) * HALF)


class _Outlines(BasePen):  # type: ignore[misc] # fontTools comes without types
    """Collects a glyph's outlines as straight lines."""

    def __init__(self, glyphs: Any) -> None:
        super().__init__(glyphs)
        self.found: list[Outline] = []

    def _moveTo(self, pt: Point) -> None:  # noqa: N802 - fontTools names it
        self.found.append([pt])

    def _lineTo(self, pt: Point) -> None:  # noqa: N802
        self.found[-1].append(pt)

    def _curveToOne(self, pt1: Point, pt2: Point, pt3: Point) -> None:  # noqa: N802
        begin = self.found[-1][-1]
        for step in range(1, STEPS + 1):
            t = step / STEPS
            parts = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            points = (begin, pt1, pt2, pt3)
            x, y = (sum(part * point[axis] for part, point in zip(parts, points, strict=True)) for axis in (0, 1))
            self.found[-1].append((x, y))


@cache
def _font() -> tuple[dict[int, str], Any]:
    font = TTFont(FONT)
    return font.getBestCmap(), font.getGlyphSet()


def _lettering(text: str) -> list[Outline]:
    """Give the outlines of some letters side by side, in units of the font, y upwards."""
    names, glyphs = _font()
    outlines: list[Outline] = []
    begin = 0.0
    for letter in text:
        glyph = glyphs[names[ord(letter)]]
        pen = _Outlines(glyphs)
        glyph.draw(pen)
        outlines += [[(x + begin, y) for x, y in outline] for outline in pen.found]
        begin += glyph.width
    return outlines


def _placed(text: str, size: float, share: float) -> list[Outline]:
    """Give the letters in the middle of a square, y downwards; a square card where there are none."""
    outlines = _lettering(text) or [[(0, 0), (100, 0), (100, 70), (0, 70)]]
    xs, ys = zip(*(point for outline in outlines for point in outline), strict=True)
    left, top, wide, high = min(xs), max(ys), max(xs) - min(xs), max(ys) - min(ys)
    scale = min(size * share / wide, size * TALLEST * share / LETTERS / high)
    right, down = (size - wide * scale) / 2, (size - high * scale) / 2
    return [[(right + (x - left) * scale, down + (top - y) * scale) for x, y in outline] for outline in outlines]


def _rounded(size: float) -> Outline:
    """Give a square with round corners."""
    radius, points = size * CORNER, list[Point]()
    arc = [(step / STEPS / 2) for step in range(2 * STEPS + 1)]
    for across, down, turn in ((1, 0, 0), (1, 1, 1), (0, 1, 2), (0, 0, 3)):
        centre = (size - radius if across else radius, size - radius if down else radius)
        for part in arc:
            # a quarter of a circle as a rational curve: exact, without sine and cosine
            s, c = 2 * part / (1 + part * part), (1 - part * part) / (1 + part * part)
            dx, dy = ((s, -c), (c, s), (-s, c), (-c, -s))[turn]
            points.append((centre[0] + radius * dx, centre[1] + radius * dy))
    return points


def _covered(outlines: Iterable[Outline], size: int) -> Iterator[list[float]]:
    """Give for each row how much of each pixel lies inside the outlines, 0 to 1."""
    edges = [
        (one, two, 1) if one[1] < two[1] else (two, one, -1)
        for outline in outlines
        for one, two in pairwise([*outline, outline[0]])
        if one[1] != two[1]
    ]
    for row in range(size):
        steps = [0.0] * (size + 2)
        near = [edge for edge in edges if edge[0][1] < row + 1 and edge[1][1] > row]
        for subline in range(SUBLINES) if near else ():
            y = row + (subline + 0.5) / SUBLINES
            for x, step in _crossings(near, y):
                column, rest = int(x), x - int(x)
                steps[column] += step * (1 - rest) / SUBLINES
                steps[column + 1] += step * rest / SUBLINES
        yield list(accumulate(steps))[:size]


def _crossings(edges: list[tuple[Point, Point, int]], y: float) -> Iterator[tuple[float, int]]:
    """Give where a line enters (+1) and leaves (-1) what the edges enclose."""
    found = sorted(
        (high[0] + (low[0] - high[0]) * (y - high[1]) / (low[1] - high[1]), turn)
        for high, low, turn in edges
        if high[1] <= y < low[1]
    )
    winding = 0
    for x, turn in found:
        before, winding = winding, winding + turn
        if bool(before) != bool(winding):
            yield max(0.0, x), 1 if winding else -1


def _file(rows: list[bytes], size: int, hexadecimal: str) -> bytes:
    """Write a PNG whose 256 colours are the accent turning white, and the accent fading out."""
    red, green, blue = bytes.fromhex(hexadecimal[1:])
    turning = [round(part + (255 - part) * step / HALF) for step in range(HALF + 1) for part in (red, green, blue)]
    fading = [red, green, blue] * (HALF + 1)
    opaque = [255] * (HALF + 1) + [round(255 * step / HALF) for step in range(HALF + 1)]
    head = struct.pack(">IIBBBBB", size, size, 8, 3, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    chunks = ((b"IHDR", head), (b"PLTE", bytes(turning + fading)), (b"tRNS", bytes(opaque)), (b"IDAT", body))
    packed = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in (*chunks, (b"IEND", b""))
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)
