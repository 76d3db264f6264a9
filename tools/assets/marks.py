"""Draw the wordmark and the app icons, whose idea is a T of time slots with one card sliding into place.

Run once by hand when the mark changes; the results are committed.
"""

from __future__ import annotations

from pathlib import Path

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "tagwerk/kit/static/kit"
FONT = ROOT / "node_modules/@kern-ux/native/dist/fonts/fira-sans/FiraSans-SemiBold.woff2"

INK, INK_DARK = "#16182a", "#f0f0f5"
BLUE, BLUE_DARK = "#1d4fb8", "#a3c0ff"
AMBER = "#f2a900"
CELL, GAP = 9, 2
T_CELLS = {(0, 0), (1, 0), (2, 0), (1, 1)}
DOOR = (1, 2)


def cell(column: int, row: int, attributes: str) -> str:
    """Return one rounded slot of the 3 x 3 grid."""
    x, y = column * (CELL + GAP), row * (CELL + GAP)
    return f'<rect x="{x}" y="{y}" width="{CELL}" height="{CELL}" rx="2" {attributes}/>'


def mark(strong: str, faint: str) -> str:
    """Return the 31 x 31 mark: filled slots form a T, the last card is on its way to its place."""
    slots = [
        cell(column, row, strong if (column, row) in T_CELLS else faint)
        for row in range(3)
        for column in range(3)
        if (column, row) != DOOR
    ]
    card = f'<rect x="14.5" y="21" width="{CELL + 1}" height="{CELL + 1}" rx="2" fill="{AMBER}" transform="rotate(9 19 26)"/>'
    return "".join(slots) + card


def lettering(text: str, size: float) -> tuple[str, float]:
    """Return the outline of `text` with its baseline at 0, and its width."""
    font = TTFont(FONT)
    glyphs, names, scale = font.getGlyphSet(), font.getBestCmap(), size / font["head"].unitsPerEm
    x, paths = 0.0, []
    for character in text:
        glyph = glyphs[names[ord(character)]]
        pen = SVGPathPen(glyphs, ntos=lambda value: f"{value:.2f}".rstrip("0").rstrip("."))
        glyph.draw(TransformPen(pen, (scale, 0, 0, -scale, x, 0)))
        paths.append(pen.getCommands())
        x += glyph.width * scale
    return "".join(paths), x


def icon(inset: float, radius: float) -> str:
    """Return a square app icon; the maskable one keeps everything inside the safe circle."""
    scale = (64 - 2 * inset) / 31
    inner = mark('fill="#fff"', 'fill="#fff" fill-opacity=".26"')
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
        f'<rect width="64" height="64" rx="{radius}" fill="{BLUE}"/>'
        f'<g transform="translate({inset} {inset}) scale({scale:.4f})">{inner}</g></svg>\n'
    )


def wordmark() -> str:
    """Return mark and name, in colours that follow the reader's light or dark preference."""
    path, width = lettering("Tagwerk", 30)
    style = (
        f".a{{fill:{BLUE}}}.b{{fill:{INK}}}"
        f"@media (prefers-color-scheme:dark){{.a{{fill:{BLUE_DARK}}}.b{{fill:{INK_DARK}}}}}"
    )
    slots = mark('class="a"', 'class="a" fill-opacity=".2"')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 {44 + width:.0f} 35" role="img" aria-label="Tagwerk">'
        f"<style>{style}</style>{slots}"
        f'<path class="b" transform="translate(41 26)" d="{path}"/></svg>\n'
    )


def main() -> None:
    """Write the three files."""
    TARGET.mkdir(parents=True, exist_ok=True)
    (TARGET / "wordmark.svg").write_text(wordmark())
    (TARGET / "icon.svg").write_text(icon(inset=10, radius=14))
    (TARGET / "icon-maskable.svg").write_text(icon(inset=15, radius=0))


if __name__ == "__main__":
    main()
