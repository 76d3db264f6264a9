"""The desk as a program uses it: signs in through the demo's door, fills forms, sends them."""

import urllib.parse
import urllib.request
from html.parser import HTMLParser
from http.cookiejar import CookieJar

from tagwerk.site.bench.house import House


class Desk:
    """A moderator with a browser that only knows forms."""

    def __init__(self, place: House) -> None:
        self.base = f"http://{place.host}:{place.port}"
        self._browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.send(f"/demo/{place.slug}/", {})

    def read(self, path: str) -> str:
        """Give a page."""
        return str(self._browser.open(self.base + path).read().decode())

    def send(self, path: str, fields: dict[str, str]) -> str:
        """Send a form; gives the page that follows."""
        data = urllib.parse.urlencode(fields).encode()
        request = urllib.request.Request(self.base + path, data, {"Origin": self.base})  # noqa: S310 - our own server
        return str(self._browser.open(request).read().decode())

    def change(self, path: str, **fields: str) -> str:
        """Open a form, change some fields, send it."""
        form = _Form()
        form.feed(self.read(path))
        return self.send(path, form.fields | fields)


class _Form(HTMLParser):
    """Collects what the fields of a page hold."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a field."""
        told = dict(attrs)
        name = told.get("name") or ""
        is_box = tag == "input" and told.get("type") in ("checkbox", "radio", "file", "submit")
        if tag == "input" and name and (not is_box or "checked" in told):
            self.fields[name] = told.get("value") or ""
        if tag in ("textarea", "select"):
            self._inside = name
            self.fields[name] = ""
        if tag == "option" and "selected" in told:
            self.fields[self._inside] = told.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        """End a field."""
        if tag in ("textarea", "select"):
            self._inside = ""

    def handle_data(self, data: str) -> None:
        """Note what stands in a large field."""
        if self._inside and self.get_starttag_text() and str(self.get_starttag_text()).startswith("<textarea"):
            self.fields[self._inside] += data
