"""The door for trying out the desk without an account; open in the demo only."""

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tagwerk.events.models import Event
from tagwerk.events.pages import page
from tagwerk.people.models import Person
from tagwerk.site.refusing import no_page


@require_http_methods(["GET", "HEAD", "POST"])
@page
def door(request: HttpRequest, event: Event) -> HttpResponseBase:
    """Show a page with one button; its POST signs in as the demo's moderator."""
    person = Person.objects.filter(is_demo=True, roles__realm=event.realm).first()
    if not settings.TAGWERK_DEMO or person is None:
        raise no_page()
    if request.method != "POST":
        return render(request, "site/demo_door.html")
    login(request, person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return redirect("site:desk", event.slug)
