"""The printer as a child process: a page comes in on stdin, an accessible PDF (PDF/UA-1) goes out on stdout.

It runs with limits on time and memory and loads nothing but our own style sheet and fonts, whatever the page asks for.
Exit codes: 0; 3 when WeasyPrint, or Pango, which it needs, is not there.
"""

import importlib
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SHEET = HERE / "data" / "printed.css"
FONTS = HERE.parent / "kit" / "static" / "build"
FONT = "fonts:"
SECONDS, MEMORY, LARGEST = 300, 2 * 2**30, 64 * 2**20
MISSING = 3


def limit() -> None:
    """Set how much this process may take, where the system knows such limits."""
    try:
        resource: Any = importlib.import_module("resource")
    except ImportError:
        return
    for kind, most in (("RLIMIT_CPU", SECONDS), ("RLIMIT_AS", MEMORY), ("RLIMIT_FSIZE", LARGEST)):
        resource.setrlimit(getattr(resource, kind), (most, most))


def printer() -> Any:
    """Load WeasyPrint; raises ImportError, or OSError when Pango is missing."""
    return importlib.import_module("weasyprint")


def fetcher() -> Any:
    """Give what WeasyPrint asks for files: it gets our fonts, and nothing else."""
    urls = importlib.import_module("weasyprint.urls")

    def fetch(_self: Any, url: str, _headers: Any = None) -> Any:
        path = FONTS / Path(url.removeprefix(FONT)).name
        if not url.startswith(FONT) or path.suffix != ".woff2" or not path.is_file():
            raise ValueError(url)
        return urls.URLFetcherResponse(path.as_uri(), path.read_bytes(), {"Content-Type": "font/woff2"})

    return type("OnlyOurs", (urls.URLFetcher,), {"fetch": fetch})()


def pdf_of(page: str) -> bytes:
    """Print a page."""
    weasyprint = printer()
    fonts = importlib.import_module("weasyprint.text.fonts").FontConfiguration()
    given: dict[str, Any] = {"url_fetcher": fetcher(), "base_url": FONT}
    sheet = weasyprint.CSS(string=SHEET.read_text(encoding="utf-8"), font_config=fonts, **given)
    html = weasyprint.HTML(string=page, **given)
    pdf: bytes = html.write_pdf(stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/ua-1")
    return pdf


def main(arguments: list[str]) -> int:
    """Print what stands on stdin; with `--check` only tell whether that is possible."""
    limit()
    try:
        printer()
    except (ImportError, OSError) as fault:
        sys.stderr.write(f"{fault}\n")
        return MISSING
    if arguments != ["--check"]:
        page = sys.stdin.buffer.read().decode()
        sys.stdout.buffer.write(pdf_of(page))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
