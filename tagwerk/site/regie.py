"""The Regie: the scribe's list of all topics, with everything that can be done with each of them."""

from functools import partial
from typing import Any

from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from tagwerk.barcamp import actions
from tagwerk.barcamp.actions.backing import no_such_topic, topic_at
from tagwerk.barcamp.cards import topic_card
from tagwerk.barcamp.forms import checked_name
from tagwerk.barcamp.models import Topic
from tagwerk.barcamp.rules import PairKind, merging_rank
from tagwerk.events.actions import change_room
from tagwerk.events.models import Event
from tagwerk.events.pages import desk_page
from tagwerk.events.rules import RoomKind
from tagwerk.kit.codes import normal
from tagwerk.kit.refusals import Invalid
from tagwerk.people.actors import Actor
from tagwerk.people.rules import RoleKind
from tagwerk.site.desk_stage import HANDS, count, no_such_verb
from tagwerk.site.desk_topics import VERBS as ON_THE_DESK
from tagwerk.site.desk_topics import Verb
from tagwerk.site.finding import number_or_none, time_of_day
from tagwerk.site.regie_cards import RESERVES, head, rows, themes
from tagwerk.site.undo import done, offer

moderators = desk_page(RoleKind.MODERATOR)


@require_http_methods(["GET", "HEAD", "POST"])
@moderators
def regie(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Show all topics; take a call from the hall, the reserve, a room that opens or closes."""
    if request.method == "POST":
        return done(event, actor, "site:desk_regie", lambda: _switch(event, request.POST, actor.mark))
    request.is_desk = True  # type: ignore[attr-defined]
    context = head(event) | {
        "topics": rows(event),
        "hand_steps": HANDS,
        "themes": themes(event),
        "undo": offer(event, actor, request.GET.get("undo", "")),
    }
    return render(request, "site/regie.html", context)


@require_POST
@moderators
def decide(request: HttpRequest, event: Event, actor: Actor, code: str) -> HttpResponseBase:
    """Do with a topic what the button says."""
    said, code = request.POST, normal(code)
    verb = VERBS.get(said.get("do", ""))
    if verb is None:
        raise no_such_verb()
    return done(event, actor, "site:desk_regie", lambda: verb(event, code, said, actor.mark))


@require_http_methods(["GET", "HEAD", "POST"])
@moderators
def merge(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Show what merging two topics would cost, then do what was chosen."""
    said = request.POST if request.method == "POST" else request.GET
    pair = topic_at(event, normal(said.get("topic", ""))), _numbered(event, said.get("other", ""))
    into, other = sorted(pair, key=lambda topic: merging_rank(topic.state, topic.number))
    if request.method == "POST":
        twice = said.get("do") == "twice"
        merge_now = partial(actions.merge, event, into.code, other.code, twice=twice, actor=actor.mark)
        return done(event, actor, "site:desk_regie", merge_now)
    price = actions.price_of_merging(event, into, other)
    cards = {"into": topic_card(into, exact=True), "other": topic_card(other, exact=True)}
    return render(request, "site/regie_merge.html", cards | {"price": price})


def _numbered(event: Event, text: str) -> Topic:
    number = number_or_none(text.strip().lstrip("#"))
    topic = Topic.objects.of(event).filter(number=number or 0).first()
    if topic is None:
        raise no_such_topic()
    return topic


def _pair(event: Event, code: str, said: QueryDict, kind: PairKind, mark: str) -> None:
    """Pair a topic with the one of the number given; of `before` that one is the earlier."""
    other = _numbered(event, said.get("number", "")).code
    first, second = (other, code) if kind == PairKind.BEFORE else (code, other)
    actions.pair(event, first, second, kind, actor=mark)


def _switch(event: Event, said: QueryDict, mark: str) -> None:
    do, number = said.get("do", ""), number_or_none(said.get("number", ""))
    if do == "call_out":
        actions.call_out(event, said.get("title", ""), actor=mark)
    elif number is None:
        raise Invalid("no-number", _("Bitte geben Sie eine Zahl ein."))
    elif do == "reserve":
        actions.set_rules(event, {"reserve_rooms": min(number, RESERVES[-1])}, actor=mark)
    elif do in ROOM_VERBS:
        _use_room(event, number, said, mark)
    else:
        raise no_such_verb()


def _use_room(event: Event, number: int, said: QueryDict, mark: str) -> None:
    changes: dict[str, dict[str, Any]] = {
        "open": {"is_open": True},
        "close": {"is_open": False},
        "room": {"kind": RoomKind.ROOM},
        "table": {"kind": RoomKind.TABLE},
        "until": {"until": time_of_day(event, said.get("until", ""))},
    }
    change_room(event, number, **changes[said.get("do", "")], actor=mark)


ROOM_VERBS = ("open", "close", "room", "table", "until")
VERBS: dict[str, Verb] = {
    **ON_THE_DESK,
    "hands": count,
    "twice": lambda event, code, _said, mark: actions.offer_twice(event, code, actor=mark),
    "once": lambda event, code, _said, mark: actions.offer_twice(event, code, twice=False, actor=mark),
    "apart": lambda event, code, said, mark: _pair(event, code, said, PairKind.APART, mark),
    "before": lambda event, code, said, mark: _pair(event, code, said, PairKind.BEFORE, mark),
    "unpair": lambda event, code, said, mark: actions.unpair(
        event, code, normal(said.get("other", "")), said.get("pair", ""), actor=mark
    ),
    "theme": lambda event, code, said, mark: actions.set_theme(event, code, said.get("theme", ""), actor=mark),
    "split": lambda event, code, _said, mark: actions.split(event, code, actor=mark),
    "adopt": lambda event, code, said, mark: actions.adopt(
        event, code, checked_name(said.get("host_name", "")), None, actor=mark
    ),
}
