"""Public pages of the barcamp: the topics, one topic, and the forms that work without JavaScript."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tagwerk.barcamp import actions
from tagwerk.barcamp.actions.backing import topic_at
from tagwerk.barcamp.cards import topic_card, topic_cards
from tagwerk.barcamp.exposure import in_order_of_the_hour
from tagwerk.barcamp.forms import TopicForm, checked_name
from tagwerk.barcamp.models import Topic
from tagwerk.barcamp.rules import State
from tagwerk.barcamp.similar import similar
from tagwerk.barcamp.state import topic_state
from tagwerk.barcamp.together import alive
from tagwerk.events.models import Event
from tagwerk.events.pages import page
from tagwerk.kit.codes import normal
from tagwerk.kit.headers import public
from tagwerk.kit.problems import wants_json
from tagwerk.kit.receipts import Answer, once, unkeyed
from tagwerk.kit.text import folded
from tagwerk.live.wiring import address
from tagwerk.people.taking_part import Participant, ask, known, needed, willing


def search(event: Event, words: str) -> list[Topic]:
    """Find topics by spoken number or by words (ß, accents and case do not matter)."""
    topics = Topic.objects.of(event).listed()
    number = words.strip().lstrip("#")
    if number.isascii() and number.isdigit():
        spoken = Topic.objects.of(event).filter(number=int(number[:9])).first()
        return list(topics.filter(pk=alive(spoken).pk)) if spoken else []
    for word in folded(words)[:80].split():
        topics = topics.filter(searchable__contains=word)
    return list(topics)


@require_safe
@page
def topics(request: HttpRequest, event: Event) -> HttpResponseBase:
    """Show all topics, or those that a search finds."""
    words = request.GET.get("q", "")[:80].replace("\0", "").strip()
    found = search(event, words) if words else in_order_of_the_hour(event)
    context = {"topics": topic_cards(found), "query": words, "takes_part": event.takes_part}
    return public(render(request, "barcamp/topics.html", context))


@require_safe
@page
def similar_topics(request: HttpRequest, event: Event) -> HttpResponseBase:
    """Show up to three topics that are like what somebody is typing, as cards or as JSON."""
    words = request.GET.get("q", "")[:80].replace("\0", "").strip()
    listed = list(Topic.objects.of(event).listed())
    by_code = {topic.code: topic for topic in listed}
    # The title says most; what was written below it helps where the titles share no word.
    texts = [(topic.code, f"{topic.title} {topic.description}") for topic in listed]
    found = [by_code[code] for code in similar(words, texts)] if words else []
    if wants_json(request):
        return public(JsonResponse({"topics": [topic_state(topic) for topic in found]}))
    return public(render(request, "barcamp/_similar.html", {"topics": topic_cards(found)}))


@require_http_methods(["GET", "HEAD", "POST"])
@page
def propose(request: HttpRequest, event: Event) -> HttpResponseBase:
    """Show the one screen on which a topic is proposed, and take what was typed there.

    What does not hold comes back with everything that was typed.
    """
    if request.method != "POST":
        return public(render(request, "barcamp/propose.html", {"form": TopicForm()}))
    form = TopicForm(request.POST)
    if not form.is_valid():
        return render(request, "barcamp/propose.html", {"form": form}, status=422)
    someone = participant(request, event)
    if someone is None:
        return ask(request)
    words = form.words()

    def perform() -> Answer:
        topic = actions.propose(event, words, someone.device, wanted=form.cleaned_data["wanted"])
        return Answer(201, {"code": topic.code})

    # A wish and an offer are two things, and what was withdrawn may be brought again.
    gone = Topic.objects.filter(host=someone.device, state=State.WITHDRAWN).count()
    content = ("propose", words, form.cleaned_data["wanted"], gone)
    answer = once(unkeyed(f"device:{someone.device.pk}", *content), perform)
    target = f"{reverse('barcamp:topic', args=[event.slug, answer.body['code']])}?new=1"
    return someone.remember(request, redirect(target))


@require_safe
@page
def topic(request: HttpRequest, event: Event, code: str) -> HttpResponseBase:
    """Show one topic; a spoken number leads there as well, and what was merged leads to what both are now."""
    if code.isascii() and code.isdigit():
        by_number = Topic.objects.filter(event=event, number=int(code[:9])).first()
        if by_number is not None:
            return redirect("barcamp:topic", event.slug, by_number.code)
    found = alive(topic_at(event, normal(code)))
    if found.code != code:
        return redirect("barcamp:topic", event.slug, found.code)
    context = {"topic": topic_card(found), "is_new": "new" in request.GET}
    return public(render(request, "barcamp/topic.html", context))


@require_POST
@page
def interest(request: HttpRequest, event: Event, code: str) -> HttpResponseBase:
    """Switch the interest of this device on or off."""
    someone = participant(request, event)
    if someone is None:
        return ask(request)
    switch = actions.take_back if request.POST.get("value") == "off" else actions.back
    found = switch(event, normal(code), someone.device)
    return someone.remember(request, redirect(f"{mine_url(event)}#topic-{found.code}"))


@require_POST
@page
def coming(request: HttpRequest, event: Event, code: str) -> HttpResponseBase:
    """Say whether this device comes to a session."""
    someone = participant(request, event)
    if someone is None:
        return ask(request)
    switch = actions.stay_away if request.POST.get("value") == "off" else actions.come
    switch(event, normal(code), someone.device)
    return someone.remember(request, redirect(mine_url(event)))


@require_POST
@page
def adopt(request: HttpRequest, event: Event, code: str) -> HttpResponseBase:
    """Become the host of a topic that somebody wished for."""
    someone = participant(request, event)
    if someone is None:
        return ask(request)
    name = checked_name(request.POST.get("host_name", ""))
    found = actions.adopt(event, normal(code), name, someone.device)
    return someone.remember(request, redirect("barcamp:topic", event.slug, found.code))


@require_http_methods(["GET", "HEAD", "POST"])
@page
def edit(request: HttpRequest, event: Event, code: str) -> HttpResponseBase:
    """Change the words of an own topic."""
    device = known(request, event.realm)
    found = topic_at(event, normal(code))
    if device is None or found.host_id != device.pk:
        return redirect("barcamp:topic", event.slug, found.code)
    form = TopicForm(request.POST) if request.method == "POST" else TopicForm(initial=_as_typed(found))
    if request.method == "POST" and form.is_valid():
        actions.edit(event, found.code, form.words(), device)
        return redirect("barcamp:topic", event.slug, found.code)
    context = {"form": form, "topic": topic_card(found)}
    return render(request, "barcamp/propose.html", context, status=422 if form.is_bound else 200)


@require_POST
@page
def withdraw(request: HttpRequest, event: Event, code: str) -> HttpResponseBase:
    """Take an own topic back."""
    device = needed(request, event.realm)
    actions.withdraw(event, normal(code), device)
    return redirect(mine_url(event))


def participant(request: HttpRequest, event: Event) -> Participant | None:
    """Give the device that acts; None when the browser has to be asked first."""
    return willing(request, event.realm)


def mine_url(event: Event) -> str:
    """Give where a device sees, and can take back, what it did."""
    return address("mine", event.slug)


def _as_typed(topic: Topic) -> dict[str, Any]:
    names = ("title", "description", "host_name", "purpose", "level", "when", "mode", "pitch", "needs")
    return {name: getattr(topic, name) for name in names}
