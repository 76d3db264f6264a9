"""Where somebody of a crew arrives after signing in: their events, what they began, and a new one."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tagwerk.events.models import Event
from tagwerk.events.rules import Phase
from tagwerk.events.words import PHASE_NAMES
from tagwerk.kit.refusals import Forbidden
from tagwerk.people.actors import trusted_person
from tagwerk.people.models import Person
from tagwerk.people.rules import RoleKind

P = ParamSpec("P")
PersonPage = Callable[Concatenate[HttpRequest, Person, P], HttpResponseBase]
ROLE_NAMES = {
    RoleKind.ORGANISER: _("Organisation"),
    RoleKind.MODERATOR: _("Moderation"),
    RoleKind.HELPER: _("Hilfe"),
}


def own_page(view: PersonPage[P]) -> Callable[..., HttpResponseBase]:
    """Make a view for somebody who has signed in with both steps; everybody else is led there and back."""

    @wraps(view)
    def opened(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        person = trusted_person(request)
        if person is None:
            name = "mfa_index" if request.user.is_authenticated else "account_login"
            back = request.get_full_path() if request.method in ("GET", "HEAD") else reverse("site:own_events")
            return redirect(f"{reverse(name)}?{urlencode({'next': back})}")
        return view(request, person, *args, **kwargs)

    return opened


def check_may_found(person: Person) -> None:
    """Refuse whoever may not make events."""
    if not person.may_found:
        raise Forbidden("may-not-found", _("Neue Veranstaltungen darf nur anlegen, wem die Technik das erlaubt hat."))


@require_safe
@own_page
def page(request: HttpRequest, person: Person) -> HttpResponseBase:
    """List somebody's events and beginnings."""
    roles = person.roles.filter(realm__event__rehearsal_of=None).select_related("realm__event")
    entries = [_entry(role.realm.event, role.kind) for role in roles.filter(realm__event__isnull=False)]
    running = (Phase.LIVE, Phase.DRAFT, Phase.ANNOUNCED, Phase.REGISTRATION_OPEN, Phase.REGISTRATION_CLOSED)
    entries.sort(key=lambda entry: (running.index(entry["phase"]) if entry["phase"] in running else 9, entry["name"]))
    outlines = person.outlines.all() if person.may_found else []
    began = [{"number": row.pk, "name": name_of(row.answers), "when": row.changed_at} for row in outlines]
    context = {"entries": entries, "began": began, "may_found": person.may_found, "is_gone": "gone" in request.GET}
    return render(request, "site/own_events.html", context)


def name_of(answers: Any) -> str:
    """Give how a beginning is called so far."""
    return str((answers.get("start", {}).get("name") or [""])[0])[:120]


def _entry(event: Event, role: str) -> dict[str, Any]:
    return {
        "name": event.name,
        "slug": event.slug,
        "phase": event.phase,
        "phase_name": PHASE_NAMES[Phase(event.phase)],
        "role": ROLE_NAMES[RoleKind(role)],
        "is_organiser": role == RoleKind.ORGANISER,
    }
