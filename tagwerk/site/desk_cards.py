"""A helper taps for somebody without a phone: a card's code, its numbers, its own topic, the next card."""

import re
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tagwerk.barcamp import actions
from tagwerk.barcamp.actions.backing import no_such_topic
from tagwerk.barcamp.actions.on_cards import standing_for
from tagwerk.barcamp.forms import TopicForm
from tagwerk.barcamp.models import Interest, Topic
from tagwerk.barcamp.rules import State, is_open_for_interest, spoken_numbers
from tagwerk.events.models import Event
from tagwerk.events.pages import desk_page
from tagwerk.kit.problems import wants_json
from tagwerk.kit.receipts import Answer, once, unkeyed
from tagwerk.kit.refusals import Unknown
from tagwerk.people.actors import Actor
from tagwerk.people.cards import card_at, card_device, entered
from tagwerk.people.models import Card, DeviceToken
from tagwerk.people.rules import RoleKind
from tagwerk.site.finding import number_or_none

LONGEST_TYPED = 2_000
MOST_NAMED = 10  # of what was no number
LONGEST_NAMED = 12
CAMERA = "camera=(self), microphone=(), geolocation=(), payment=(), usb=()"
CODE = re.compile(r"([A-Za-z0-9]{6})/?$")

crew = desk_page(RoleKind.HELPER)


@dataclass(frozen=True)
class Key:
    """One number of the pad; `led_to` is the number of the topic that this one was merged into."""

    number: int
    title: str
    is_on: bool
    is_open: bool
    led_to: int | None


@require_safe
@crew
def cards(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Ask for a card's code: typed, or scanned with this page's camera or a hand scanner."""
    typed, refusal = request.GET.get("code"), None
    if typed is not None:
        try:
            return redirect("site:desk_card", event.slug, card_at(event.realm, code_in(typed)).code)
        except Unknown as found:
            refusal = found
    context = {"typed": (typed or "")[:60], "refusal": refusal, "entered": entered(event.realm)}
    response = render(request, "site/desk_cards.html", context, status=refusal.status if refusal else 200)
    response.headers["Permissions-Policy"] = CAMERA
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@crew
def card(request: HttpRequest, event: Event, actor: Actor, code: str) -> HttpResponseBase:
    """Show a card's numbers; a POST says what the pen marked on it."""
    found = card_at(event.realm, code)
    if request.method == "POST":
        said = _enter(request, event, card_device(event.realm, found.code))
        if wants_json(request):
            return JsonResponse({"text": " ".join(said)})
        return _page(request, event, card_at(event.realm, found.code), said=said, is_done=True)
    if found.code != code:
        return redirect("site:desk_card", event.slug, found.code)
    number = number_or_none(request.GET.get("topic", ""))
    said = [_("Thema %(number)s ist vorgeschlagen.") % {"number": number}] if number else []
    return _page(request, event, found, said=said, is_done=bool(number))


@require_POST
@crew
def topic(request: HttpRequest, event: Event, actor: Actor, code: str) -> HttpResponseBase:
    """Propose the topic that somebody wrote on their card; the same words are one topic, however often they come."""
    found = card_at(event.realm, code)
    form = TopicForm(request.POST)
    if not form.is_valid():
        return _page(request, event, found, form=form)
    device, words = card_device(event.realm, found.code), form.words()
    gone = Topic.objects.filter(host=device, state=State.WITHDRAWN).count()

    def perform() -> Answer:
        return Answer(201, {"number": actions.propose(event, words, device).number})

    answer = once(unkeyed(f"device:{device.pk}", "card", words, gone), perform)
    return redirect(f"{reverse('site:desk_card', args=[event.slug, found.code])}?topic={answer.body['number']}")


def code_in(typed: str) -> str:
    """Give the code in what was typed: in groups, in any case, or the whole address as a hand scanner types it."""
    found = CODE.search(re.sub(r"[\s-]", "", typed[:300]))
    return found[1] if found else ""


def keys_of(event: Event, device: DeviceToken | None) -> list[Key]:
    """Give the pad: every number of the event, marked where the card wishes for it."""
    wished = set(Interest.objects.filter(device=device, topic__event=event).values_list("topic_id", flat=True))
    keys = []
    for one in Topic.objects.filter(event=event).select_related("merged_into__merged_into").order_by("number"):
        standing = standing_for(one)
        led_to = None if standing == one else standing.number
        keys.append(Key(one.number, one.title, standing.pk in wished, is_open_for_interest(standing.state), led_to))
    return keys


def _enter(request: HttpRequest, event: Event, device: DeviceToken) -> list[str]:
    """Store what was tapped or typed; gives sentences about it."""
    for name in ("on", "off"):
        if name in request.POST:
            return [_switch(event, number_or_none(request.POST[name]), device, is_on=name == "on")]
    numbers, strange = spoken_numbers(request.POST.get("numbers", "")[:LONGEST_TYPED])
    return _sentences(actions.back_numbers(event, numbers, device), strange)


def _switch(event: Event, number: int | None, device: DeviceToken, *, is_on: bool) -> str:
    asked = Topic.objects.filter(event=event, number=number or 0).first()
    if asked is None:
        raise no_such_topic()
    switch = actions.back if is_on else actions.take_back
    found = switch(event, standing_for(asked).code, device)
    words = _("%(number)s %(title)s: gemerkt.") if is_on else _("%(number)s %(title)s: zurückgenommen.")
    return words % {"number": found.number, "title": found.title}


def _sentences(done: actions.Entered, strange: list[str]) -> list[str]:
    said = []
    if done.backed:
        said.append(_("Gemerkt: %(numbers)s.") % {"numbers": _listed(topic.number for topic in done.backed)})
    if done.closed:
        named = ", ".join(f"{topic.number} {topic.title}" for topic in done.closed)
        said.append(_("Nicht mehr zur Wahl: %(topics)s.") % {"topics": named})
    if done.unknown:
        said.append(_("Diese Nummern gibt es nicht: %(numbers)s.") % {"numbers": _listed(done.unknown)})
    if strange:
        said.append(_("Das ist keine Nummer: %(words)s.") % {"words": _listed(_short(word) for word in strange)})
    return said or [_("Es war keine Nummer dabei.")]


def _listed(things: Any) -> str:
    every = list(dict.fromkeys(str(thing) for thing in things))
    return ", ".join(every[:MOST_NAMED]) + (" …" if len(every) > MOST_NAMED else "")


def _short(word: str) -> str:
    return word if len(word) <= LONGEST_NAMED else f"{word[:LONGEST_NAMED]}…"


def _page(
    request: HttpRequest,
    event: Event,
    found: Card,
    *,
    said: list[str] | None = None,
    is_done: bool = False,
    form: TopicForm | None = None,
) -> HttpResponseBase:
    """Show a card; once something `is_done`, the next code is what the hands wait for."""
    keys = keys_of(event, found.device)
    context = {
        "card": found,
        "keys": keys,
        "wishes": [key for key in keys if key.is_on],
        "own": Topic.objects.filter(host=found.device).exclude(state=State.WITHDRAWN) if found.device else [],
        "said": said or [],
        "is_done": is_done,
        "form": form or TopicForm(),
        "takes_part": event.takes_part,
    }
    return render(request, "site/desk_card.html", context, status=422 if form else 200)
