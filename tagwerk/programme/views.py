"""Public pages of the programme: the schedule and single sessions."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tagwerk.events.models import Event
from tagwerk.events.pages import page
from tagwerk.kit.codes import normal
from tagwerk.kit.headers import public
from tagwerk.kit.refusals import Unknown
from tagwerk.programme.cards import day_rows, placed_sessions, session_card
from tagwerk.programme.describing import session_described
from tagwerk.programme.filtering import Wanted, filtered, filters
from tagwerk.programme.models import Programme
from tagwerk.programme.people import public_speakers
from tagwerk.programme.rules import Kind
from tagwerk.programme.whole import whole_session


@require_safe
@page
def schedule(request: HttpRequest, event: Event) -> HttpResponseBase:
    """Show the programme, or what is wanted of it: a grid on wide screens, a list per slot on phones."""
    days, wanted, base = day_rows(event), Wanted.read(request.GET), reverse("programme:schedule", args=[event.slug])
    shown = days if wanted.is_everything else filtered(days, wanted, event)
    programme = Programme.objects.filter(event=event).first()
    context = {
        "days": shown,
        "rooms": list(event.rooms.all()),
        "wanted": wanted,
        "base": base,
        "filters": filters(event, days, wanted, base),
        "count": sum(
            card.kind != Kind.BREAK for day in shown for row in day.slots for card in (*row.sessions, *row.fixed)
        ),
        "has_speakers": public_speakers(event).exists(),
        "is_complete": programme is None or programme.is_complete,
    }
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
    context = {**whole_session(event, session_card(found)), "described": session_described(request, event, found.code)}
    return public(render(request, "programme/session.html", context))
