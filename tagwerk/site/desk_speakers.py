"""The desk for those who speak: entered, edited, replaced by somebody else."""

from typing import Any

from csp.decorators import csp_update
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tagwerk.events.models import Event
from tagwerk.events.pages import desk_page
from tagwerk.kit.codes import normal
from tagwerk.kit.refusals import Invalid, Unknown
from tagwerk.people.actors import Actor
from tagwerk.people.rules import RoleKind
from tagwerk.programme import actions
from tagwerk.programme.conference_rules import link_lines
from tagwerk.programme.forms import SpeakerForm
from tagwerk.programme.models import Session, Speaker
from tagwerk.programme.taking_part import parts_by_speaker
from tagwerk.site.rooms import contributions_panel

moderator = desk_page(RoleKind.MODERATOR)


@require_safe
@moderator
def speakers(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Show everybody who is entered, and in what they take part."""
    news = contributions_panel().all_news(event)
    parts = parts_by_speaker(event)
    lines = [
        {"speaker": row, "parts": parts.get(row.code, []), "news": news.get(row.pk, [])} for row in event.speakers.all()
    ]
    return render(request, "site/desk_speakers.html", {"lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
@moderator
def new(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Show the form for somebody new, and enter them."""
    return _form(request, event, actor, None)


@csp_update({"media-src": ["'self'"]})
@require_http_methods(["GET", "HEAD", "POST"])
@moderator
def edit(request: HttpRequest, event: Event, actor: Actor, code: str) -> HttpResponseBase:
    """Show what is said of somebody, and write what was changed."""
    return _form(request, event, actor, speaker_at(event, normal(code)))


@require_POST
@moderator
def remove(request: HttpRequest, event: Event, actor: Actor, code: str) -> HttpResponseBase:
    """Delete somebody who takes part in nothing."""
    actions.remove_speaker(speaker_at(event, normal(code)), actor=actor.mark)
    return redirect("site:desk_speakers", event.slug)


@require_POST
@moderator
def replace(request: HttpRequest, event: Event, actor: Actor, code: str) -> HttpResponseBase:
    """Let somebody else take a part; those who marked the session hear of it."""
    old = speaker_at(event, normal(code))
    session = Session.objects.of(event).filter(code=normal(request.POST.get("session", ""))).first()
    if session is None:
        raise Unknown("no-such-session", _("Diese Session gibt es nicht (mehr)."))
    actions.replace_by_name(session, old, request.POST.get("name", ""), actor=actor.mark)
    return redirect("site:desk_speakers", event.slug)


def speaker_at(event: Event, code: str) -> Speaker:
    """Give somebody who is entered; raises `Unknown`."""
    found = Speaker.objects.filter(event=event, code=code).select_related("event__realm").first()
    if found is None:
        raise Unknown("no-such-speaker", _("Diese Person ist nicht (mehr) eingetragen."))
    return found


def _form(request: HttpRequest, event: Event, actor: Actor, speaker: Speaker | None) -> HttpResponseBase:
    form = SpeakerForm(request.POST) if request.method == "POST" else SpeakerForm(initial=_as_said(speaker))
    if form.is_bound and form.is_valid() and _saved(event, actor, speaker, form):
        return redirect("site:desk_speakers", event.slug)
    parts = parts_by_speaker(event).get(speaker.code, []) if speaker else []
    context: dict[str, Any] = {"form": form, "speaker": speaker, "parts": parts}
    if speaker:
        context["materials"] = speaker.materials.defer("data").select_related("session")
        context |= contributions_panel().of_speaker(speaker)
    return render(request, "site/desk_speaker.html", context, status=422 if form.is_bound else 200)


def _saved(event: Event, actor: Actor, speaker: Speaker | None, form: SpeakerForm) -> bool:
    try:
        if speaker:
            actions.edit_speaker(speaker, form.words(), actor=actor.mark)
        else:
            actions.add_speaker(event, form.words(), actor=actor.mark)
    except Invalid as refusal:
        for name, sentence in refusal.errors.items():
            form.add_error(name, str(sentence))
        return False
    return True


def _as_said(speaker: Speaker | None) -> dict[str, Any]:
    if speaker is None:
        return {}
    names = ("name", "organisation", "biography", "email", "availability")
    return {name: getattr(speaker, name) for name in names} | {"links": link_lines(speaker.links)}
