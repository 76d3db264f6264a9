"""The desk's verbs for topics: plan now, admit, park, decline, bring back."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from tagwerk.barcamp import actions
from tagwerk.barcamp.stage import is_gathering
from tagwerk.events.models import Event
from tagwerk.events.pages import desk_page
from tagwerk.kit.codes import normal
from tagwerk.kit.refusals import Invalid
from tagwerk.people.actors import Actor
from tagwerk.people.rules import RoleKind

crew = desk_page(RoleKind.HELPER)


@require_POST
@crew
def plan(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Find places for all topics that wait for one: likely ones where the plan is announced together."""
    find = actions.choose if is_gathering(event) else actions.plan
    find(event, actor=actor.mark)
    return redirect("site:desk", event.slug)


@require_POST
@crew
def decide(request: HttpRequest, event: Event, actor: Actor, code: str) -> HttpResponseBase:
    """Do with a topic what the button says."""
    code, do = normal(code), request.POST.get("do", "")
    if do == "admit":
        actions.admit(event, code, actor=actor.mark)
    elif do == "park":
        actions.park(event, code, actor=actor.mark)
    elif do == "decline":
        actions.decline(event, code, request.POST.get("reason", ""), actor=actor.mark)
    elif do == "reopen":
        actions.reopen(event, code, actor=actor.mark)
    else:
        raise Invalid("no-such-verb", _("Diese Schaltfläche kennt der Schreibtisch nicht."))
    return redirect("site:desk", event.slug)
