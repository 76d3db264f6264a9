"""Opens the door to an event for programs: finds it, recognises the caller, answers repeats."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, JsonResponse

from tagwerk.events.models import Event
from tagwerk.events.pages import no_event, speak
from tagwerk.kit.prepared import Prepared
from tagwerk.kit.receipts import Answer, keyed, once
from tagwerk.kit.refusals import Unauthenticated
from tagwerk.people.actors import Actor, by_bearer, by_cookies

_event = Prepared(Event.objects.at)


@dataclass(frozen=True)
class Call:
    """A program's request to one event."""

    request: HttpRequest
    event: Event
    actor: Actor

    def write(self, perform: Callable[[], Answer]) -> JsonResponse:
        """Perform a write and answer it; with an `Idempotency-Key` a repeat gets the first answer again."""
        key = self.request.headers.get("Idempotency-Key", "")
        if key:
            content = (self.request.method, self.request.path, _body(self.request))
            answer = once(keyed(self.actor.mark or "nobody", key, *content), perform)
        else:
            answer = perform()
        return JsonResponse(answer.body, status=answer.status, json_dumps_params={"ensure_ascii": False})


def call(request: HttpRequest, slug: str) -> Call:
    """Find the event and the caller; a draft exists for its crew only.

    Raises `Unknown` for an event that the caller may not know of, `Unauthenticated` for a bad token.
    """
    event = _event.first(slug)
    if event is None:
        raise no_event()
    speak(event)
    kind, _space, secret = request.headers.get("Authorization", "").partition(" ")
    is_bearer = kind.lower() == "bearer"
    try:
        actor = by_bearer(secret.strip(), event.realm) if is_bearer else by_cookies(request, event.realm)
    except Unauthenticated as refusal:
        raise refusal if event.is_public else no_event() from None
    if not event.is_public and not actor.roles:
        raise no_event()
    return Call(request, event, actor)


def _body(request: HttpRequest) -> object:
    """Give the body as plain values, so that spacing does not make another request of it."""
    try:
        return json.loads(request.body) if request.body else None
    except (ValueError, RecursionError):
        return request.body.decode("utf-8", "replace")
