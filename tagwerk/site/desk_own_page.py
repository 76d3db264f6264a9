"""The crew gives somebody who speaks the link to their own page, sees what is new there, and what they handed in."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tagwerk.contributions import actions, mails
from tagwerk.contributions.models import RehearsalFile
from tagwerk.contributions.rehearsals import handed_out
from tagwerk.events.models import Event
from tagwerk.events.pages import desk_page
from tagwerk.kit.addresses import public_base
from tagwerk.kit.codes import normal
from tagwerk.people.actors import Actor
from tagwerk.people.rules import RoleKind
from tagwerk.programme.actions import publish_slides
from tagwerk.programme.models import Material
from tagwerk.programme.people import portrait_of
from tagwerk.programme.slides import handed_out as slides_out
from tagwerk.programme.slides import no_slides
from tagwerk.site.desk_speakers import speaker_at

moderator = desk_page(RoleKind.MODERATOR)


@require_POST
@moderator
def link(request: HttpRequest, event: Event, actor: Actor, code: str) -> HttpResponseBase:
    """Send the personal link, show a fresh one to be copied, or say that what is new was seen."""
    speaker = speaker_at(event, normal(code))
    verb = request.POST.get("do", "")
    author = actions.author_of(speaker)
    if verb == "seen":
        actions.have_seen(author, actor=actor.mark)
        return redirect("site:desk_speaker", event.slug, speaker.code)
    if author.email != speaker.email:
        actions.readdress(author, speaker.email)
    is_sent = verb == "send" and actions.send_link(author, public_base(request))
    address = ""
    if verb in ("copy", "fresh"):
        with mails.speaking_to(author):
            address = mails.link(public_base(request), event, actions.new_key(author, is_only=verb == "fresh"))
    context = {"speaker": speaker, "address": address, "is_sent": is_sent}
    return render(request, "site/desk_own_page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@moderator
def slides(request: HttpRequest, event: Event, actor: Actor, code: str, slides: str) -> HttpResponseBase:
    """Hand slides out to the crew; a POST shows them to everybody, or no longer."""
    speaker = speaker_at(event, normal(code))
    found = (
        Material.objects.filter(speaker=speaker, code=normal(slides)).select_related("session__event__realm").first()
    )
    if found is None:
        raise no_slides()
    if request.method == "POST":
        publish_slides(found, public=request.POST.get("public") == "on", actor=actor.mark)
        return redirect("site:desk_speaker", event.slug, speaker.code)
    return slides_out(found)


@require_safe
@moderator
def rehearsal_file(request: HttpRequest, event: Event, actor: Actor, code: str) -> HttpResponseBase:
    """Give the crew the recording of somebody who practised."""
    speaker = speaker_at(event, normal(code))
    return handed_out(request, RehearsalFile.objects.filter(author__speaker=speaker).first())


@require_safe
@moderator
def portrait(request: HttpRequest, event: Event, actor: Actor, code: str, digest: str) -> HttpResponseBase:
    """Show the crew a photo, also before it is public."""
    return portrait_of(speaker_at(event, normal(code)), digest)
