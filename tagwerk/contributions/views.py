"""Public pages of a call: what is asked for, the form without account, a new link for somebody who lost theirs."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from tagwerk.contributions import actions
from tagwerk.contributions.browsers import remember, secret_here
from tagwerk.contributions.forms import TRAP, ContributionForm, LinkForm
from tagwerk.contributions.models import Author, Call, Submission
from tagwerk.contributions.privacy import kept_until
from tagwerk.contributions.rules import CallPhase, is_mail
from tagwerk.events.models import Event
from tagwerk.events.pages import page
from tagwerk.kit.addresses import public_base
from tagwerk.kit.headers import public
from tagwerk.kit.language import short
from tagwerk.kit.letters import is_mail_on
from tagwerk.kit.network import address_mark, address_of
from tagwerk.kit.receipts import Answer, once, unkeyed
from tagwerk.kit.refusals import Invalid, Unknown
from tagwerk.people.actions import check_tries, note_wrong_try
from tagwerk.programme.labels import KIND_NAMES

LOST = "lost"  # in the address: what was sent did not arrive


@require_safe
@page
def call(request: HttpRequest, event: Event) -> HttpResponseBase:
    """Say what is asked for, and until when; before and afterwards, that."""
    found = Call.objects.filter(event=event).first()
    phase = found.phase(timezone.now()) if found else CallPhase.SOON
    context = {
        "call": found,
        "phase": phase,
        "kinds": [KIND_NAMES[kind] for kind in found.kinds] if found else [],
        "kept_until": kept_until(event),
        "has_mail": is_mail_on(),
    }
    return public(render(request, "contributions/call.html", context))


@require_http_methods(["GET", "HEAD", "POST"])
@page
def propose(request: HttpRequest, event: Event) -> HttpResponseBase:
    """Show the form, and take what was typed there; what does not hold comes back with everything."""
    found = Call.objects.filter(event=event).select_related("event").first()
    if found is None or found.phase(timezone.now()) != CallPhase.OPEN:
        if request.method == "POST":
            actions.open_call(event)
        return redirect("contributions:call", event.slug)
    form = ContributionForm(found, request.POST if request.method == "POST" else None)
    if form.is_bound and request.POST.get(TRAP):
        return redirect("contributions:call", event.slug)  # a program that fills in everything
    if form.is_bound and form.is_valid():
        submission = proposed(request, event, form)
        if submission is not None:
            if submission.author.speaker_id:  # sent again after it was accepted: this browser had its link
                return redirect("contributions:link", event.slug)
            actions.thank(submission, public_base(request))
            return enter(request, event, actions.new_key(submission.author), new=True)
    context = {"form": form, "call": found, "kept_until": kept_until(event), "trap": TRAP, "has_mail": is_mail_on()}
    response = render(request, "contributions/propose.html", context, status=422 if form.is_bound else 200)
    return response if form.is_bound else public(response)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def link(request: HttpRequest, event: Event) -> HttpResponseBase:
    """Send personal links again; the answer is the same whether somebody has one here or not."""
    form = LinkForm(request.POST if request.method == "POST" else None)
    is_sent = form.is_bound and form.is_valid() and is_mail(form.cleaned_data["email"])
    if is_sent:
        mark = origin_of(request, "link again")
        check_tries(event.realm, mark)
        note_wrong_try(event.realm, mark)
        actions.send_links_again(event, form.cleaned_data["email"], public_base(request))
    elif form.is_bound and form.is_valid():
        form.add_error("email", str(form.fields["email"].error_messages["invalid"]))
    said = request.GET.get("closed", "")
    context = {"form": form, "is_sent": is_sent, "has_mail": is_mail_on(), "is_closed": said, "is_lost": said == LOST}
    return render(request, "contributions/link.html", context, status=422 if form.errors else 200)


def not_open(event: Event, *, is_lost: bool) -> HttpResponseBase:
    """Lead to the page that says how a personal link is opened again, and whether something was sent for nothing."""
    here = reverse("contributions:link", args=[event.slug])
    return redirect(f"{here}?closed={LOST if is_lost else 1}")


@require_safe
@page
def arrive(request: HttpRequest, event: Event, secret: str) -> HttpResponseBase:
    """Take the secret out of the address, so that it is in no history and no referrer."""
    mark = origin_of(request, "author link")
    check_tries(event.realm, mark)
    try:
        author = actions.author_by(event, secret)
    except Unknown:
        note_wrong_try(event.realm, mark)
        raise
    actions.arrive(author, secret)
    return enter(request, event, secret)


def enter(request: HttpRequest, event: Event, secret: str, *, new: bool = False) -> HttpResponseBase:
    """Let a browser look after somebody's proposals until it closes or leaves."""
    response = redirect("contributions:mine_new" if new else "contributions:mine", event.slug)
    remember(request, response, event, secret)
    return discreet(response)


def author_here(request: HttpRequest, event: Event) -> Author | None:
    """Give whose link a browser has opened; None for nobody, or a link that is void by now."""
    secret = secret_here(request, event)
    try:
        return actions.author_by(event, secret) if secret else None
    except Unknown:
        return None


def proposed(
    request: HttpRequest, event: Event, form: ContributionForm, author: Author | None = None
) -> Submission | None:
    """Take a proposal once, however often it is sent; None when the form comes back with what is wrong."""
    words = form.words()
    origin = origin_of(request, "contribution")

    def perform() -> Answer:
        if author is not None:
            return Answer(201, actions.propose_more(author, words).pk)
        return Answer(201, actions.propose(event, words, origin=origin, language=short()).pk)

    scope = f"author:{author.pk}" if author else origin
    try:
        answer = once(unkeyed(scope, "contribution", event.pk, {n: str(v) for n, v in words.items()}), perform)
    except Invalid as refusal:
        add_errors(form, refusal)
        return None
    found = Submission.objects.filter(event=event, pk=answer.body).select_related("author", "event__realm").first()
    if found is None:  # deleted since
        form.add_error(None, str(_("Diesen Vorschlag haben Sie gerade gelöscht.")))
    return found


def add_errors(form: forms.Form, refusal: Invalid) -> None:
    """Say at the fields of a form what an action found wrong."""
    for name, sentence in refusal.errors.items():
        form.add_error(name if name in form.fields else None, str(sentence))


def origin_of(request: HttpRequest, purpose: str) -> str:
    """Give the mark of the caller's address for a purpose."""
    return address_mark(address_of(request), purpose)


def discreet(response: Any) -> HttpResponseBase:
    """Let an answer with a secret in its address, or behind it, tell nobody where it was."""
    response.headers["Referrer-Policy"] = "no-referrer"
    return response  # type: ignore[no-any-return]
