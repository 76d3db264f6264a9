"""Public pages of the barcamp: the topics, one topic, and the forms that work without JavaScript."""

from typing import Any

from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from tagwerk.barcamp import actions
from tagwerk.barcamp.actions.backing import topic_at
from tagwerk.barcamp.cards import topic_card, topic_cards
from tagwerk.barcamp.exposure import in_fair_order
from tagwerk.barcamp.forms import TextField, TopicForm
from tagwerk.barcamp.models import Topic
from tagwerk.events.models import Event
from tagwerk.events.pages import page
from tagwerk.kit.codes import normal
from tagwerk.kit.headers import public
from tagwerk.kit.receipts import Answer, once, unkeyed
from tagwerk.kit.text import folded
from tagwerk.people.taking_part import Participant, known, recognised_or_minted

ASKED = "mitmachen"  # the name of the button on the page that asks a browser without JavaScript


def search(event: Event, words: str) -> list[Topic]:
    """Find topics by spoken number or by words (ß, accents and case do not matter)."""
    topics = Topic.objects.of(event).listed()
    number = words.strip().lstrip("#")
    if number.isascii() and number.isdigit():
        return list(topics.filter(number=int(number[:9])))
    for word in folded(words)[:80].split():
        topics = topics.filter(searchable__contains=word)
    return list(topics)


@page
def topics(request: HttpRequest, event: Event) -> HttpResponseBase:
    """Show all topics; a POST proposes one."""
    if request.method == "POST":
        return propose(request, event)
    words = request.GET.get("q", "")[:80].replace("\0", "")
    found = search(event, words) if words.strip() else in_fair_order(event)
    context = {"topics": topic_cards(found), "words": words, "event": event}
    return public(render(request, "barcamp/topics.html", context))


@page
def new_topic(request: HttpRequest, event: Event) -> HttpResponseBase:
    """Show the one screen on which a topic is proposed."""
    return public(render(request, "barcamp/propose.html", {"form": TopicForm(), "event": event}))


def propose(request: HttpRequest, event: Event) -> HttpResponseBase:
    """Take a proposal; what does not hold comes back with everything that was typed."""
    form = TopicForm(request.POST)
    if not form.is_valid():
        return render(request, "barcamp/propose.html", {"form": form, "event": event}, status=422)
    someone = participant(request, event)
    if someone is None:
        return ask(request, event)
    words = form.words()

    def perform() -> Answer:
        topic = actions.propose(event, words, someone.device, wanted=form.cleaned_data["wanted"])
        return Answer(201, {"code": topic.code})

    answer = once(unkeyed(f"device:{someone.device.pk}", "propose", words), perform)
    target = f"{reverse('site:mine', args=[event.slug])}?done={answer.body['code']}"
    return someone.remember(request, redirect(target))


@page
def topic(request: HttpRequest, event: Event, code: str) -> HttpResponseBase:
    """Show one topic; a spoken number leads there as well."""
    if code.isascii() and code.isdigit():
        by_number = Topic.objects.filter(event=event, number=int(code[:9])).first()
        if by_number is not None:
            return redirect("barcamp:topic", event.slug, by_number.code)
    found = topic_at(event, normal(code))
    if found.code != code:
        return redirect("barcamp:topic", event.slug, found.code)
    return public(render(request, "barcamp/topic.html", {"topic": topic_card(found), "event": event}))


@require_POST
@page
def interest(request: HttpRequest, event: Event, code: str) -> HttpResponseBase:
    """Switch the interest of this device on or off."""
    someone = participant(request, event)
    if someone is None:
        return ask(request, event)
    switch = actions.take_back if request.POST.get("value") == "off" else actions.back
    found = switch(event, normal(code), someone.device)
    return someone.remember(request, redirect(f"{reverse('site:mine', args=[event.slug])}#topic-{found.code}"))


@require_POST
@page
def coming(request: HttpRequest, event: Event, code: str) -> HttpResponseBase:
    """Say whether this device comes to a session."""
    someone = participant(request, event)
    if someone is None:
        return ask(request, event)
    switch = actions.stay_away if request.POST.get("value") == "off" else actions.come
    switch(event, normal(code), someone.device)
    return someone.remember(request, redirect("site:mine", event.slug))


@require_POST
@page
def adopt(request: HttpRequest, event: Event, code: str) -> HttpResponseBase:
    """Become the host of a topic that somebody wished for."""
    someone = participant(request, event)
    if someone is None:
        return ask(request, event)
    name = TextField(required=False, max_length=60).clean(request.POST.get("host_name", ""))
    found = actions.adopt(event, normal(code), name, someone.device)
    target = f"{reverse('site:mine', args=[event.slug])}?done={found.code}"
    return someone.remember(request, redirect(target))


@require_http_methods(["GET", "POST"])
@page
def edit(request: HttpRequest, event: Event, code: str) -> HttpResponseBase:
    """Change or withdraw an own topic."""
    device = known(request, event.realm)
    found = topic_at(event, normal(code))
    if device is None or found.host_id != device.pk:
        return redirect("barcamp:topic", event.slug, found.code)
    if request.method == "GET":
        form = TopicForm(initial=_as_typed(found))
        return render(request, "barcamp/edit.html", {"form": form, "topic": topic_card(found), "event": event})
    if request.POST.get("do") == "withdraw":
        actions.withdraw(event, found.code, device)
        return redirect("site:mine", event.slug)
    form = TopicForm(request.POST)
    if not form.is_valid():
        context = {"form": form, "topic": topic_card(found), "event": event}
        return render(request, "barcamp/edit.html", context, status=422)
    actions.edit(event, found.code, form.words(), device)
    return redirect(f"{reverse('site:mine', args=[event.slug])}?done={found.code}")


def participant(request: HttpRequest, event: Event) -> Participant | None:
    """Give the device that acts; None when the browser has to be asked first.

    A page with our script sent its device along; without one only the button of the asking page mints.
    """
    device = known(request, event.realm)
    if device is not None:
        return Participant(device)
    return recognised_or_minted(request, event.realm) if ASKED in request.POST else None


def ask(request: HttpRequest, event: Event) -> HttpResponseBase:
    """Ask whether the browser wants to take part, keeping what was typed."""
    kept = [(name, value) for name, values in _kept(request.POST).items() for value in values]
    context = {"kept": kept, "asked": ASKED, "action": request.path, "event": event}
    return render(request, "barcamp/mitmachen.html", context)


def _kept(posted: QueryDict) -> dict[str, Any]:
    return {name: posted.getlist(name) for name in posted if name != ASKED}


def _as_typed(topic: Topic) -> dict[str, Any]:
    names = ("title", "description", "host_name", "purpose", "level", "when", "mode", "pitch", "needs")
    return {name: getattr(topic, name) for name in names}
