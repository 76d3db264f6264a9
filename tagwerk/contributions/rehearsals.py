"""The page on which somebody who speaks hands in a recording, and the recording for them and the crew."""

from csp.decorators import csp_update
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from tagwerk.contributions import actions
from tagwerk.contributions.actions.rehearsing import FAULTS
from tagwerk.contributions.mine import own_page
from tagwerk.contributions.models import Author, RehearsalFile
from tagwerk.contributions.privacy import kept_until
from tagwerk.contributions.rules import FileFault
from tagwerk.events.models import Event
from tagwerk.kit import kept_files
from tagwerk.kit.file_answers import FileAnswer
from tagwerk.kit.recordings import LARGEST, TYPES, Kind, is_video
from tagwerk.kit.refusals import Busy, Invalid, Unknown
from tagwerk.kit.uploads import name_sender


@csp_update({"media-src": ["'self'"]})
@require_http_methods(["GET", "HEAD", "POST"])
@own_page
def rehearsal(request: HttpRequest, event: Event, author: Author) -> HttpResponseBase:
    """Show the form and what is there; take a recording in, or delete it. What is wrong leads back here with a word."""
    if not author.speaks:
        return redirect("contributions:mine", event.slug)
    name_sender(request, f"author:{author.pk}")
    here = reverse("contributions:rehearsal", args=[event.slug])
    if request.method == "POST":
        return redirect(f"{here}{_done(request, author)}")
    fault = request.GET.get("fault", "")
    row = RehearsalFile.objects.filter(author=author).first()
    context = {
        "row": row,
        "is_video": row is not None and is_video(row.kind),
        "error": FAULTS[FileFault(fault)] if fault in set(FileFault) else "",
        "large": FAULTS[FileFault.LARGE],
        "torn": FAULTS[FileFault.SLOW],
        "largest": LARGEST,
        "kept_until": kept_until(event),
    }
    return render(request, "contributions/rehearsal.html", context)


@require_safe
@own_page
def rehearsal_file(request: HttpRequest, event: Event, author: Author) -> HttpResponseBase:
    """Give somebody their own recording."""
    return handed_out(request, RehearsalFile.objects.filter(author=author).first())


def handed_out(request: HttpRequest, row: RehearsalFile | None) -> HttpResponseBase:
    """Give a recording as a file, whole or in part; raises `Unknown` where there is none."""
    path = kept_files.path_of(row.key) if row else None
    if row is None or path is None or not path.is_file():
        raise Unknown("no-such-recording", _("Diese Aufnahme gibt es nicht (mehr)."))
    kind = TYPES[Kind(row.kind)]
    return FileAnswer(request, path, size=row.size, content_type=kind, name=f"probeaufnahme.{row.kind}")


def _done(request: HttpRequest, author: Author) -> str:
    if request.POST.get("do") == "remove":
        actions.take_file_back(author)
        return ""
    try:
        actions.take_in(author, request.FILES.get("recording"))
    except Invalid as refusal:
        return f"?fault={refusal.kind}"
    except Busy:
        return f"?fault={FileFault.BUSY}"
    return "?done=1"
