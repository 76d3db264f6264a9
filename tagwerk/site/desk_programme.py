"""The desk for the prepared part of a programme: sessions are written, given a place, released together."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tagwerk.events.models import Event, Slot
from tagwerk.events.pages import as_of, desk_page
from tagwerk.kit.codes import normal
from tagwerk.kit.day_words import in_words
from tagwerk.kit.refusals import Invalid, Refusal, Unknown
from tagwerk.people.actors import Actor
from tagwerk.people.rules import RoleKind
from tagwerk.programme import actions
from tagwerk.programme.conference_rules import ClashKind
from tagwerk.programme.editions import edition_at
from tagwerk.programme.forms import SessionForm, as_said
from tagwerk.programme.labels import KIND_NAMES, UNNAMED
from tagwerk.programme.models import Embargo, Placement, Programme, Session
from tagwerk.programme.rules import Kind
from tagwerk.site.finding import number_or_none
from tagwerk.site.rooms import contributions_panel
from tagwerk.site.swapping import partners
from tagwerk.site.undo import done, offer

moderator = desk_page(RoleKind.MODERATOR)


@dataclass(frozen=True)
class Line:
    """A session as the desk lists it: where it stands for everybody, and where from the next release on ("" if unchanged)."""

    code: str
    title: str
    host_name: str
    kind: str
    now: str
    next: str
    url: str
    embargo: Any
    state: str
    obstacles: list[str]


@require_safe
@moderator
def programme(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Show what is prepared, what stands in its way, and the whole programme."""
    lines = _lines(event)
    prepared = [line for line in lines if line.next]
    held = Programme.objects.filter(event=event).first()
    context = {
        "prepared": prepared,
        "public": [line for line in lines if line.now and not line.next],
        "aside": [line for line in lines if not line.now and not line.next],
        "blocking": [line for line in prepared if line.obstacles],
        "is_complete": held is None or held.is_complete,
        "has_speakers": event.speakers.exists(),
        **contributions_panel().waiting(event),
        "undo": offer(event, actor, request.GET.get("undo", "")),
    }
    return render(request, "site/desk_programme.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@moderator
def new(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Show the form for a new session, and write it."""
    return _form(request, event, actor, None)


@require_http_methods(["GET", "HEAD", "POST"])
@moderator
def edit(request: HttpRequest, event: Event, actor: Actor, code: str) -> HttpResponseBase:
    """Show a session's form, and write what was changed."""
    return _form(request, event, actor, prepared_at(event, normal(code)))


@require_POST
@moderator
def drop(request: HttpRequest, event: Event, actor: Actor, code: str) -> HttpResponseBase:
    """Leave a session where it is; one that was never public is put aside, and from there goes for good."""
    actions.drop_draft(prepared_at(event, normal(code)), actor=actor.mark)
    return redirect("site:desk_programme", event.slug)


@require_POST
@moderator
def swap(request: HttpRequest, event: Event, actor: Actor, code: str) -> HttpResponseBase:
    """Let a session take another one's place with the next release, and the other way round."""
    one, other = (prepared_at(event, normal(word)) for word in (code, request.POST.get("other", "")))
    return done(event, actor, "site:desk_programme", lambda: actions.swap_places(one, other, actor=actor.mark))


@require_POST
@moderator
def release(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Make everything that is prepared public, or what was chosen of it."""
    chosen = [normal(code) for code in request.POST.getlist("session")]
    complete = request.POST.get("complete") == "on"
    return done(
        event,
        actor,
        "site:desk_programme",
        lambda: _release(event, actor, chosen, complete=complete),
    )


@require_POST
@moderator
def hide(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Hide what was chosen, or the whole prepared programme: it is prepared again, and nobody else sees it."""
    chosen = None if "all" in request.POST else [normal(code) for code in request.POST.getlist("session")]
    return done(event, actor, "site:desk_programme", lambda: actions.hide(event, chosen, actor=actor.mark))


def _release(event: Event, actor: Actor, chosen: list[str], *, complete: bool) -> None:
    revision = actions.release(event, chosen, complete=complete, actor=actor.mark)
    edition_at(event, revision, is_release=True)


def prepared_at(event: Event, code: str) -> Session:
    """Give a session that is prepared by hand, be it public or not; raises `Unknown`."""
    found = Session.objects.filter(event=event, code=code).exclude(kind=Kind.BARCAMP)
    session = found.select_related("event__realm", "track").first()
    if session is None:
        raise Unknown("no-such-session", _("Diese Session gibt es nicht (mehr)."))
    return session


def _form(request: HttpRequest, event: Event, actor: Actor, session: Session | None) -> HttpResponseBase:
    status = 200
    if request.method == "POST":
        form = SessionForm(event, request.POST)
        if form.is_valid() and _saved(request, event, actor, session, form):
            return redirect("site:desk_programme", event.slug)
        status = 422
    else:
        form = SessionForm(event, initial=_usual(event, session) | (as_said(session) if session else {}))
    context = {
        "form": form,
        "session": session,
        "revision": request.POST.get("revision") or as_of(request).revision,
        "has_draft": session is not None and hasattr(session, "draft_place"),
        "is_public": session is not None and Placement.objects.filter(session=session).exists(),
        "names": [speaker.name for speaker in event.speakers.all()],
        "partners": partners(event, session) if session else [],
    }
    return render(request, "site/desk_session.html", context, status=status)


def _saved(request: HttpRequest, event: Event, actor: Actor, session: Session | None, form: SessionForm) -> bool:
    """Write what the form says; False when it comes back with what is wrong."""
    said = form.cleaned_data
    start, end = said["moments"]
    prepared = actions.Prepared(
        form.words(),
        form.people_said(),
        start,
        end,
        form.room_said(),
        said["track"],
        said["new_track"],
        said["embargo"],
        said["override"],
    )
    seen = number_or_none(request.POST.get("revision", "")) if session else None
    try:
        actions.prepare(event, session, prepared, revision=seen, actor=actor.mark)
    except Invalid as refusal:
        for name, sentence in refusal.errors.items():
            form.add_error(name if name in form.fields else None, str(sentence))
        return False
    except Refusal as refusal:
        form.add_error(None, str(refusal.detail))
        return False
    return True


def _usual(event: Event, session: Session | None) -> dict[str, Any]:
    """Give what a session without a place begins with: the first day, after what stands last there."""
    day = event.days.first()
    last = Slot.objects.filter(day=day).order_by("-end").first() if day else None
    start = last.end.astimezone(event.timezone).replace(tzinfo=None) if last else datetime(2000, 1, 1, 9)  # noqa: DTZ001
    minutes = contributions_panel().minutes_of(session) if session else 0
    end = f"{start + timedelta(minutes=minutes):%H:%M}" if minutes else ""
    said = {"day": day.date.isoformat() if day else "", "start": f"{start:%H:%M}", "end": end}
    return {"kind": Kind.TALK, "language": "de", **said}


def _lines(event: Event) -> list[Line]:
    sessions = Session.objects.filter(event=event).exclude(kind=Kind.BARCAMP).select_related("event__realm")
    places = ("placement__slot__day__event", "placement__room", "draft_place__slot__day__event", "draft_place__room")
    hidden = {row.session_id: row for row in Embargo.objects.filter(session__event=event)}
    stops: dict[str, list[str]] = {}
    for obstacle in actions.obstacles(event):
        if obstacle.stops:
            stops.setdefault(obstacle.session.code, []).append(_obstacle(obstacle))
    rows = sorted(sessions.select_related(*places), key=_moment)
    return [_line(event, row, hidden.get(row.pk), stops.get(row.code, [])) for row in rows]


def _line(event: Event, session: Session, embargo: Embargo | None, obstacles: list[str]) -> Line:
    draft, stands = getattr(session, "draft_place", None), getattr(session, "placement", None)
    return Line(
        code=session.code,
        title=(embargo.words["title"] if embargo else session.title) or str(UNNAMED),
        host_name=session.host_name,
        kind=str(KIND_NAMES[session.kind]),
        now=_where(event, stands) if stands else "",
        next=_where(event, draft) if draft else "",
        url=reverse("site:desk_session", args=[event.slug, session.code]),
        embargo=embargo.until.astimezone(event.timezone) if embargo else None,
        state=session.state,
        obstacles=obstacles,
    )


def _moment(session: Session) -> Any:
    place = getattr(session, "draft_place", None) or getattr(session, "placement", None)
    return (place.slot.start.timestamp(), place.room_id or 0) if place else (0.0, 0)


def _where(event: Event, place: Any) -> str:
    start, end = (moment.astimezone(event.timezone) for moment in (place.slot.start, place.slot.end))
    room = place.room.name if place.room else _("ganzes Haus")
    return f"{in_words(start, 'd.m. H:i')}–{end:%H:%M}, {room}"


def _obstacle(obstacle: actions.Obstacle) -> str:
    other = f"„{obstacle.other.title}“" if obstacle.other else ""
    if obstacle.clash.kind == ClashKind.ROOM:
        return _("Der Raum ist dann belegt: %(other)s") % {"other": other}
    if obstacle.clash.kind == ClashKind.SPEAKER:
        return _("Jemand ist dann auch in: %(other)s") % {"other": other}
    if obstacle.clash.kind == ClashKind.MARKET:
        return _("In der Marktzeit läuft nichts parallel, dann ist aber auch: %(other)s") % {"other": other}
    return _("Dem Raum fehlt etwas, das die Session braucht.")
