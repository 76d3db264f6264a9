"""The desk's verbs for topics: plan now, admit, park, decline, bring back."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
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
from tagwerk.site.undo import done

crew = desk_page(RoleKind.HELPER)


@require_POST
@desk_page(RoleKind.MODERATOR)
def plan(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Find places for all topics that wait for one: likely ones where the plan is announced together."""
    find = actions.choose if is_gathering(event) else actions.plan
    return done(event, actor, "site:desk", lambda: find(event, actor=actor.mark))


@require_POST
@crew
def decide(request: HttpRequest, event: Event, actor: Actor, code: str) -> HttpResponseBase:
    """Do with a topic what the button says."""
    verb = VERBS.get(request.POST.get("do", ""))
    if verb is None:
        raise Invalid("no-such-verb", _("Diese Schaltfläche kennt der Schreibtisch nicht."))
    return done(event, actor, "site:desk", lambda: verb(event, normal(code), request.POST, actor.mark))


Verb = Callable[[Event, str, QueryDict, str], Any]
VERBS: dict[str, Verb] = {  # what the desk and the Regie do with a topic
    "admit": lambda event, code, _said, mark: actions.admit(event, code, actor=mark),
    "park": lambda event, code, _said, mark: actions.park(event, code, actor=mark),
    "decline": lambda event, code, said, mark: actions.decline(event, code, said.get("reason", ""), actor=mark),
    "reopen": lambda event, code, _said, mark: actions.reopen(event, code, actor=mark),
}
