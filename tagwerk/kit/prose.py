"""Text that people formatted, in Markdown, as HTML that can do no harm: sanitised each time it is shown."""

from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

LONGEST = 20_000  # characters; parsing takes time, and nobody reads more
TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "h3", "h4", "h5", "blockquote", "code", "pre", "hr"}
SCHEMES = {"http", "https", "mailto"}
HEADINGS = {"h1": "h3", "h2": "h4", "h3": "h5", "h4": "h5", "h5": "h5", "h6": "h5"}  # a page has its own two above

_reader = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable("image")


@lru_cache(maxsize=1_000)
def html_of(text: str) -> SafeString:
    """Give Markdown as safe HTML: no images, no scripts, no attributes but the address of a link; cut at 20,000 characters."""
    tokens = _reader.parse(text[:LONGEST])
    for token in tokens:
        token.tag = HEADINGS.get(token.tag, token.tag)
    html = _reader.renderer.render(tokens, _reader.options, {})
    clean = nh3.clean(
        html, tags=TAGS, attributes={"a": {"href"}}, url_schemes=SCHEMES, link_rel="noopener noreferrer nofollow"
    )
    return mark_safe(clean)  # noqa: S308 - nh3 has just cleaned it
