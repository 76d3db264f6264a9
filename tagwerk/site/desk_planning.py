"""The planning page of the desk: search for a better plan, see what it would change, let it stand, take it back."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from tagwerk.barcamp import actions
from tagwerk.barcamp.actions.planning import no_barcamp
from tagwerk.barcamp.actions.searching import run_at
from tagwerk.barcamp.forms import PricesForm, refusal_of
from tagwerk.barcamp.models import Barcamp
from tagwerk.barcamp.plan_rules import LIVE
from tagwerk.barcamp.planner import runs
from tagwerk.events.models import Event
from tagwerk.events.pages import desk_page
from tagwerk.kit.refusals import Invalid
from tagwerk.people.actors import Actor
from tagwerk.people.rules import RoleKind
from tagwerk.programme.actions import pin_slot
from tagwerk.site.finding import number_or_none
from tagwerk.site.planning_cards import overview
from tagwerk.site.undo import done, offer

PAGE = "site:desk_planning"
moderators = desk_page(RoleKind.MODERATOR)


@require_safe
@moderators
def planning(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Show the plan that was found as a difference to the one that stands, and all that the crew can do about it."""
    if not Barcamp.objects.filter(event=event).exists():
        raise no_barcamp()
    request.is_desk = True  # type: ignore[attr-defined]
    number = number_or_none(request.GET.get("plan", ""))
    context = overview(event, number) | {"undo": offer(event, actor, request.GET.get("undo", ""))}
    return render(request, "site/desk_planning.html", context)


@require_POST
@moderators
def search(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Begin to search for a better plan."""
    said = request.POST.get("seconds", "")
    seconds = LIVE if said == "live" else number_or_none(said) or 0
    runs.search(event, request.POST.get("style", ""), seconds, actor=actor.mark)
    return redirect(PAGE, event.slug)


@require_POST
@moderators
def prove(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Begin to look for a proof of how much better any plan could be."""
    runs.prove(event, actor=actor.mark)
    return redirect(PAGE, event.slug)


@require_POST
@moderators
def decide(request: HttpRequest, event: Event, actor: Actor, number: int) -> HttpResponseBase:
    """Let a found plan stand, put it aside, or stop its search."""
    verb = VERBS.get(request.POST.get("do", ""))
    if verb is None:
        raise Invalid("no-such-verb", _("Diese Schaltfläche kennt der Schreibtisch nicht."))
    run_at(event, number)
    return done(event, actor, PAGE, lambda: verb(event, number, actor=actor.mark))


@require_POST
@moderators
def hold(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Hold all that stands in a slot (or anywhere) to its place, or let it loose."""
    slot, pinned = number_or_none(request.POST.get("slot", "")), request.POST.get("value") == "on"
    return done(event, actor, PAGE, lambda: pin_slot(event, slot, pinned=pinned, actor=actor.mark))


@require_POST
@moderators
def prices(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Change what the planner weighs against each other."""
    form = PricesForm(request.POST)
    if not form.is_valid():
        raise refusal_of(form)
    return done(event, actor, PAGE, lambda: actions.set_rules(event, {"prices": form.cleaned_data}, actor=actor.mark))


VERBS = {"apply": actions.apply_plan, "drop": actions.drop_plan, "stop": actions.stop_search}
