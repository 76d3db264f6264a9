"""Slides of sessions: handed out as files only, to everybody once the organisers made them public."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tagwerk.events.models import Event
from tagwerk.events.pages import page
from tagwerk.kit.codes import normal
from tagwerk.kit.refusals import Unknown
from tagwerk.kit.slides import SlideKind
from tagwerk.programme.cards import placed_sessions
from tagwerk.programme.models import Material

TYPES = {
    SlideKind.PDF: "application/pdf",
    SlideKind.ODP: "application/vnd.oasis.opendocument.presentation",
    SlideKind.PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


@require_safe
@page
def slides(request: HttpRequest, event: Event, code: str, slides: str) -> HttpResponseBase:
    """Hand out public slides of a public session."""
    session = placed_sessions(event).filter(code=normal(code)).first()
    found = Material.objects.for_everybody().filter(session=session, code=normal(slides)).first()
    if session is None or found is None:
        raise no_slides()
    return handed_out(found)


def handed_out(material: Material) -> HttpResponse:
    """Give a file that no browser shows in our name: as an attachment, under our name for it, without rights."""
    response = HttpResponse(bytes(material.data), content_type=TYPES[SlideKind(material.kind)])
    response.headers["Content-Disposition"] = f'attachment; filename="{_ascii(material.name)}"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def no_slides() -> Unknown:
    """Give the refusal for slides that are not there, or not for everybody."""
    return Unknown("no-such-slides", _("Diese Folien gibt es nicht (mehr)."))


def _ascii(name: str) -> str:
    return "".join(character if character.isascii() and character not in '"\\' else "_" for character in name)
