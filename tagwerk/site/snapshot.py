"""The public state of an event as JSON, with its revision; for programs and for reading offline."""

import json
from typing import Any

from django.core.cache import cache
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from tagwerk.events.models import Event
from tagwerk.events.pages import page
from tagwerk.live.conflicts import cursor
from tagwerk.site.state import event_state

KEPT = 60 * 10


@require_safe
@page
def snapshot(request: HttpRequest, event: Event) -> HttpResponseBase:
    """Answer the state, or 304 when the caller has it."""
    at = cursor(event.stream)
    tag = f'"{event.pk}-{at}"'
    if request.headers.get("If-None-Match", "") == tag:
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(_body(event, at), content_type="application/json")
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "public, max-age=1, stale-while-revalidate=5"
    return response


def _body(event: Event, at: str) -> bytes:
    """Give the state at a cursor that was read before it: what is newer is told again, nothing is missing."""
    key = f"snapshot:{event.pk}"
    kept: tuple[str, bytes] | None = cache.get(key)
    if kept is not None and kept[0] == at:
        return kept[1]
    event.refresh_from_db()  # the page's door read it before the cursor
    state: dict[str, Any] = {"cursor": at, **event_state(event)}
    body = json.dumps(state, cls=DjangoJSONEncoder, ensure_ascii=False).encode()
    cache.set(key, (at, body), KEPT)
    return body
