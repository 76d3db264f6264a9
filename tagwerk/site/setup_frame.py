"""Where organisers change the frame of an event that exists already: days, slots, rooms, colour and address."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tagwerk.events import actions as frame
from tagwerk.events.actions.reshaping import look_state
from tagwerk.events.models import Day, Event, Room, Slot
from tagwerk.events.pages import as_of, desk_page
from tagwerk.kit.refusals import Invalid, Refusal, Unknown
from tagwerk.people.actors import Actor
from tagwerk.people.rules import RoleKind
from tagwerk.programme.actions import sessions_in
from tagwerk.programme.models import Session
from tagwerk.site.finding import number_or_none
from tagwerk.site.setup_frame_forms import FORMS, FrameForm, LookForm
from tagwerk.site.setup_frame_parts import Part, part_at, part_new
from tagwerk.site.undo import done, offer

organiser = desk_page(RoleKind.ORGANISER)
LISTED = 5  # sessions that are named one by one


@require_http_methods(["GET", "HEAD", "POST"])
@organiser
def overview(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Show days with their slots, and rooms; a POST lets a room come before the one above it."""
    if request.method == "POST":
        number = number_or_none(request.POST.get("room", ""))
        frame.move_room_up(event, number or 0, actor=actor.mark)
        return redirect("site:setup_frame", event.slug)
    context = {
        "days": [{"day": day, "slots": _slots(event, day)} for day in event.days.prefetch_related("slots")],
        "rooms": list(event.rooms.all()),
        "undo": offer(event, actor, request.GET.get("undo", "")),
    }
    return render(request, "site/setup_frame.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@organiser
def look(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Show and change the colour and how people are addressed."""
    form = LookForm(request.POST or None, initial=look_state(event))
    if form.is_bound and form.is_valid():
        words = {name: form.cleaned_data[name] for name in ("accent", "address_form")}
        return done(event, actor, "site:setup_frame", lambda: frame.change_look(event, words, actor=actor.mark))
    return render(request, "site/setup_look.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@organiser
def new(request: HttpRequest, event: Event, actor: Actor, kind: str) -> HttpResponseBase:
    """Show the form for a new day, slot or room, and add it."""
    _known(kind)
    part = part_new(event, kind, number_or_none(request.GET.get("day", request.POST.get("day", ""))))
    return _form(request, event, actor, part)


@require_http_methods(["GET", "HEAD", "POST"])
@organiser
def edit(request: HttpRequest, event: Event, actor: Actor, kind: str, number: int) -> HttpResponseBase:
    """Show a day, a slot or a room, and change it, or remove it when nothing stands there."""
    _known(kind)
    return _form(request, event, actor, part_at(event, kind, number))


def _known(kind: str) -> None:
    if kind not in FORMS:
        raise Unknown("no-such-part", _("Diese Seite gibt es nicht."))


def _form(request: HttpRequest, event: Event, actor: Actor, part: Part) -> HttpResponseBase:
    form = part.form(request.POST or None, initial=part.initial)
    consequences: list[str] = []
    if form.is_bound:
        answer = _answer(request, event, actor, part, form)
        if isinstance(answer, list):
            consequences = answer
        elif answer is not None:
            return answer
    sessions = _standing(event, part.row)
    context = {
        "form": form,
        "part": part,
        "consequences": consequences,
        "sessions": [session.title for session in sessions[:LISTED]],
        "more": max(0, len(sessions) - LISTED),
        "revision": request.POST.get("revision") or as_of(request).revision,
    }
    return render(request, "site/setup_frame_part.html", context, status=422 if form.is_bound else 200)


def _answer(
    request: HttpRequest, event: Event, actor: Actor, part: Part, form: FrameForm
) -> HttpResponseBase | list[str] | None:
    """Do what was asked for; gives the way on, what would follow (to be confirmed), or None with the form's errors."""
    seen = number_or_none(request.POST.get("revision", ""))
    removes = request.POST.get("do") == "remove" and part.row is not None
    if not removes and not form.is_valid():
        return None
    try:
        if removes:
            return done(event, actor, "site:setup_frame", lambda: part.remove(seen, actor.mark))
        wanted = part.read(form)
        follow = part.consequences(wanted, _standing(event, part.row))
        if follow and "confirmed" not in request.POST:
            return follow
        return done(event, actor, "site:setup_frame", lambda: part.save(wanted, seen, actor.mark))
    except forms.ValidationError as fault:
        form.add_error("start", fault)
    except Invalid as refusal:
        for name, sentence in refusal.errors.items():
            form.add_error(name if name in form.fields else None, str(sentence))
    except Refusal as refusal:
        form.add_error(None, str(refusal.detail))
    return None


def _standing(event: Event, row: Day | Slot | Room | None) -> Sequence[Session]:
    """Give what stands or shall stand in a part of the frame."""
    if isinstance(row, Slot):
        return sessions_in(event, [row])
    if isinstance(row, Day):
        return sessions_in(event, list(row.slots.all()))
    return list(Session.objects.filter(event=event, placement__room=row)) if row else []


def _slots(event: Event, day: Day) -> list[dict[str, Any]]:
    slots = list(day.slots.all())
    found: dict[int, list[str]] = {slot.pk: [] for slot in slots}
    for session in sessions_in(event, slots):
        for place in ("placement", "draft_place"):
            number = getattr(getattr(session, place, None), "slot_id", None)
            if number in found:
                found[number].append(session.title)
                break
    return [{"slot": slot, "times": str(slot), "titles": found[slot.pk]} for slot in slots]
