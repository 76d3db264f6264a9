"""The papers at the desk: as a page that prints, and as one file."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tagwerk.events.models import Event
from tagwerk.events.pages import desk_page
from tagwerk.exchange import printer
from tagwerk.kit.addresses import public_base
from tagwerk.kit.language import short
from tagwerk.kit.refusals import Busy
from tagwerk.people.actors import Actor
from tagwerk.people.rules import RoleKind
from tagwerk.site.dossier.facts import facts

organiser = desk_page(RoleKind.ORGANISER)


@require_safe
@organiser
def page(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Show the papers; where this machine cannot write a PDF, the page says so, and the browser prints them."""
    lack = printer.missing()
    context: dict[str, Any] = {"live": {}, "base": "", "lack": printer.reason(lack) if lack else "", **facts(event)}
    return render(request, "site/dossier.html", context)


@require_safe
@organiser
def pdf(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Give the papers as one accessible PDF, made anew each time: it says of when it is.

    Of the two files that were possible, this is the one that a registry takes, a screen reader reads and nobody has to
    unpack; the printer of the programme makes it from the same fragments that the page shows.
    """
    if not printer.turn.acquire(blocking=False):
        raise Busy("printing", _("Gerade wird etwas anderes gedruckt. Bitte versuchen Sie es gleich noch einmal."))
    try:
        context = {"language": short(), "base": public_base(request), **facts(event)}
        body = printer.printed(render_to_string("site/dossier_print.html", context))
    except printer.NoPrinter as lack:
        raise Busy("no-printer", str(lack)) from lack
    finally:
        printer.turn.release()
    response = HttpResponse(body, printer.MEDIA_TYPE)
    name = _("unterlagen")
    response.headers["Content-Disposition"] = f'attachment; filename="{slugify(name)}-{slugify(event.slug)}.pdf"'
    return response
