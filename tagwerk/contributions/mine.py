"""Somebody's own pages behind their personal link: what they proposed, and their part in the programme."""

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tagwerk.contributions import actions, rules
from tagwerk.contributions.browsers import forget, secret_here
from tagwerk.contributions.forms import CareForm, ContributionForm, RecordingForm, as_proposed
from tagwerk.contributions.mails import link as personal_link
from tagwerk.contributions.models import Author, Call, RehearsalFile, Submission
from tagwerk.contributions.privacy import forget_author, given_out, kept_until
from tagwerk.contributions.views import add_errors, author_here, discreet, not_open, proposed
from tagwerk.contributions.words import MISSING_WORDS, TOLD_WORDS
from tagwerk.events.models import Event
from tagwerk.events.pages import View, page
from tagwerk.kit.addresses import public_base
from tagwerk.kit.codes import normal
from tagwerk.kit.letters import is_mail_on
from tagwerk.kit.pictures import NoPicture, drawn_anew
from tagwerk.kit.refusals import Invalid, Unknown
from tagwerk.programme.cards import session_card
from tagwerk.programme.models import Embargo, Placement, Session
from tagwerk.programme.people import no_picture, portrait_of
from tagwerk.programme.taking_part import sessions_with

P = ParamSpec("P")
OwnPage = Callable[Concatenate[HttpRequest, Event, Author, P], HttpResponseBase]
LARGEST_PHOTO = 8 * 1024 * 1024
SIDE = 640  # pixels of a photo: sharp at twice the size at which it is shown
NO_PICTURE = _("Daraus können wir kein Bild lesen. Bitte nehmen Sie PNG, JPEG, GIF oder WebP, höchstens 8 MB.")


def own_page(view: OwnPage[P]) -> View:
    """Make a view for whoever has opened a personal link; everybody else is led to where links are sent."""

    def opened(request: HttpRequest, event: Event, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        author = author_here(request, event)
        if author is None:
            # An upload that nobody waited for is led here by its fault.
            return not_open(event, is_lost=request.method == "POST" or "fault" in request.GET)
        return discreet(view(request, event, author, *args, **kwargs))

    return page(opened)


@require_safe
@own_page
def mine(request: HttpRequest, event: Event, author: Author) -> HttpResponseBase:
    """Show what somebody proposed and what is said of them."""
    return _shown(request, event, author)


@require_safe
@own_page
def mine_new(request: HttpRequest, event: Event, author: Author) -> HttpResponseBase:
    """Thank for a proposal, and give the personal link."""
    context = {
        "link": personal_link(public_base(request), event, secret_here(request, event)),
        "has_mail": is_mail_on(),
        "author": author,
        "submission": author.submissions.last(),
    }
    return render(request, "contributions/thanks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@own_page
def more(request: HttpRequest, event: Event, author: Author) -> HttpResponseBase:
    """Propose something else."""
    call = actions.open_call(event)
    form = ContributionForm(call, request.POST if request.method == "POST" else None, is_known=True)
    if form.is_bound and form.is_valid() and proposed(request, event, form, author):
        return redirect("contributions:mine", event.slug)
    return _form(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@own_page
def edit(request: HttpRequest, event: Event, author: Author, code: str) -> HttpResponseBase:
    """Change an own proposal."""
    submission = _own(author, code)
    call = actions.open_call(event)
    said = request.POST if request.method == "POST" else None
    form = ContributionForm(call, said, is_known=True, initial=as_proposed(submission))
    if form.is_bound and form.is_valid():
        try:
            actions.edit(submission, form.words())
        except Invalid as refusal:
            add_errors(form, refusal)
        else:
            return redirect("contributions:mine", event.slug)
    return _form(request, form, submission)


@require_POST
@own_page
def withdraw(request: HttpRequest, event: Event, author: Author, code: str) -> HttpResponseBase:
    """Take an own proposal back."""
    actions.withdraw(_own(author, code))
    return redirect("contributions:mine", event.slug)


@require_POST
@own_page
def confirm(request: HttpRequest, event: Event, author: Author) -> HttpResponseBase:
    """Say that one comes, or does not after all."""
    actions.care(author, {"has_confirmed": request.POST.get("value") == "yes"})
    return redirect("contributions:mine", event.slug)


@require_POST
@own_page
def care(request: HttpRequest, event: Event, author: Author) -> HttpResponseBase:
    """Write what somebody says of themselves."""
    form = CareForm(request.POST)
    if form.is_valid():
        try:
            actions.care(author, form.words())
        except Invalid as refusal:
            add_errors(form, refusal)
        else:
            return redirect("contributions:mine", event.slug)
    return _shown(request, event, author, form=form)


@require_POST
@own_page
def recording(request: HttpRequest, event: Event, author: Author) -> HttpResponseBase:
    """Say whether a recording may be shown."""
    form = RecordingForm(request.POST)
    if form.is_valid():
        try:
            actions.release_recording(author, *(form.cleaned_data[n] for n in ("recording", "recording_licence")))
        except Invalid as refusal:
            add_errors(form, refusal)
        else:
            return redirect("contributions:mine", event.slug)
    return _shown(request, event, author, recording_form=form)


@require_POST
@own_page
def photo(request: HttpRequest, event: Event, author: Author) -> HttpResponseBase:
    """Take a photo, drawn anew, or take it away."""
    if request.POST.get("do") == "remove":
        actions.show_face(author, None)
        return redirect("contributions:mine", event.slug)
    sent = request.FILES.get("photo")
    raw = sent.read() if sent and (sent.size or 0) <= LARGEST_PHOTO else b""
    try:
        picture = drawn_anew(raw, SIDE, SIDE, "JPEG")
    except NoPicture:
        return _shown(request, event, author, photo_error=NO_PICTURE)
    actions.show_face(author, picture)
    return redirect("contributions:mine", event.slug)


@require_safe
@own_page
def portrait(request: HttpRequest, event: Event, author: Author, digest: str) -> HttpResponseBase:
    """Show somebody their own photo, also before it is public."""
    if author.speaker is None:
        raise no_picture()
    return portrait_of(author.speaker, digest)


@require_POST
@own_page
def slides(request: HttpRequest, event: Event, author: Author) -> HttpResponseBase:
    """Take slides, or delete them."""
    number = request.POST.get("remove", "")
    if number.isascii() and number.isdigit():
        actions.take_slides_back(author, int(number[:18]))
        return redirect("contributions:mine", event.slug)
    sent = request.FILES.get("slides")
    code = normal(request.POST.get("session", ""))
    own = sessions_with(author.speaker) if author.speaker else set()
    session = Session.objects.filter(event=event, code=code, pk__in=own).first()
    if session is None:
        raise Unknown("no-such-session", _("Diesen Programmpunkt gibt es nicht (mehr)."))
    try:
        actions.hand_in(author, session, sent.name or "" if sent else "", sent.read() if sent else b"")
    except Invalid as refusal:
        return _shown(request, event, author, slides_error=refusal.detail)
    return redirect("contributions:mine", event.slug)


@require_safe
@own_page
def data(request: HttpRequest, event: Event, author: Author) -> HttpResponseBase:
    """Give somebody everything that we know of them."""
    response = JsonResponse(given_out(author), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response.headers["Content-Disposition"] = f'attachment; filename="{event.slug}.json"'
    return response


@require_POST
@own_page
def leave(request: HttpRequest, event: Event, author: Author) -> HttpResponseBase:
    """Close the page on this device, or delete everything that it shows."""
    if request.POST.get("do") == "forget":
        forget_author(author)
    response = redirect("contributions:call", event.slug)
    forget(request, response, event)
    return response


def _own(author: Author, code: str) -> Submission:
    found = author.submissions.filter(code=normal(code)).select_related("event__realm", "track").first()
    if found is None:
        raise Unknown("no-such-contribution", _("Diesen Vorschlag gibt es nicht (mehr)."))
    return found


def _form(request: HttpRequest, form: ContributionForm, submission: Submission | None = None) -> HttpResponseBase:
    context = {"form": form, "submission": submission, "is_known": True}
    return render(request, "contributions/propose.html", context, status=422 if form.is_bound else 200)


def _shown(request: HttpRequest, event: Event, author: Author, **more: Any) -> HttpResponseBase:
    call = Call.objects.filter(event=event).first()
    phase = call.phase(timezone.now()) if call else rules.CallPhase.SOON
    speaker = author.speaker if author.speaks else None
    context = {
        "author": author,
        "speaker": speaker,
        "submissions": [_line(row, phase) for row in author.submissions.select_related("track")],
        "is_open": phase == rules.CallPhase.OPEN,
        "form": CareForm(initial=CareForm.of(author)),
        "recording_form": RecordingForm(initial=_recording(author)),
        "parts": _parts(event, author),
        "portrait": getattr(speaker, "portrait", None) if speaker else None,
        "missing": [MISSING_WORDS[one] for one in rules.missing(actions.given_by(author), 0)] if speaker else [],
        "has_rehearsal": RehearsalFile.objects.filter(author=author).exists(),
        "kept_until": kept_until(event),
    } | more
    return render(request, "contributions/mine.html", context, status=422 if more else 200)


def _recording(author: Author) -> dict[str, Any]:
    speaker = author.speaker
    return {"recording": speaker.recording, "recording_licence": speaker.recording_licence} if speaker else {}


def _line(submission: Submission, phase: rules.CallPhase) -> dict[str, Any]:
    is_withdrawn = submission.state == rules.State.WITHDRAWN
    return {
        "row": submission,
        "state": TOLD_WORDS[submission.state if is_withdrawn else submission.told],
        "message": "" if is_withdrawn else submission.told_message,
        "may_edit": rules.may_edit(phase, submission.state, submission.told),
        "may_withdraw": rules.may_withdraw(submission.state, submission.told),
        "is_good": submission.told == rules.State.ACCEPTED,
    }


def _parts(event: Event, author: Author) -> list[dict[str, Any]]:
    """Give the sessions of somebody who speaks: where and when they are once that is public, and their slides."""
    if author.speaker is None or not author.speaks:
        return []
    own = sessions_with(author.speaker)
    titles = {row.session_id: row.words["title"] for row in Embargo.objects.filter(session__in=own)}
    found = []
    secret = Submission.objects.filter(session__in=own).exclude(told=rules.State.ACCEPTED)
    for session in Session.objects.of(event).filter(pk__in=own).exclude(contribution__in=secret):
        is_placed = Placement.objects.filter(session=session).exists()
        slides = session.materials.filter(speaker=author.speaker).defer("data")
        card = session_card(session) if is_placed else None
        title = titles.get(session.pk, session.title)
        found.append({"session": session, "title": title, "card": card, "slides": slides})
    return found
