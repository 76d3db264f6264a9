"""The lists of an event: responsible bodies, partners with their logos, what comes next."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from tagwerk.events import actions
from tagwerk.events.actions.framing import ENTRIES, entry_at
from tagwerk.events.models import Event, Partner
from tagwerk.events.pages import desk_page
from tagwerk.kit.pictures import NoPicture, Picture, drawn_anew
from tagwerk.kit.refusals import Unknown
from tagwerk.people.actors import Actor
from tagwerk.people.rules import RoleKind
from tagwerk.site.about import logo_of
from tagwerk.site.finding import number_or_none
from tagwerk.site.setup_forms import BodyForm, DateForm, PartnerForm

organiser = desk_page(RoleKind.ORGANISER)
WIDEST, HIGHEST = 640, 320  # of a logo, in pixels: sharp at twice the size at which it is shown
NO_PICTURE = _("Daraus können wir kein Bild lesen. Bitte nehmen Sie PNG, JPEG, GIF oder WebP.")


@dataclass(frozen=True)
class Kind:
    """How a list is called and filled."""

    form: type[forms.Form]
    heading: Any
    lead: Any
    add: Any


LISTS: Mapping[str, Kind] = {
    "bodies": Kind(
        BodyForm,
        _("Wer verantwortlich ist"),
        _("Behörden oder Vereine, die die Veranstaltung ausrichten. Mehrere sind möglich."),
        _("Stelle hinzufügen"),
    ),
    "partners": Kind(
        PartnerForm,
        _("Partner und Förderung"),
        _("Alle stehen auf der Seite „Über“, mit Logo und Link, in dieser Reihenfolge."),
        _("Partner hinzufügen"),
    ),
    "dates": Kind(
        DateForm,
        _("Nächste Termine"),
        _("Was danach kommt, hier im Haus oder anderswo: Hackathon, Barcamp, der nächste Open Government Tag."),
        _("Termin hinzufügen"),
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@organiser
def entries(request: HttpRequest, event: Event, actor: Actor, kind: str) -> HttpResponseBase:
    """Show a list with a form for one more; a POST adds, removes or moves up."""
    known = _kind(kind)
    form = known.form()
    if request.method == "POST":
        number = number_or_none(request.POST.get("entry", ""))
        if request.POST.get("do") in ("remove", "up") and number is not None:
            verb = actions.remove_entry if request.POST["do"] == "remove" else actions.move_entry_up
            verb(event, kind, number, actor=actor.mark)
            return redirect("site:setup_list", event.slug, kind)
        form = known.form(request.POST, request.FILES)
        if _stored(event, kind, form, None, actor):
            return redirect("site:setup_list", event.slug, kind)
    context = {"form": form, "kind": kind, "list": known, "entries": _entries(event, kind)}
    return render(request, "site/setup_list.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@organiser
def entry(request: HttpRequest, event: Event, actor: Actor, kind: str, number: int) -> HttpResponseBase:
    """Show and change one entry."""
    known = _kind(kind)
    row = entry_at(event, kind, number)
    form = known.form(request.POST or None, request.FILES or None, initial=_values(known.form, row))
    if form.is_bound and _stored(event, kind, form, number, actor):
        return redirect("site:setup_list", event.slug, kind)
    context = {"form": form, "kind": kind, "list": known, "entry": row}
    return render(request, "site/setup_entry.html", context, status=422 if form.is_bound else 200)


@require_safe
@organiser
def logo(request: HttpRequest, event: Event, actor: Actor, digest: str) -> HttpResponseBase:
    """Give a logo to the organisers, also before the event is announced."""
    return logo_of(event, digest)


def _stored(event: Event, kind: str, form: forms.Form, number: int | None, actor: Actor) -> bool:
    """Store what the form says, the logo drawn anew; False when it does not hold."""
    if not form.is_valid():
        return False
    fields = dict(form.cleaned_data)
    picture = _picture(form, fields.pop("logo", None))
    if form.errors:
        return False
    if number is None:
        number = actions.add_entry(event, kind, fields, actor=actor.mark).pk
    else:
        actions.change_entry(event, kind, number, fields, actor=actor.mark)
    if picture is not None:
        partner: Partner = entry_at(event, kind, number)
        actions.set_logo(partner, picture.data, picture.digest, (picture.width, picture.height), actor=actor.mark)
    elif "drop_logo" in form.data and kind == "partners":
        actions.drop_logo(entry_at(event, kind, number), actor=actor.mark)
    return True


def _picture(form: forms.Form, sent: Any) -> Picture | None:
    if sent is None or not sent.size:
        return None
    try:
        return drawn_anew(sent.read(), WIDEST, HIGHEST)
    except NoPicture:
        form.add_error("logo", NO_PICTURE)
        return None


def _kind(kind: str) -> Kind:
    if kind not in LISTS:
        raise Unknown("no-such-list", _("Diese Seite gibt es nicht."))
    return LISTS[kind]


def _entries(event: Event, kind: str) -> list[Any]:
    if kind == "partners":
        return list(event.partners.select_related("logo").defer("logo__data"))
    return list(ENTRIES[kind].objects.filter(event=event))


def _values(form: type[forms.Form], row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in form.base_fields if name != "logo"}
