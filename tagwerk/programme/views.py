"""Public pages of the programme: the schedule and single sessions."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from tagwerk.events.models import Event
from tagwerk.events.pages import page
from tagwerk.kit.codes import normal
from tagwerk.kit.headers import public
from tagwerk.kit.refusals import Unknown
from tagwerk.programme.cards import session_card, sessions_of, slot_rows


@page
def schedule(request: HttpRequest, event: Event) -> HttpResponseBase:
    """Show the whole programme: a grid on wide screens, a list per slot on phones."""
    context = {"rows": slot_rows(event), "rooms": list(event.rooms.all()), "event": event}
    return public(render(request, "programme/schedule.html", context))


@page
def session(request: HttpRequest, event: Event, code: str) -> HttpResponseBase:
    """Show one session."""
    found = sessions_of(event).filter(code=normal(code)).first()
    if found is None:
        raise Unknown("no-such-session", _("Diese Session gibt es nicht (mehr)."))
    if found.code != code:
        return redirect("programme:session", event.slug, found.code)
    return public(render(request, "programme/session.html", {"session": session_card(found), "event": event}))
