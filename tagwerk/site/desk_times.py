"""When a host is not free: the crew says it at a session, and in the Regie at a topic."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from tagwerk.events.models import Day, Event
from tagwerk.events.pages import desk_page
from tagwerk.kit.codes import normal
from tagwerk.kit.dates import NotOnTheClock, TwiceOnTheClock, in_utc
from tagwerk.kit.refusals import Invalid, Unknown
from tagwerk.people.actors import Actor
from tagwerk.people.rules import RoleKind
from tagwerk.programme import actions
from tagwerk.programme.absences import absence_card
from tagwerk.programme.models import Absence
from tagwerk.programme.rules import Away
from tagwerk.site.finding import number_or_none, session_at
from tagwerk.site.rooms import topics_panel

crew = desk_page(RoleKind.HELPER)
Holder = tuple[str, list[str]]


@dataclass(frozen=True)
class Held:
    """What the times are said of: its title, who holds it, the likeliest day, and where the page lies."""

    title: str
    holders: list[Holder]
    day: date | None
    url: str
    back: str


@require_http_methods(["GET", "HEAD", "POST"])
@crew
def of_session(request: HttpRequest, event: Event, actor: Actor, code: str) -> HttpResponseBase:
    """Show and change the times of who holds a session."""
    session = session_at(event, normal(code))
    holders = topics_panel().crew.holders(session)
    if not holders and session.hosts:
        holders = [(session.host_name, session.hosts)]
    day, url = session.placement.slot.day.date, reverse("site:desk_times", args=[event.slug, session.code])
    return _page(request, event, actor, Held(session.title, holders, day, url, "site:desk"))


@require_http_methods(["GET", "HEAD", "POST"])
@crew
def of_topic(request: HttpRequest, event: Event, actor: Actor, code: str) -> HttpResponseBase:
    """Show and change the times of who brings a topic."""
    found = topics_panel().crew.holders_of(event, normal(code))
    if found is None:
        raise Unknown("no-such-topic", _("Dieses Thema gibt es nicht (mehr)."))
    url = reverse("site:desk_topic_times", args=[event.slug, normal(code)])
    title, holders = found
    return _page(request, event, actor, Held(title, holders, None, url, "site:desk_regie"))


def _page(request: HttpRequest, event: Event, actor: Actor, held: Held) -> HttpResponseBase:
    if request.method == "POST":
        told = _perform(request, event, actor, held)
        return redirect(f"{reverse(held.back, args=[event.slug])}?undo={told}")
    days = list(event.days.all())
    marks = {mark for _name, hosts in held.holders for mark in hosts}
    absences = [absence for absence in Absence.objects.of(event) if marks & set(absence.hosts)]
    context: dict[str, Any] = {
        "held": held,
        "names": [name for name, _hosts in held.holders],
        "times": [absence_card(absence, with_day=len(days) > 1) for absence in absences],
        "days": days if len(days) > 1 else [],
    }
    return render(request, "site/desk_times.html", context)


def _perform(request: HttpRequest, event: Event, actor: Actor, held: Held) -> int:
    said = request.POST
    if "drop" in said:
        return actions.withdraw_absence(event, normal(said["drop"]), actor=actor.mark)
    chosen = number_or_none(said.get("host", "")) or 0
    name, hosts = held.holders[chosen] if chosen < len(held.holders) else ("", [])
    day = _day(event, number_or_none(said.get("day", "")), held.day)
    times = _clock(day, said.get("from", "")), _clock(day, said.get("until", ""))
    kind = Away.STAND if said.get("kind") == Away.STAND else Away.AWAY
    return actions.note_absence(day, hosts, times, name=name, kind=kind, actor=actor.mark)[1]


def _day(event: Event, number: int | None, usual: date | None) -> Day:
    days = list(event.days.select_related("event__realm").order_by("date"))
    wanted = [day for day in days if day.pk == number] or [day for day in days if day.date == usual] or days
    if not wanted:
        raise Unknown("no-such-day", _("Diesen Tag gibt es nicht."))
    return wanted[0]


def _clock(day: Day, text: str) -> datetime | None:
    """Read a time of day such as 10:15 on a day of the event; nothing typed is no limit."""
    if not text.strip():
        return None
    try:
        return in_utc(day.date, time.fromisoformat(text.strip()), day.event.timezone)
    except (ValueError, NotOnTheClock, TwiceOnTheClock):
        raise Invalid("no-such-time", _("Bitte geben Sie eine Uhrzeit wie 10:15 an.")) from None
