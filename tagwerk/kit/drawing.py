"""The child that draws a picture anew: bytes come in, a line with width and height and a PNG or JPEG go out."""

import io
import sys

FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
MEMORY = 1024 * 1024 * 1024  # bytes of address space; a picture of the largest size needs a fifth of it
PROCESSOR = 5  # seconds
MOST_PIXELS = 25_000_000
LARGE = 96 * 1024  # bytes; a photograph beyond that keeps 256 colours


def main() -> int:
    """Draw; give 1 for what is no picture."""
    _limit()
    from PIL import Image, ImageOps  # noqa: PLC0415 - within the limits, and only here

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    raw = sys.stdin.buffer.read()
    widest, highest = int(sys.argv[1]), int(sys.argv[2])
    try:
        with Image.open(io.BytesIO(raw), formats=FORMATS) as sent:
            if sent.width * sent.height > MOST_PIXELS:
                return 1
            sent.seek(0)
            upright = ImageOps.exif_transpose(sent).convert("RGBA")
    except Exception:  # noqa: BLE001 - whatever a hostile file does to the reader, it is no picture
        return 1
    upright.thumbnail((widest, highest))
    fresh = Image.new("RGBA", upright.size)  # nothing but pixels comes along
    fresh.paste(upright)
    out = io.BytesIO()
    if sys.argv[3] == "JPEG":
        paper = Image.new("RGB", fresh.size, "white")
        paper.paste(fresh, mask=fresh)
        paper.save(out, "JPEG", quality=84, optimize=True, progressive=True)
    else:
        fresh.save(out, "PNG", optimize=True)
    if out.tell() > LARGE and sys.argv[3] == "PNG":
        out = io.BytesIO()
        fresh.quantize(256, method=Image.Quantize.FASTOCTREE).save(out, "PNG", optimize=True)
    sys.stdout.buffer.write(b"%d %d\n" % fresh.size + out.getvalue())
    return 0


def _limit() -> None:
    """Take only a little memory and time, where the system knows limits."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR, PROCESSOR))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))


if __name__ == "__main__":
    raise SystemExit(main())
