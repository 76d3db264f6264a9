"""The organisers' side of a call: written, opened, closed; decisions are told, speakers reminded, with a look before."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tagwerk.contributions import actions, mails
from tagwerk.contributions.forms import CallForm, as_called
from tagwerk.contributions.models import Call, Submission
from tagwerk.contributions.rules import CallPhase
from tagwerk.contributions.words import MISSING_WORDS, STATE_WORDS
from tagwerk.events.models import Event
from tagwerk.events.pages import desk_page
from tagwerk.kit.addresses import public_base
from tagwerk.kit.letters import is_mail_on
from tagwerk.kit.refusals import Invalid
from tagwerk.people.actors import Actor
from tagwerk.people.rules import RoleKind

organiser = desk_page(RoleKind.ORGANISER)
PLACE_OF_LINK = "https://…"


@require_http_methods(["GET", "HEAD", "POST"])
@organiser
def call(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Show what an event asks for, and write what was changed, or close the call now."""
    if request.method == "POST" and request.POST.get("do") == "close":
        actions.close_call(event, actor=actor.mark)
        return redirect("site:desk_call", event.slug)
    form = CallForm(event, request.POST) if request.method == "POST" else CallForm(event, initial=as_called(event))
    if form.is_bound and form.is_valid() and _saved(event, actor, form):
        return redirect("site:desk_contributions", event.slug)
    found = Call.objects.filter(event=event).first()
    is_open = found is not None and found.phase(timezone.now()) == CallPhase.OPEN
    context = {"form": form, "is_open": is_open, "has_mail": is_mail_on(), "zone": event.zone}
    return render(request, "site/desk_call.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@organiser
def tell(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Show each mail that tells a decision, and send those that were chosen."""
    if request.method == "POST":
        actions.tell_decisions(event, request.POST.getlist("contribution"), public_base(request), actor=actor.mark)
        return redirect("site:desk_contributions", event.slug)
    letters = [_letter(row) for row in actions.untold(event)]
    return render(request, "site/desk_tell.html", {"letters": letters, "has_mail": is_mail_on()})


@require_http_methods(["GET", "HEAD", "POST"])
@organiser
def remind(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Show who still owes what, and remind them now; twice on a day nobody is."""
    now = timezone.now()
    if request.method == "POST":
        actions.remind_speakers(event, now, public_base(request), by_hand=True)
        return redirect(f"{request.path}?done=1")
    owing = actions.owing(event, now)
    context = {
        "owing": [{"author": who, "owed": [MISSING_WORDS[one] for one in owed]} for who, owed in owing],
        "reachable": sum(bool(who.email) for who, _owed in owing),
        "has_mail": is_mail_on(),
        "is_done": "done" in request.GET,
    }
    return render(request, "site/desk_remind.html", context)


def _saved(event: Event, actor: Actor, form: CallForm) -> bool:
    try:
        actions.write_call(event, form.cleaned_data, actor=actor.mark)
    except Invalid as refusal:
        for name, sentence in refusal.errors.items():
            form.add_error(name, str(sentence))
        return False
    return True


def _letter(row: Submission) -> dict[str, Any]:
    with mails.speaking_to(row.author):
        text = mails.decision(row, PLACE_OF_LINK)
    return {"row": row, "state": STATE_WORDS[row.state], "text": text}
