"""Public pages of those who speak: only who takes part in a public session stands there."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tagwerk.events.models import Event
from tagwerk.events.pages import page
from tagwerk.kit.codes import normal
from tagwerk.kit.headers import public
from tagwerk.kit.refusals import Unknown
from tagwerk.programme.cards import placed_sessions, session_card
from tagwerk.programme.models import Portrait, Speaker


def public_speakers(event: Event) -> Any:
    """Give those of an event who take part in something public, by name."""
    return Speaker.objects.filter(event=event, participations__session__placement__isnull=False).distinct()


@require_safe
@page
def speakers(request: HttpRequest, event: Event) -> HttpResponseBase:
    """Show who speaks."""
    rows = public_speakers(event).select_related("portrait").defer("portrait__data")
    rows = rows.prefetch_related("participations__session__placement")
    people = [{"speaker": row, "titles": _public_titles(row)} for row in rows]
    return public(render(request, "programme/speakers.html", {"people": people}))


def _public_titles(speaker: Speaker) -> list[str]:
    sessions = (part.session for part in speaker.participations.all())
    return [session.title for session in sessions if session.title and hasattr(session, "placement")]


@require_safe
@page
def speaker(request: HttpRequest, event: Event, code: str) -> HttpResponseBase:
    """Show somebody who speaks, and in what."""
    found = public_speakers(event).select_related("portrait").defer("portrait__data").filter(code=normal(code)).first()
    if found is None:
        raise Unknown("no-such-speaker", _("Diese Person steht nicht (mehr) im Programm."))
    if found.code != code:
        return redirect("programme:speaker", event.slug, found.code)
    sessions = [session_card(row) for row in placed_sessions(event).filter(participations__speaker=found)]
    return public(render(request, "programme/speaker.html", {"speaker": found, "sessions": sessions}))


@require_safe
@page
def portrait(request: HttpRequest, event: Event, code: str, digest: str) -> HttpResponseBase:
    """Give the photo of somebody who stands in the programme; its address changes with it, so that it may be kept."""
    found = public_speakers(event).filter(code=normal(code)).first()
    if found is None:
        raise no_picture()
    response = portrait_of(found, digest)
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


def portrait_of(speaker: Speaker, digest: str) -> HttpResponse:
    """Give a photo as we drew it; raises `Unknown`."""
    found = Portrait.objects.filter(speaker=speaker, digest=digest).first()
    if found is None:
        raise no_picture()
    return HttpResponse(bytes(found.data), content_type="image/jpeg", headers={"Content-Disposition": "inline"})


def no_picture() -> Unknown:
    """Give the refusal for a photo that is not (or no longer) there."""
    return Unknown("no-such-picture", _("Dieses Bild gibt es nicht (mehr)."))
