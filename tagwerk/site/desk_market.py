"""The desk for the market: stands are entered one by one or from a list, ordered, put aside; the market gets its hours."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tagwerk.events.models import Event
from tagwerk.events.pages import as_of, desk_page
from tagwerk.kit.codes import normal
from tagwerk.kit.day_words import in_words
from tagwerk.kit.pictures import NoPicture, Picture, drawn_anew
from tagwerk.kit.refusals import Invalid, Refusal
from tagwerk.market import actions
from tagwerk.market.actions.booths import booth_at
from tagwerk.market.cards import booth_card, contact_until
from tagwerk.market.forms import BoothForm, as_said
from tagwerk.market.models import Booth
from tagwerk.market.views import logo_of
from tagwerk.people.actors import Actor
from tagwerk.people.rules import RoleKind
from tagwerk.programme.labels import UNNAMED
from tagwerk.programme.models import Session
from tagwerk.programme.rules import Kind
from tagwerk.site.desk_market_hours import hours, hours_of
from tagwerk.site.desk_market_list import listed
from tagwerk.site.finding import number_or_none
from tagwerk.site.setup_forms import LARGEST_LOGO
from tagwerk.site.setup_lists import HIGHEST, NO_PICTURE, WIDEST
from tagwerk.site.undo import done, offer

__all__ = ["aside", "booths", "edit", "hours", "listed", "logo", "new", "order", "remove", "up"]
moderator = desk_page(RoleKind.MODERATOR)


@require_safe
@moderator
def booths(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Show every stand, what was put aside, and when the market is open alone."""
    rows = list(Booth.objects.of(event).select_related("event__realm"))
    context = {
        "shown": [booth_card(row) for row in rows if row.is_shown],
        "aside": [booth_card(row) for row in rows if not row.is_shown],
        "hours": hours_of(event),
        "days": list(event.days.all()),
        "undo": offer(event, actor, request.GET.get("undo", "")),
    }
    return render(request, "site/desk_market.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@moderator
def new(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Show the form for a new stand, and enter it."""
    return _form(request, event, actor, None)


@require_http_methods(["GET", "HEAD", "POST"])
@moderator
def edit(request: HttpRequest, event: Event, actor: Actor, code: str) -> HttpResponseBase:
    """Show what is said of a stand, and write what was changed."""
    return _form(request, event, actor, booth_at(event, normal(code)))


@require_POST
@moderator
def aside(request: HttpRequest, event: Event, actor: Actor, code: str) -> HttpResponseBase:
    """Put a stand aside, or show it again."""
    booth, is_shown = booth_at(event, normal(code)), request.POST.get("aside") == "off"
    return done(
        event, actor, "site:desk_market", lambda: actions.put_aside(booth, aside=not is_shown, actor=actor.mark)
    )


@require_POST
@moderator
def remove(request: HttpRequest, event: Event, actor: Actor, code: str) -> HttpResponseBase:
    """Delete a stand that lies aside, for good."""
    actions.remove_booth(booth_at(event, normal(code)), actor=actor.mark)
    return redirect("site:desk_market", event.slug)


@require_POST
@moderator
def up(request: HttpRequest, event: Event, actor: Actor, code: str) -> HttpResponseBase:
    """Let a stand come before the one above it."""
    actions.move_up(booth_at(event, normal(code)), actor=actor.mark)
    return redirect("site:desk_market", event.slug)


@require_POST
@moderator
def order(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Put the stands into the order of their numbers."""
    actions.order_by_number(event, actor=actor.mark)
    return redirect("site:desk_market", event.slug)


@require_safe
@moderator
def logo(request: HttpRequest, event: Event, actor: Actor, digest: str) -> HttpResponseBase:
    """Give a stand's picture to the crew, also before the event is announced."""
    return logo_of(event, digest, shown_only=False)


def _form(request: HttpRequest, event: Event, actor: Actor, booth: Booth | None) -> HttpResponseBase:
    sessions, initial = _sessions(event, booth), as_said(booth) if booth else {}
    form = BoothForm(event, request.POST or None, request.FILES or None, initial=initial, sessions=sessions)
    if form.is_bound and form.is_valid() and _saved(request, event, actor, booth, form):
        return redirect("site:desk_market", event.slug)
    context = {
        "form": form,
        "booth": booth,
        "card": booth_card(booth) if booth else None,
        "has_sessions": bool(sessions),
        "made": next((label for code, label in sessions if code == normal(request.GET.get("made", ""))), ""),
        "until": contact_until(event),
        "revision": request.POST.get("revision") or as_of(request).revision,
    }
    return render(request, "site/desk_booth.html", context, status=422 if form.is_bound else 200)


def _saved(request: HttpRequest, event: Event, actor: Actor, booth: Booth | None, form: BoothForm) -> bool:
    """Write what the form says; False when it comes back with what is wrong."""
    picture = _picture(form)
    if form.errors:
        return False
    seen = number_or_none(request.POST.get("revision", "")) if booth else None
    try:
        _write(event, booth, form, picture, {"seen": seen, "drops": "drop_logo" in request.POST, "mark": actor.mark})
    except Invalid as refusal:
        for name, sentence in refusal.errors.items():
            form.add_error(name if name in form.fields else None, str(sentence))
    except Refusal as refusal:
        form.add_error(None, str(refusal.detail))
    return not form.errors


def _write(event: Event, booth: Booth | None, form: BoothForm, picture: Picture | None, how: Mapping[str, Any]) -> None:
    mark = how["mark"]
    if booth is None:
        booth = actions.add_booth(event, form.words(), actor=mark)
    else:
        actions.edit_booth(booth, form.words(), revision=how["seen"], actor=mark)
    actions.set_sessions(booth, form.cleaned_data["sessions"], actor=mark)
    if picture is not None:
        actions.set_logo(booth, picture.data, picture.digest, (picture.width, picture.height), actor=mark)
    elif how["drops"]:
        actions.drop_logo(booth, actor=mark)


def _picture(form: BoothForm) -> Picture | None:
    sent = form.cleaned_data.get("logo")
    if sent is None or not sent.size:
        return None
    if sent.size > LARGEST_LOGO:
        form.add_error("logo", _("Diese Datei ist zu groß: höchstens 2 MB."))
        return None
    try:
        return drawn_anew(sent.read(), WIDEST, HIGHEST)
    except NoPicture:
        form.add_error("logo", NO_PICTURE)
        return None


def _sessions(event: Event, booth: Booth | None) -> list[tuple[str, str]]:
    """Give what a form offers: the stand sessions that are at no stand yet, and what happens at this one."""
    here = Q(stand__booth=booth) if booth else Q()
    rows = Session.objects.filter(Q(kind=Kind.STAND, stand=None) | here, event=event)
    places = rows.select_related("placement__slot", "draft_place__slot").order_by("placement__slot__start", "pk")
    return [(row.code, _label(event, row)) for row in places]


def _label(event: Event, session: Session) -> str:
    place = getattr(session, "draft_place", None) or getattr(session, "placement", None)
    when = in_words(place.slot.start.astimezone(event.timezone), "d.m. H:i") if place else ""
    return " · ".join(part for part in (when, session.title or str(UNNAMED)) if part)
