"""The Notfallmappe: the announced plan as one file that opens and prints without a network."""

import base64
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from tagwerk.events.models import Event
from tagwerk.events.pages import desk_page
from tagwerk.live.models import Change
from tagwerk.people.actors import Actor
from tagwerk.people.rules import RoleKind
from tagwerk.site.paper.facts import GATHERED, common

POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; base-uri 'none'; form-action 'none'"
OFFERED = timedelta(minutes=2)
IN_FOLDER = ("crew", "grid", "doors", "topics")
USUAL = {"topic_size": "a6"}
PUBLISHED = "plan.published"
FACES = (("fira-sans-regular-latin.woff2", 400), ("fira-sans-semibold-latin.woff2", 600))


@require_safe
@desk_page(RoleKind.HELPER)
def folder(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Give the Notfallmappe as a file to keep."""
    context: dict[str, Any] = {"style": _style(), "policy": POLICY, **common(request, event)}
    for name in IN_FOLDER:
        context |= GATHERED[name](request, event, USUAL)
    context["hosts"] = sorted(
        ((name, topic) for topic in context["topics"] for name in topic.hosts),
        key=lambda line: (line[0].casefold(), line[1].number),
    )
    response = HttpResponse(render_to_string("site/folder.html", context))
    stand = context["stand"].astimezone(event.timezone)
    name = f"notfallmappe-{slugify(event.slug)}-{stand:%H%M}.html"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Security-Policy"] = f"{POLICY}; sandbox"
    return response


def offer(event: Event, actor: Actor) -> dict[str, Any] | None:
    """Give what the desk of whoever has just announced a plan downloads by itself; None otherwise."""
    recent = Change.objects.filter(stream=event.stream, kind=PUBLISHED, told_at__gt=timezone.now() - OFFERED)
    change = recent.filter(actor=actor.mark).order_by("-revision").first()
    url = reverse("site:desk_folder", args=[event.slug])
    return {"url": url, "revision": change.revision} if change else None


def _style() -> SafeString:
    """Give the print styles with their letters, to stand inside the file: it looks the same wherever it is opened."""
    faces = "".join(_face(name, weight) for name, weight in FACES)
    return mark_safe(f"<style>{faces}{_built('paper.css').decode()}</style>")  # noqa: S308 - our own files


def _face(name: str, weight: int) -> str:
    font = base64.b64encode(_built(name)).decode()
    source = f"url(data:font/woff2;base64,{font}) format('woff2')"
    return f"@font-face{{font-family:'Fira Sans';font-weight:{weight};src:{source}}}"


def _built(name: str) -> bytes:
    return Path(str(finders.find(f"build/{name}"))).read_bytes()
