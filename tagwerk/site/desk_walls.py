"""What the crew does with the walls: switch them all, put a disruption there, mark a session full."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tagwerk.events.actions import switch_walls
from tagwerk.events.models import Event
from tagwerk.events.pages import desk_page
from tagwerk.kit.codes import normal
from tagwerk.kit.fields import readable
from tagwerk.people.actors import Actor
from tagwerk.people.rules import RoleKind
from tagwerk.programme import actions
from tagwerk.programme.rules import disruption
from tagwerk.site.finding import number_or_none, session_at

crew = desk_page(RoleKind.HELPER)


@require_POST
@crew
def walls(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Put something on all walls, or let them follow the hour again."""
    return to_desk(request, event, switch_walls(event, request.POST.get("wall", ""), actor=actor.mark))


@require_POST
@crew
def disrupt(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Tell everybody of a disruption; it stays on the walls until the crew takes it back."""
    what, where_to, at = (readable(request.POST.get(name, ""), name) for name in ("what", "where", "at"))
    next_news = _("Nächste Nachricht um %(time)s") % {"time": at} if at else ""
    text = disruption(what, where_to, next_news) if what else ""
    _notice, revision = actions.announce(event, text, actor=actor.mark)
    return to_desk(request, event, revision)


@require_POST
@crew
def full(request: HttpRequest, event: Event, actor: Actor, code: str) -> HttpResponseBase:
    """Say that no seat is left in a session, or that there is one again."""
    is_full, seen = request.POST.get("value") == "on", number_or_none(request.POST.get("revision", ""))
    session = session_at(event, normal(code))
    return to_desk(request, event, actions.mark_full(session, full=is_full, revision=seen, actor=actor.mark))


@require_POST
@crew
def insight(request: HttpRequest, event: Event, actor: Actor, code: str) -> HttpResponseBase:
    """Say what a session brought; the walls show it at the end of the day."""
    session, seen = session_at(event, normal(code)), number_or_none(request.POST.get("revision", ""))
    revision = actions.sum_up(session, request.POST.get("insight", ""), revision=seen, actor=actor.mark)
    return to_desk(request, event, revision)


def to_desk(request: HttpRequest, event: Event, revision: int | None = None) -> HttpResponseBase:
    """Lead back to the page of the desk on which the button was, with the offer to undo that revision."""
    desk = reverse("site:desk", args=[event.slug])
    path = urlsplit(request.headers.get("Referer", "")).path
    known = path.startswith(desk) and url_has_allowed_host_and_scheme(path, None)
    return redirect(f"{path if known else desk}{'' if revision is None else f'?undo={revision}'}")
