"""Opens the door to an event's pages: finds it, checks who asks, speaks its language."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from tagwerk.events.models import Event
from tagwerk.kit.language import german, short
from tagwerk.kit.prepared import Prepared
from tagwerk.kit.refusals import Unknown
from tagwerk.live.models import Stream
from tagwerk.people.actors import Actor, by_cookies
from tagwerk.people.models import Realm
from tagwerk.people.rules import RoleKind

P = ParamSpec("P")
Page = Callable[Concatenate[HttpRequest, Event, P], HttpResponseBase]
DeskPage = Callable[Concatenate[HttpRequest, Event, Actor, P], HttpResponseBase]
View = Callable[..., HttpResponseBase]

_public_event = Prepared(lambda slug: Event.objects.at(slug).public())
_stream = Prepared(lambda slug: Stream.objects.filter(number__in=Realm.objects.filter(slug=slug).values("pk")))


def no_event() -> Unknown:
    """Give the refusal for an event that does not exist, or not for the one who asks."""
    return Unknown("no-such-event", _("Diese Veranstaltung gibt es hier nicht. Bitte prüfen Sie die Adresse."))


def public_event(slug: str) -> Event:
    """Give an event that everybody may see; raises `Unknown`."""
    event = _public_event.first(slug)
    if event is None:
        raise no_event()
    return event


def as_of(request: HttpRequest) -> Stream:
    """Give how far the event's ledger was before anything of a page was read.

    What comes while a page is made is told to it once more, and somebody else's change is seen as one; read afterwards,
    the page would never hear of the first and overwrite the second.
    """
    stream: Stream = request.frame_stream  # type: ignore[attr-defined]
    return stream


def speak(event: Event) -> None:
    """Address people as the event does, with *Sie* or *du*, and show its time of day."""
    timezone.activate(event.timezone)
    if short() == "de":
        translation.activate(german(informal=event.is_informal))


def page(view: Page[P]) -> View:
    """Make a view of an event's public page: it gets the event instead of the slug."""

    @wraps(view)
    def opened(request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if slug != slug.lower() and not Event.objects.at(slug).exists():
            # QR codes say it in upper case: that needs fewer dots.
            return redirect(request.get_full_path().replace(slug, slug.lower(), 1))
        request.frame_stream = _stream.first(slug) or Stream()  # type: ignore[attr-defined]
        event = public_event(slug)
        speak(event)
        request.frame_event = event  # type: ignore[attr-defined]
        return view(request, event, *args, **kwargs)

    return opened


def desk_page(needed: RoleKind) -> Callable[[DeskPage[P]], View]:
    """Make a view for the crew: it gets the event and the actor; everybody else learns nothing."""

    def wrap(view: DeskPage[P]) -> View:
        @wraps(view)
        def opened(request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            request.frame_stream = _stream.first(slug) or Stream()  # type: ignore[attr-defined]
            event = Event.objects.at(slug).first()
            if event is None:
                raise no_event()
            speak(event)
            actor = by_cookies(request, event.realm)
            if not event.is_public and not actor.roles and not actor.lacks_second_factor:
                raise no_event()
            request.frame_event = event  # type: ignore[attr-defined]
            actor.needs(needed)
            request.crew = "moderator" if actor.may(RoleKind.MODERATOR) else "helper"  # type: ignore[attr-defined]
            request.is_organiser = actor.may(RoleKind.ORGANISER)  # type: ignore[attr-defined]
            return view(request, event, actor, *args, **kwargs)

        return opened

    return wrap
