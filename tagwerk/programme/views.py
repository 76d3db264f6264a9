"""Public pages of the programme: the schedule and single sessions."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tagwerk.events.models import Event
from tagwerk.events.pages import page
from tagwerk.kit.codes import normal
from tagwerk.kit.headers import public
from tagwerk.kit.refusals import Unknown
from tagwerk.live.wiring import address
from tagwerk.programme.cards import day_rows, placed_sessions, session_card


@require_safe
@page
def schedule(request: HttpRequest, event: Event) -> HttpResponseBase:
    """Show the whole programme: a grid on wide screens, a list per slot on phones."""
    context = {"days": day_rows(event), "rooms": list(event.rooms.all())}
    return public(render(request, "programme/schedule.html", context))


@require_safe
@page
def session(request: HttpRequest, event: Event, code: str) -> HttpResponseBase:
    """Show one session."""
    found = placed_sessions(event).filter(code=normal(code)).first()
    if found is None:
        raise Unknown("no-such-session", _("Diese Session gibt es nicht (mehr)."))
    if found.code != code:
        return redirect("programme:session", event.slug, found.code)
    coming_url = address("coming", event.slug, found.code) if event.takes_part else ""
    take_over_url = address("take_over", event.slug, found.code) if event.takes_part else ""
    context = {
        "session": session_card(found),
        "description": found.description,
        "coming_url": coming_url,
        "take_over_url": take_over_url,
    }
    return public(render(request, "programme/session.html", context))
