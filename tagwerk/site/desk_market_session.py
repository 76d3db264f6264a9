"""The desk for a session that happens at a stand: one step from the stand to a draft of the programme."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from tagwerk.events.models import Event, Room
from tagwerk.events.pages import desk_page
from tagwerk.kit.codes import normal
from tagwerk.kit.form_fields import NO_CHOICE, TextField
from tagwerk.kit.refusals import Invalid, Refusal
from tagwerk.market import actions
from tagwerk.market.actions.booths import booth_at
from tagwerk.market.models import Booth
from tagwerk.people.actors import Actor
from tagwerk.people.rules import RoleKind
from tagwerk.programme.conference_rules import LONGEST
from tagwerk.site.desk_market_hours import HoursForm


class SessionForm(HoursForm):
    """What happens at a stand, when, and in which room."""

    title = TextField(label=_("Was findet am Stand statt?"), max_length=LONGEST["title"])
    start = forms.TimeField(label=_("Beginn"))
    end = forms.TimeField(label=_("Ende"))
    room = forms.ChoiceField(label=_("Raum"), required=False, error_messages={"invalid_choice": NO_CHOICE})
    override = TextField(label=_("Warum das trotzdem geht"), required=False, max_length=200)

    def __init__(self, event: Event, *args: Any, **kwargs: Any) -> None:
        super().__init__(event, *args, **kwargs)
        self.rooms = {str(room.pk): room for room in event.rooms.all()}
        field = self.fields["room"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("in keinem Raum, oder nur online")), *((n, r.name) for n, r in self.rooms.items())]

    def room_said(self) -> Room | None:
        """Give the room; None for a stand that is in none."""
        return self.rooms.get(self.cleaned_data["room"])


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(RoleKind.MODERATOR)
def new(request: HttpRequest, event: Event, actor: Actor, code: str) -> HttpResponseBase:
    """Show the form for a session at a stand, and prepare it; it becomes public with the next release."""
    booth, status = booth_at(event, normal(code)), 200
    form = SessionForm(event, request.POST or None, initial=_usual(event, booth))
    if form.is_bound:
        made = _made(event, booth, form, actor) if form.is_valid() else ""
        if made:
            return redirect(f"{reverse('site:desk_booth', args=[event.slug, booth.code])}?made={made}")
        status = 422
    context = {"form": form, "booth": booth, "needs_word": form.is_bound}
    return render(request, "site/desk_booth_session.html", context, status=status)


def _usual(event: Event, booth: Booth) -> dict[str, Any]:
    day = event.days.first()
    return {"day": day.date.isoformat() if day else "", "room": str(booth.room_id or "")}


def _made(event: Event, booth: Booth, form: SessionForm, actor: Actor) -> str:
    """Prepare what the form says and give its code; "" when it comes back with what is wrong."""
    said = form.cleaned_data
    try:
        start, end = form.moments(event)
        plan = actions.Plan(said["title"], start, end, form.room_said(), said["override"])
        return actions.prepare_at(booth, plan, actor=actor.mark).code
    except forms.ValidationError as fault:
        form.add_error("start", fault)
    except Invalid as refusal:
        for name, sentence in refusal.errors.items():
            form.add_error(name if name in form.fields else None, str(sentence))
    except Refusal as refusal:
        form.add_error(None, str(refusal.detail))
    return ""
