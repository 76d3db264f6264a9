"""The desk for what was proposed: read one after the other, scored, talked about, decided."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from tagwerk.contributions import actions, rules
from tagwerk.contributions.models import Call, Submission
from tagwerk.contributions.words import STATE_WORDS
from tagwerk.events.models import Event
from tagwerk.events.pages import as_of, desk_page
from tagwerk.kit.codes import normal
from tagwerk.kit.refusals import Forbidden, Refusal, Unknown
from tagwerk.people.actors import Actor
from tagwerk.people.models import Person
from tagwerk.people.rules import RoleKind
from tagwerk.programme.labels import KIND_NAMES, LEVEL_NAMES, language_name
from tagwerk.site.finding import number_or_none

moderator = desk_page(RoleKind.MODERATOR)
OPEN = "open"
FILTERS = ("state", "track", "kind", "order")


@dataclass(frozen=True)
class Line:
    """A proposal as the desk lists it; who proposed it is "" while names are hidden."""

    row: Submission
    who: str
    kind: str
    state: str
    is_told: bool
    scores: rules.Scores
    remarks: int


@require_safe
@moderator
def contributions(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """List what was proposed, with how far one has read."""
    call = Call.objects.filter(event=event).first()
    lines = _lines(event, _person(actor), call)
    counted = [line for line in lines if line.row.state != rules.State.WITHDRAWN]
    context = {
        "call": call,
        "phase": call.phase(timezone.now()) if call else rules.CallPhase.SOON,
        "lines": _chosen(lines, request.GET),
        "total": len(counted),
        "mine": sum(line.scores.own is not None for line in counted),
        "filters": _filters(lines, request.GET),
        "orders": _orders(request.GET),
        "query": _query(request.GET),
        "untold": len(actions.untold(event)),
        "next": next((line.row.code for line in counted if line.scores.own is None and _is_open(line)), ""),
    }
    return render(request, "site/desk_contributions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@moderator
def contribution(request: HttpRequest, event: Event, actor: Actor, code: str) -> HttpResponseBase:
    """Show a proposal, and take what somebody of the crew says of it."""
    row = _at(event, normal(code))
    error: Any = ""
    if request.method == "POST":
        try:
            _do(request, row, actor)
        except Refusal as refusal:
            if isinstance(refusal, Unknown | Forbidden):
                raise
            error = refusal.detail
        else:
            return redirect(_then(request, event, row, actor))
    return render(
        request, "site/desk_contribution.html", _whole(request, event, actor, row, error), status=_status(error)
    )


def _do(request: HttpRequest, row: Submission, actor: Actor) -> None:
    said, person = request.POST, _person(actor)
    verb = said.get("do", "")
    if verb == "score":
        value = said.get("score", "")
        actions.score(row, person, number_or_none(value) if value else None)
    elif verb == "remark":
        actions.remark(row, person, said.get("text", ""))
    elif verb == "unremark":
        actions.take_remark_back(row, person, number_or_none(said.get("number", "")) or 0)
    elif verb == "undo":
        actions.take_back(row, actor=actor.mark)
    elif verb == "draft":
        actions.draft_again(row, actor=actor.mark)
    else:
        seen = number_or_none(said.get("revision", ""))
        actions.decide(row, verb, said.get("message", ""), revision=seen, actor=actor.mark)


def _then(request: HttpRequest, event: Event, row: Submission, actor: Actor) -> str:
    """Give where to go on: to the next one if that was wished, with the same filter."""
    query = _query(request.GET)
    code = row.code
    if "next" in request.POST:
        codes = [line.row.code for line in _chosen(_lines(event, _person(actor), None), request.GET)]
        code = rules.neighbours(codes, row.code)[1]
    if not code:
        return reverse("site:desk_contributions", args=[event.slug]) + query
    return reverse("site:desk_contribution", args=[event.slug, code]) + query


def _whole(request: HttpRequest, event: Event, actor: Actor, row: Submission, error: Any) -> dict[str, Any]:
    call = Call.objects.filter(event=event).first()
    person = _person(actor)
    codes = [line.row.code for line in _chosen(_lines(event, person, call), request.GET)]
    before, after = rules.neighbours(codes, row.code)
    line = _line(row, person, call)
    return {
        "line": line,
        "row": row,
        "author": row.author if line.who else None,
        "namesake": actions.namesake(row.author) if line.who else None,
        "further": rules.people_of(row.further) if line.who else [],
        "language": language_name(row.language) if row.language else "",
        "level": LEVEL_NAMES.get(row.level, ""),
        "remarks": row.remarks.select_related("person"),
        "person": person,
        "before": before,
        "after": after,
        "place": codes.index(row.code) + 1 if row.code in codes else 0,
        "number": len(codes),
        "query": _query(request.GET),
        "revision": as_of(request).revision,
        "decisions": [one for one in rules.DECISIONS if rules.may_decide(row.state, row.told, one)],
        "may_take_back": rules.may_take_back(row.state, row.told),
        "scale": range(1, rules.BEST + 1),
        "error": error,
        "typed": request.POST,
    }


def _person(actor: Actor) -> Person:
    if actor.person is None:
        raise Forbidden("not-allowed", _("Dafür müssen Sie angemeldet sein."))
    return actor.person


def _at(event: Event, code: str) -> Submission:
    rows = Submission.objects.filter(event=event, code=code)
    found = rows.select_related("author__speaker", "event__realm", "track", "session").first()
    if found is None:
        raise Unknown("no-such-contribution", _("Diesen Vorschlag gibt es nicht (mehr)."))
    return found


def _status(error: Any) -> int:
    return 422 if error else 200


def _lines(event: Event, person: Person, call: Call | None) -> list[Line]:
    rows = Submission.objects.filter(event=event).select_related("author", "track")
    return [_line(row, person, call) for row in rows.prefetch_related("reviews", "remarks")]


def _line(row: Submission, person: Person, call: Call | None) -> Line:
    is_hidden = call is not None and call.hides_names and row.state in rules.OPEN_STATES
    scores = {review.person_id: review.score for review in row.reviews.all()}
    return Line(
        row=row,
        who="" if is_hidden else row.author.name,
        kind=str(KIND_NAMES.get(row.kind, row.kind)),
        state=str(STATE_WORDS[row.state]),
        is_told=row.state not in rules.DECISIONS or row.state == row.told,
        scores=rules.Scores.seen_by(person.pk, scores),
        remarks=len(row.remarks.all()),
    )


def _is_open(line: Line) -> bool:
    return line.row.state in rules.OPEN_STATES


def _chosen(lines: list[Line], wanted: QueryDict) -> list[Line]:
    state, track, kind = (wanted.get(name, "") for name in FILTERS[:3])
    found = [line for line in lines if _is_in(line, state)]
    found = [line for line in found if not track or (line.row.track and line.row.track.slug == track)]
    found = [line for line in found if not kind or line.row.kind == kind]
    if wanted.get("order") == "score":
        found.sort(key=lambda line: -(line.scores.average or 0))
    return found


def _is_in(line: Line, state: str) -> bool:
    if state == OPEN:
        return line.scores.own is None and _is_open(line)
    return line.row.state == state if state else line.row.state != rules.State.WITHDRAWN


def _query(wanted: QueryDict) -> str:
    kept = {name: wanted[name] for name in FILTERS if wanted.get(name)}
    return f"?{urlencode(kept)}" if kept else ""


def _link(wanted: QueryDict, **change: str) -> str:
    kept = {name: wanted.get(name, "") for name in FILTERS} | change
    return "?" + urlencode({name: value for name, value in kept.items() if value})


def _filters(lines: list[Line], wanted: QueryDict) -> list[dict[str, Any]]:
    """Give the states, and the themes and kinds where there are several, each with how many there are."""
    states: list[tuple[str, Any]] = [("", _("alle")), (OPEN, _("von mir noch offen")), *STATE_WORDS.items()]
    tracks = {line.row.track.slug: line.row.track.name for line in lines if line.row.track}
    kinds = {line.row.kind: line.kind for line in lines}
    groups: list[tuple[str, Any, list[tuple[str, Any]]]] = [("state", _("Stand der Dinge"), states)]
    groups += [("track", _("Themenstrang"), [("", _("alle")), *tracks.items()])] if len(tracks) > 1 else []
    groups += [("kind", _("Art"), [("", _("alle")), *kinds.items()])] if len(kinds) > 1 else []
    return [{"label": label, "choices": _choices(lines, wanted, name, choices)} for name, label, choices in groups]


def _choices(lines: list[Line], wanted: QueryDict, name: str, choices: list[tuple[str, Any]]) -> list[dict[str, Any]]:
    found = []
    for value, label in choices:
        given = wanted.copy()
        given[name] = value
        number = len(_chosen(lines, given))
        is_here = wanted.get(name, "") == value
        if number or is_here or not value:
            found.append({"url": _link(wanted, **{name: value}), "label": label, "number": number, "is_here": is_here})
    return found


def _orders(wanted: QueryDict) -> list[dict[str, Any]]:
    here = wanted.get("order", "")
    labels = [("", _("Eingang")), ("score", _("Bewertung"))]
    return [{"url": _link(wanted, order=value), "label": label, "is_here": here == value} for value, label in labels]
