"""A new event like an earlier one, or from a template of another city; and the template of an event as a file."""

import json
from dataclasses import replace
from typing import Any

from django import forms
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from tagwerk.events.models import ACCENTS, Event
from tagwerk.events.pages import desk_page
from tagwerk.kit.form_fields import NO_CHOICE
from tagwerk.kit.refusals import Refusal
from tagwerk.people.actors import Actor
from tagwerk.people.models import Person
from tagwerk.people.rules import RoleKind
from tagwerk.site.blueprint_parts import Refused
from tagwerk.site.blueprint_rules import Blueprint, document, read
from tagwerk.site.blueprints import Wish, blueprint_of, make
from tagwerk.site.own_events import check_may_found, own_page
from tagwerk.site.wizard_forms import StartForm

LARGEST = 200 * 1024
organiser = desk_page(RoleKind.ORGANISER)


class LikeForm(StartForm):
    """What the new event is made from, and what is new about it."""

    template = forms.FileField(label=_("Aus einer Vorlage"), required=False, allow_empty_file=True)
    field_order = ["source", "template", "name", "first", "place", "slug"]

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, before={}, **kwargs)
        del self.fields["days"]
        self.person = person
        roles = person.roles.filter(kind=RoleKind.ORGANISER, realm__event__rehearsal_of=None)
        events = [role.realm.event for role in roles.filter(realm__event__isnull=False).select_related("realm__event")]
        self.fields["source"] = forms.ChoiceField(
            label=_("Wie diese Veranstaltung"),
            required=False,
            choices=[("", _("keine")), *((event.slug, event.name) for event in events)],
            error_messages={"invalid_choice": NO_CHOICE},
        )
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """Read the template; one source is needed, and one is enough."""
        said = super().clean()
        sent = said.get("template")
        if sent is not None and sent.size:
            said["blueprint"] = self._read(sent)
        elif said.get("source"):
            said["blueprint"] = blueprint_of(Event.objects.at(said["source"]).get())
        elif "source" not in self.errors:
            self.add_error("source", _("Bitte wählen Sie eine Veranstaltung oder eine Vorlage."))
        return said

    def _read(self, sent: Any) -> Blueprint | None:
        try:
            return read(json.loads(sent.read(LARGEST + 1)), ACCENTS)
        except (ValueError, RecursionError) as fault:
            where = fault.where if isinstance(fault, Refused) else ""
            text = _("Diese Datei ist keine Vorlage von Tagwerk, oder sie ist beschädigt.")
            self.add_error("template", f"{text} ({where})" if where else text)
            return None


@require_http_methods(["GET", "HEAD", "POST"])
@own_page
def like(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Ask what the new event is like, and make it."""
    check_may_found(person)
    form = LikeForm(request.POST or None, request.FILES or None, person=person)
    if request.method != "POST":
        form = LikeForm(initial={"source": request.GET.get("source", "")}, person=person)
    elif form.is_valid():
        said = form.cleaned_data
        try:
            event = make(_placed(said), Wish(said["slug"], said["name"], said["first"]), person)
        except IntegrityError:
            form.add_error("slug", _("Diese Adresse ist schon vergeben. Wie wäre es mit einer Jahreszahl dahinter?"))
        except Refusal as refusal:
            form.add_error(None, str(refusal.detail))
        else:
            return redirect(f"{reverse('site:setup', args=[event.slug])}?new=1")
    return render(request, "site/like.html", {"form": form}, status=422 if form.is_bound else 200)


@require_safe
@organiser
def template(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Give the event as a template: everything but people, dates and what belongs to this house."""
    text = json.dumps(document(blueprint_of(event)), ensure_ascii=False, indent=1)
    headers = {"Content-Disposition": f'attachment; filename="{event.slug}-vorlage.json"'}
    return HttpResponse(text, content_type="application/json; charset=utf-8", headers=headers)


def _placed(said: dict[str, Any]) -> Blueprint:
    plan: Blueprint = said["blueprint"]
    return replace(plan, words={**plan.words, "place": said["place"] or plan.words.get("place", "")})
