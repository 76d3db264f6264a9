"""Where an event is set up: what an announcement still needs, its phase, and the ways to everything around the programme."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tagwerk.events import actions
from tagwerk.events.actions.framing import part_of
from tagwerk.events.around import NEED_NAMES
from tagwerk.events.frame_rules import Need
from tagwerk.events.models import Event
from tagwerk.events.pages import desk_page
from tagwerk.events.rules import Phase, next_phases
from tagwerk.events.words import PHASE_NAMES, STEP_NAMES
from tagwerk.kit.refusals import Invalid, Refusal, Unknown
from tagwerk.people.actors import Actor
from tagwerk.people.rules import RoleKind
from tagwerk.site.blueprints import titles_of
from tagwerk.site.board import public_url
from tagwerk.site.setup_forms import DutiesForm, EventForm, PartForm, VenueForm

organiser = desk_page(RoleKind.ORGANISER)
PARTS: Mapping[str, tuple[type[PartForm], Any, Any]] = {
    "event": (
        EventForm,
        _("Worum es geht"),
        _("Motto, Zielgruppe und Kontakt stehen auf der Seite „Über“; der Kontakt steht auf jeder."),
    ),
    "duties": (
        DutiesForm,
        _("Pflichtangaben"),
        _("Daraus entstehen Impressum, Datenschutzerklärung und Erklärung zur Barrierefreiheit dieser Veranstaltung."),
    ),
    "venue": (VenueForm, _("Anreise und Haus"), _("Was leer bleibt, erscheint nicht.")),
}
ASIDE = (Phase.POSTPONED, Phase.CANCELLED)


@require_safe
@organiser
def setup(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Show how far the event is."""
    said = event.said()
    steps = [
        {"phase": phase.value, "label": STEP_NAMES[phase], "is_aside": phase in ASIDE}
        for phase in next_phases(event.phase)
    ]
    context = {
        "is_new": "new" in request.GET,
        "phase": event.phase,
        "phase_name": PHASE_NAMES[Phase(event.phase)],
        "needs": [
            {"name": NEED_NAMES[need], "is_said": bool(said[need]), "url": need_url(event, need)} for need in Need
        ],
        "is_ready": all(said.values()),
        "steps": [step for step in steps if not step["is_aside"]],
        "asides": [step for step in steps if step["is_aside"]],
        "days": _days(event),
        "rooms": list(event.rooms.all()),
        "counts": {kind: getattr(event, names).count() for kind, names in LISTS.items()},
        "crew": event.realm.roles.count(),
        "venue": part_of(event, "venue"),
        "address": public_url(request, event),
    }
    return render(request, "site/setup.html", context)


def _days(event: Event) -> list[dict[str, Any]]:
    titles = titles_of(event)
    return [
        {
            "date": day.date,
            "mode": day.mode,
            "parts": [
                {
                    "span": str(slot),
                    "is_open": slot.is_open,
                    "title": ", ".join(session.title for session in titles.get(slot.pk, [])),
                }
                for slot in day.slots.all()
            ],
        }
        for day in event.days.prefetch_related("slots")
    ]


LISTS = {"bodies": "bodies", "partners": "partners", "dates": "next_dates"}


def need_url(event: Event, need: Need) -> str:
    """Give where something that is missing can be said."""
    if need == Need.BODY:
        return reverse("site:setup_list", args=[event.slug, "bodies"])
    part = "event" if need == Need.CONTACT else "duties"
    return f"{reverse('site:setup_part', args=[event.slug, part])}#id_{need.value}"


@require_POST
@organiser
def phase(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Lead the event into its next phase; what is missing for an announcement stands on the page one comes back to."""
    try:
        actions.enter_phase(event, request.POST.get("phase", ""), actor=actor.mark)
    except Refusal as refusal:
        if refusal.kind != "not-ready":
            raise
    return redirect("site:setup", event.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@organiser
def part(request: HttpRequest, event: Event, actor: Actor, part: str) -> HttpResponseBase:
    """Show and change the texts of one part."""
    if part not in PARTS:
        raise Unknown("no-such-part", _("Diese Seite gibt es nicht."))
    form_of, heading, lead = PARTS[part]
    row = part_of(event, part)
    form = form_of(request.POST) if request.method == "POST" else form_of(initial=form_of.of(row))
    if form.is_bound and form.is_valid():
        try:
            actions.say_frame(event, part, form.changes(), actor=actor.mark)
        except Invalid as refusal:
            for name, sentence in refusal.errors.items():
                form.add_error(name, str(sentence))
        else:
            return redirect(f"{reverse('site:setup', args=[event.slug])}?saved=1")
    context = {"form": form, "heading": heading, "lead": lead}
    return render(request, "site/setup_part.html", context, status=422 if form.is_bound else 200)
