"""The organiser's first hour: five screens to a new event; what was typed stays, whatever way somebody goes."""

from typing import Any

from django.db import IntegrityError
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from tagwerk.events.actions import forget_outline, keep_answers, start_outline
from tagwerk.events.models import Event, Outline
from tagwerk.kit.refusals import Invalid, Refusal, Unknown
from tagwerk.kit.writer import action
from tagwerk.people.models import Person
from tagwerk.site import blueprints
from tagwerk.site.own_events import check_may_found, own_page
from tagwerk.site.wizard_forms import RoomsForm, Screen
from tagwerk.site.wizard_plan import SCREENS, Answers, checked, plan_of, said_of
from tagwerk.site.wizard_summary import summary

NAMES = {
    "start": _("Name, Datum, Ort"),
    "days": _("Tage"),
    "rooms": _("Räume"),
    "rhythm": _("Rhythmus"),
    "tone": _("Ansprache"),
}
LONGEST = 5000  # characters of one answer


@require_POST
@own_page
def begin(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Begin to describe a new event."""
    check_may_found(person)
    return _to(start_outline(person), "start")


@require_POST
@own_page
def drop(request: HttpRequest, person: Person, number: int) -> HttpResponseBase:
    """Throw a beginning away."""
    check_may_found(person)
    outline = person.outlines.filter(pk=number).first()
    if outline is not None:
        forget_outline(outline)
    return redirect("site:own_events")


@require_http_methods(["GET", "HEAD", "POST"])
@own_page
def screen(request: HttpRequest, person: Person, number: int, name: str) -> HttpResponseBase:
    """Show one screen; a POST keeps what was typed, right or wrong, and goes where the pressed button says."""
    check_may_found(person)
    outline = person.outlines.filter(pk=number).first()
    if outline is None and request.method == "POST":
        return redirect(f"{reverse('site:own_events')}?gone=1")  # made already, by a second tap or in another tab
    if outline is None or name not in SCREENS:
        raise Unknown("no-such-screen", _("Diese Seite gibt es nicht (mehr)."))
    if request.method == "POST":
        outline = keep_answers(outline, name, _kept(request.POST))
    answers, wrong = checked(outline)
    earlier = list(SCREENS)[: list(SCREENS).index(name)]
    if wrong in earlier:
        return _to(outline, wrong, check=True)
    if request.method == "POST":
        return _go_on(request, outline, name, answers)
    return _show(request, outline, name, answers)


def _go_on(request: HttpRequest, outline: Outline, name: str, answers: Answers) -> HttpResponseBase:
    order = list(SCREENS)
    here = order.index(name)
    wanted = request.POST.get("do", "next")
    if wanted == "back":
        return _to(outline, order[max(0, here - 1)])
    if wanted in order[:here]:
        return _to(outline, wanted)
    form = SCREENS[name](request.POST, before=_before(answers, name))
    if not form.is_valid():
        return _page(request, outline, name, form, status=422)
    if isinstance(form, RoomsForm) and not form.is_asked:
        return _to(outline, name, check=True)  # what the rooms offer is asked next, on the same screen
    if here + 1 < len(order):
        return _to(outline, order[here + 1])
    return _make(request, outline, answers, form)


def _make(request: HttpRequest, outline: Outline, answers: Answers, form: Screen) -> HttpResponseBase:
    try:
        event = made(outline, answers)
    except IntegrityError:
        return _to(outline, "start", check=True)  # somebody took the address in the same moment: the screen says so
    except Invalid as refusal:
        form.add_error(None, str(refusal.detail))
        return _page(request, outline, "tone", form, status=422)
    except Refusal:
        return _to(outline, "start", check=True)
    return redirect(f"{reverse('site:setup', args=[event.slug])}?new=1")


@action
def made(outline: Outline, answers: Answers) -> Event:
    """Make the event that an outline describes; the outline is done with."""
    event = blueprints.make(*plan_of(answers), outline.person)
    forget_outline(outline)
    return event


def _show(request: HttpRequest, outline: Outline, name: str, answers: Answers) -> HttpResponseBase:
    said = said_of(outline, name)
    before = _before(answers, name)
    if "check" in request.GET and said:
        form = SCREENS[name](said, before=before)
    else:
        form = SCREENS[name](initial=_initial(SCREENS[name](before=before), said), before=before)
    return _page(request, outline, name, form)


def _page(request: HttpRequest, outline: Outline, name: str, form: Screen, *, status: int = 200) -> HttpResponseBase:
    order = list(SCREENS)
    here = order.index(name)
    context: dict[str, Any] = {
        "form": form,
        "fields": f"site/_wizard_{name}.html",
        "steps": [{"name": NAMES[one], "is_here": one == name, "is_done": order.index(one) < here} for one in order],
        "heading": NAMES[name],
        "position": here + 1,
        "is_first": here == 0,
        "is_last": here + 1 == len(order),
    }
    if context["is_last"]:
        context["summary"] = summary(*plan_of({**form.before, "tone": _tone(form)}))
        context["others"] = [(one, NAMES[one]) for one in order[:-1]]
    return render(request, "site/wizard.html", context, status=status)


def _tone(form: Screen) -> dict[str, Any]:
    return {name: form.fields[name].initial for name in form.fields}


def _before(answers: Answers, name: str) -> Answers:
    order = list(SCREENS)
    return {one: answers[one] for one in order[: order.index(name)]}


def _initial(form: Screen, said: QueryDict) -> dict[str, Any]:
    """Give what was typed for the fields of a screen, or nothing, so that their usual values stand there."""
    if not said:
        return {}
    names = [*form.fields, *(name for name in said if name.startswith("features_"))]
    return {name: said.getlist(name) if name.startswith("features_") else said.get(name, "") for name in names}


def _kept(sent: QueryDict) -> dict[str, list[str]]:
    """Give what was typed, without the button; a database knows no NUL in what it keeps."""
    return {
        name.replace("\0", "")[:60]: [value.replace("\0", "")[:LONGEST] for value in values]
        for name, values in sent.lists()
        if name != "do"
    }


def _to(outline: Outline, name: str, *, check: bool = False) -> HttpResponseBase:
    return redirect(reverse("site:wizard", args=[outline.pk, name]) + ("?check=1" if check else ""))
