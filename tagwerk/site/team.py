"""The crew of an event: who belongs to it, who is asked in by a personal link, who leaves."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from tagwerk.events.models import Event
from tagwerk.events.pages import desk_page
from tagwerk.kit.refusals import Refusal
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold
from tagwerk.people import actions, inviting
from tagwerk.people.actors import Actor
from tagwerk.people.models import Role
from tagwerk.people.rules import RoleKind
from tagwerk.site.finding import number_or_none
from tagwerk.site.own_events import ROLE_NAMES
from tagwerk.site.setup_forms import InvitationForm

SHOWN = "tw-invited"  # in the session: the link that was just made, until it was shown
organiser = desk_page(RoleKind.ORGANISER)


@require_http_methods(["GET", "HEAD", "POST"])
@organiser
def team(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Show the crew and open invitations; a POST invites, takes an invitation back, or takes a role away."""
    form = InvitationForm()
    if request.method == "POST":
        number = number_or_none(request.POST.get("number", "")) or 0
        if request.POST.get("do") == "withdraw":
            inviting.withdraw_invitation(event.realm, number)
        elif request.POST.get("do") == "leave":
            take_role_away(event, number)
        else:
            form = InvitationForm(request.POST)
            if form.is_valid():
                _invite(request, event, actor, form)
        if not form.errors:
            return redirect("site:team", event.slug)
    context = {
        "form": form,
        "crew": [_member(role, actor) for role in event.realm.roles.select_related("person").order_by("pk")],
        "invitations": [
            {"number": row.pk, "label": row.label, "role": ROLE_NAMES[RoleKind(row.kind)], "until": row.valid_until}
            for row in inviting.open_invitations(event.realm)
        ],
        "link": request.session.pop(SHOWN, ""),
    }
    return render(request, "site/team.html", context, status=422 if form.is_bound else 200)


@action
def take_role_away(event: Event, number: int) -> None:
    """Take somebody's role away; raises `Refusal` for the last organiser, so that somebody can still let others in."""
    hold(event.stream)
    role = Role.objects.filter(realm=event.realm, pk=number).select_related("person").first()
    if role is None:
        return
    others = event.realm.roles.filter(kind=RoleKind.ORGANISER).exclude(pk=role.pk)
    if role.kind == RoleKind.ORGANISER and not others.exists():
        raise Refusal(
            "last-organiser", _("Das ist die letzte Person in der Organisation. Laden Sie zuerst eine zweite ein.")
        )
    actions.withdraw_role(role.person, event.realm)


def _invite(request: HttpRequest, event: Event, actor: Actor, form: InvitationForm) -> None:
    said = form.cleaned_data
    _row, secret = inviting.invite(event.realm, said["label"], RoleKind(said["kind"]), actor.person)
    path = reverse("site:invitation", args=[secret])
    request.session[SHOWN] = f"{settings.BASE_URL}{path}" if settings.BASE_URL else request.build_absolute_uri(path)


def _member(role: Role, actor: Actor) -> dict[str, Any]:
    return {
        "number": role.pk,
        "name": str(role.person),
        "email": role.person.email,
        "role": ROLE_NAMES[RoleKind(role.kind)],
        "is_me": actor.person is not None and role.person_id == actor.person.pk,
    }
