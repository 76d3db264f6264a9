"""Somebody opens a personal link: they make an account or sign in, and belong to the crew."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from django import forms
from django.contrib.auth import login
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from tagwerk.events.models import Event
from tagwerk.kit.refusals import Invalid
from tagwerk.kit.writer import action
from tagwerk.people import actions, inviting
from tagwerk.people.models import Invitation, Person, Role
from tagwerk.people.rules import RoleKind
from tagwerk.site.own_events import ROLE_NAMES
from tagwerk.site.setup_forms import NO_MAIL, line

KEY = "tw-invitation"  # in the session: the secret, once it was taken out of the address
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class JoinForm(forms.Form):
    """A new account."""

    name = line(_("Ihr Name"), 80, _("So sieht Sie der Rest des Teams."), required=True)
    email = forms.EmailField(
        label=_("E-Mail-Adresse"),
        max_length=254,
        error_messages={"invalid": NO_MAIL, "required": NO_MAIL},
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Passwort"),
        max_length=200,
        strip=False,
        help_text=_("Mindestens zwölf Zeichen; ein kurzer Satz merkt sich leicht."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Bitte denken Sie sich ein Passwort aus.")},
    )

    def clean(self) -> dict[str, Any]:
        """Refuse passwords that are too short or well known."""
        said = super().clean() or self.cleaned_data
        if "password" in said:
            try:
                validate_password(said["password"], Person(email=said.get("email", ""), name=said.get("name", "")))
            except ValidationError as fault:
                self.add_error("password", fault.messages)
        return said


@require_safe
def arrive(request: HttpRequest, secret: str) -> HttpResponseBase:
    """Take the secret out of the address, so that it is in no history and no referrer."""
    inviting.invitation_of(secret)
    request.session[KEY] = secret
    response = redirect("site:join_crew")
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponseBase:
    """Say to what one is invited; a POST makes the account, or takes the one that is signed in."""
    secret = request.session.get(KEY, "")
    invitation = inviting.invitation_of(secret)
    event = Event.objects.get(realm=invitation.realm)
    form = JoinForm()
    if request.method == "POST" and request.user.is_authenticated:
        inviting.accept(secret, request.user)
        return _welcome(request, event)
    if request.method == "POST":
        form = JoinForm(request.POST)
        if form.is_valid() and _joined(request, secret, form):
            return _welcome(request, event)
    return render(
        request, "site/invitation.html", _context(event, invitation, form), status=422 if form.is_bound else 200
    )


@action
def join_as_new(secret: str, said: dict[str, Any]) -> tuple[Person, Role]:
    """Make an account and give it the role, both or neither."""
    person = actions.add_person(said["email"], said["name"], said["password"])
    return person, inviting.accept(secret, person)


def _joined(request: HttpRequest, secret: str, form: JoinForm) -> bool:
    try:
        person, _role = join_as_new(secret, form.cleaned_data)
    except Invalid:
        form.add_error("email", _("Für diese Adresse gibt es schon ein Konto. Bitte melden Sie sich damit an."))
        return False
    login(request, person, backend=BACKEND)
    record_authentication(request, person, method="password", email=person.email)
    return True


def _welcome(request: HttpRequest, event: Event) -> HttpResponseBase:
    request.session.pop(KEY, None)
    return redirect("site:desk", event.slug)


def _context(event: Event, invitation: Invitation, form: JoinForm) -> dict[str, Any]:
    return {
        "event_name": event.name,
        "role": ROLE_NAMES[RoleKind(invitation.kind)],
        "by": str(invitation.made_by) if invitation.made_by else "",
        "form": form,
    }
