"""The desk's verbs for the rhythm of the day: begin a round, switch its phase, choose the threshold, announce the plan."""

from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from tagwerk.barcamp import actions
from tagwerk.barcamp.forms import RulesForm
from tagwerk.events.models import Event
from tagwerk.events.pages import desk_page
from tagwerk.people.actors import Actor
from tagwerk.people.rules import RoleKind
from tagwerk.site.desk import back_to_desk
from tagwerk.site.finding import number_or_none, time_of_day
from tagwerk.site.rhythm import audience_of, choice_shown
from tagwerk.site.undo import done

moderator = desk_page(RoleKind.MODERATOR)


@require_POST
@moderator
def begin(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Begin a pitch round."""
    return done(event, actor, "site:desk", lambda: _begin(event, request.POST, actor.mark))


def _begin(event: Event, said: QueryDict, mark: str) -> None:
    actions.begin_round(
        event,
        order=said.get("order", ""),
        seconds=number_or_none(said.get("seconds", "")) or 0,
        pitch_at=time_of_day(event, said.get("pitch_at", "")),
        announce_at=time_of_day(event, said.get("announce_at", "")),
        actor=mark,
    )


@require_POST
@moderator
def phase(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Lead the current round into a phase."""
    return back_to_desk(event, actions.enter_round_phase(event, request.POST.get("phase", ""), actor=actor.mark))


@require_POST
@moderator
def threshold(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Choose how much interest is enough; the effect is shown at once."""
    number = number_or_none(request.POST.get("threshold", "")) or 0
    return done(event, actor, "site:desk", lambda: actions.choose(event, number, actor=actor.mark))


@require_http_methods(["GET", "HEAD", "POST"])
@moderator
def publish(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Ask whether the plan is to be announced, with how many it reaches; then announce it."""
    if request.method == "POST":
        return back_to_desk(event, actions.publish(event, actor=actor.mark))
    return render(request, "site/desk_publish.html", {"choice": choice_shown(event), **audience_of(event)})


@require_http_methods(["GET", "HEAD", "POST"])
@moderator
def rules(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Show and change how the barcamp is run."""
    form = RulesForm(request.POST) if request.method == "POST" else RulesForm(initial=actions.rules_of(event))
    if form.is_bound and form.is_valid():
        return back_to_desk(event, actions.set_rules(event, form.changes(), actor=actor.mark))
    return render(request, "site/desk_rules.html", {"form": form}, status=422 if form.is_bound else 200)
