"""The Bühne: the moderator's phone during the pitches; every button is a form, and each step counts once."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from tagwerk.barcamp import actions
from tagwerk.barcamp.rules import RoundOrder, RoundPhase
from tagwerk.events.models import Event
from tagwerk.events.pages import desk_page
from tagwerk.kit.codes import normal
from tagwerk.kit.receipts import Answer, once, unkeyed
from tagwerk.kit.refusals import Invalid
from tagwerk.people.actors import Actor
from tagwerk.people.rules import RoleKind
from tagwerk.site.finding import number_or_none
from tagwerk.site.telling_stage import on_stage
from tagwerk.site.undo import done, offer

HANDS = (1, 5, 10)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(RoleKind.MODERATOR)
def stage(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Show the stage, and do what the button says."""
    if request.method == "POST":
        step = STEPS.get(request.POST.get("do", ""))
        if step is None:
            raise no_such_verb()
        return done(event, actor, "site:desk_stage", lambda: step(event, request.POST, actor.mark))
    request.is_desk = True  # type: ignore[attr-defined]
    context = on_stage(event)
    found = context["stage"]
    context |= {
        "is_pitching": found is not None and found.round.phase == RoundPhase.PITCHING,
        "hand_steps": HANDS,
        "undo": offer(event, actor, request.GET.get("undo", "")),
    }
    return render(request, "site/stage.html", context)


def no_such_verb() -> Invalid:
    """Give the refusal for a button that does not exist."""
    return Invalid("no-such-verb", _("Diese Schaltfläche kennt der Schreibtisch nicht."))


def count(event: Event, code: str, said: QueryDict, mark: str) -> None:
    """Count hands once, also when the same form comes twice."""
    number = number_or_none(said.get("count", "").lstrip("-"))
    if number is None:
        raise Invalid("no-count", _("Bitte geben Sie eine Zahl ein."))
    signed = -number if said.get("count", "").startswith("-") else number
    estimate = said.get("estimate") == "yes"

    def perform() -> Answer:
        actions.count_hands(event, code, signed, estimate=estimate, actor=mark)
        return Answer(200, {})

    once(unkeyed(mark, "hands", code, signed, estimate, said.get("key", "")), perform)


def _begin(event: Event, said: QueryDict, mark: str) -> None:
    lot = said.get("order") == RoundOrder.LOT
    actions.begin_pitching(event, order=RoundOrder.LOT if lot else RoundOrder.MICROPHONE, actor=mark)


def _time(event: Event, said: QueryDict, mark: str) -> None:
    seen = number_or_none(said.get("seen", ""))
    actions.give_time(event, normal(said.get("ended", "")), seen=seen, actor=mark)


def _number(event: Event, said: QueryDict, mark: str) -> None:
    number = number_or_none(said.get("number", ""))
    actions.call_number(event, number or 0, ended=normal(said.get("ended", "")), actor=mark)


def _undo(event: Event, said: QueryDict, mark: str) -> None:
    actions.undo_step(event, number_or_none(said.get("step", "")) or 0, actor=mark)


Step = Callable[[Event, QueryDict, str], Any]
STEPS: dict[str, Step] = {
    "begin": _begin,
    "next": lambda event, said, mark: actions.call_next(event, normal(said.get("ended", "")), actor=mark),
    "absent": lambda event, said, mark: actions.mark_absent(event, normal(said.get("ended", "")), actor=mark),
    "time": _time,
    "number": _number,
    "call_out": lambda event, said, mark: actions.call_out(event, said.get("title", ""), actor=mark),
    "hands": lambda event, said, mark: count(event, normal(said.get("ended", "")), said, mark),
    "undo": _undo,
}
