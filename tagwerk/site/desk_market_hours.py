"""The desk for the hours in which the market is open alone: they are prepared like everything in the programme."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from tagwerk.events.models import Event
from tagwerk.events.pages import desk_page
from tagwerk.kit.form_fields import TextField, moment
from tagwerk.kit.refusals import Invalid
from tagwerk.people.actors import Actor
from tagwerk.people.rules import RoleKind
from tagwerk.programme import actions
from tagwerk.programme.forms import DayField, offer_days
from tagwerk.programme.models import Session
from tagwerk.programme.rules import Kind


class HoursForm(forms.Form):
    """When the market is open alone."""

    title = TextField(label=gettext_lazy("Wie es im Programm heißt"), max_length=200)
    day = DayField(label=gettext_lazy("Tag"))
    start = forms.TimeField(label=gettext_lazy("Von"))
    end = forms.TimeField(label=gettext_lazy("Bis"))

    def __init__(self, event: Event, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_days(self, event)

    def moments(self, event: Event) -> tuple[Any, Any]:
        """Give beginning and end in UTC; raises `ValidationError` for a time that the clock skips."""
        said = self.cleaned_data
        first, last = (moment(said["day"], said[name], event.timezone) for name in ("start", "end"))
        return first, last


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(RoleKind.MODERATOR)
def hours(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Show the form for visiting hours, and prepare them; they become public with the next release."""
    day = event.days.first()
    usual = {"title": _("Marktzeit"), "day": day.date.isoformat() if day else "", "start": "", "end": ""}
    form = HoursForm(event, request.POST or None, initial=usual)
    if form.is_bound and form.is_valid() and _prepared(event, form, actor):
        return redirect("site:desk_market", event.slug)
    return render(request, "site/desk_market_hours.html", {"form": form}, status=422 if form.is_bound else 200)


def hours_of(event: Event) -> list[dict[str, Any]]:
    """Give the visiting hours, public or prepared, with the way to where they are changed."""
    places = ("placement__slot", "draft_place__slot")
    rows = Session.objects.filter(event=event, kind=Kind.MARKET).select_related(*places)
    return [_line(event, row) for row in rows.order_by("placement__slot__start", "pk")]


def _line(event: Event, session: Session) -> dict[str, Any]:
    draft, stands = getattr(session, "draft_place", None), getattr(session, "placement", None)
    place = draft or stands
    return {
        "title": session.title or _("Marktzeit"),
        "url": reverse("site:desk_session", args=[event.slug, session.code]),
        "start": place.slot.start.astimezone(event.timezone) if place else None,
        "end": place.slot.end.astimezone(event.timezone) if place else None,
        "is_draft": draft is not None,
        "is_cancelled": session.is_cancelled,
    }


def _prepared(event: Event, form: HoursForm, actor: Actor) -> bool:
    try:
        start, end = form.moments(event)
    except forms.ValidationError as fault:
        form.add_error("start", fault)
        return False
    words = {"title": form.cleaned_data["title"], "kind": Kind.MARKET}
    try:
        actions.prepare(event, None, actions.Prepared(words, [], start, end, None), actor=actor.mark)
    except Invalid as refusal:
        for name, sentence in refusal.errors.items():
            form.add_error(name, str(sentence))
        return False
    return True
