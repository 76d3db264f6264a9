"""Single stands: entered, edited, ordered, put aside, with their pictures and sessions."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from tagwerk.events.models import Event
from tagwerk.kit.codes import new_code
from tagwerk.kit.refusals import Invalid, Refusal, Unknown
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold, tell
from tagwerk.live.conflicts import check_fresh
from tagwerk.market.changes import BoothChanged, BoothPutAside, BoothsChanged
from tagwerk.market.models import Booth, BoothLogo, BoothSession
from tagwerk.market.rules import MOST_BOOTHS, faults, in_order_of_numbers
from tagwerk.programme.actions.drafting import SENTENCES
from tagwerk.programme.conference_rules import Fault
from tagwerk.programme.models import Session
from tagwerk.programme.rules import Kind

NO_MAIL = _("Bitte geben Sie eine E-Mail-Adresse an, zum Beispiel hallo@stadt.example.")


@action
def add_booth(event: Event, words: Mapping[str, Any], *, actor: str = "") -> Booth:
    """Enter a stand behind the others; everybody sees it. Raises `Invalid` for words that do not hold."""
    check({"name": "", **words})
    hold(event.stream)
    _check_house(event, words)
    standing = Booth.objects.filter(event=event)
    if standing.count() >= MOST_BOOTHS:
        raise Refusal("too-many", _("Mehr Stände passen hier nicht hin."))
    code = new_code(lambda code: standing.filter(code=code).exists())
    last = standing.aggregate(last=Max("position"))["last"]
    booth = Booth.objects.create(event=event, code=code, position=0 if last is None else last + 1, **words)
    _tell(booth, actor)
    return booth


@action
def edit_booth(booth: Booth, words: Mapping[str, Any], *, revision: int | None = None, actor: str = "") -> int:
    """Change what is said of a stand; what the words are silent about stays. Gives the revision.

    `revision` is what the editor saw: raises `Refusal` (409) when somebody else changed the stand since.
    """
    check(words)
    hold(booth.event.stream)
    _check_house(booth.event, words)
    check_fresh(booth.event.stream, revision, [booth_key(booth)])
    booth = again(booth)
    for name, value in words.items():
        setattr(booth, name, value)
    booth.save()
    return _tell(booth, actor)


@action
def move_up(booth: Booth, *, actor: str = "") -> None:
    """Let a stand change places with the one before it; the first stays where it is."""
    hold(booth.event.stream)
    booth = again(booth)
    order = list(Booth.objects.filter(event=booth.event, is_shown=booth.is_shown))
    place = order.index(booth)
    if place == 0:
        return
    order[place - 1], order[place] = order[place], order[place - 1]
    for position, row in enumerate(order):
        row.position = position
    Booth.objects.bulk_update(order, ["position"])
    _tell(booth, actor)


@action
def order_by_number(event: Event, *, actor: str = "") -> None:
    """Put all stands into the order of their numbers; those without one keep theirs, at the end."""
    hold(event.stream)
    order = sorted(Booth.objects.filter(event=event), key=lambda booth: in_order_of_numbers(booth.number))
    for position, row in enumerate(order):
        row.position = position
    Booth.objects.bulk_update(order, ["position"])
    tell(event.stream, BoothsChanged(), actor=actor)


@action
def put_aside(booth: Booth, *, aside: bool, revision: int | None = None, actor: str = "") -> int:
    """Put a stand aside, so that only the crew sees it, or show it again; gives the revision."""
    hold(booth.event.stream)
    check_fresh(booth.event.stream, revision, [booth_key(booth)])
    booth = again(booth)
    booth.is_shown = not aside
    booth.save(update_fields=["is_shown"])
    fact = BoothPutAside(
        code=booth.code,
        sessions=_sessions(booth),
        touches=(booth_key(booth),),
        before={"aside": not aside},
        after={"aside": aside},
    )
    return tell(booth.event.stream, fact, actor=actor)


@action
def remove_booth(booth: Booth, *, actor: str = "") -> None:
    """Delete a stand for good, with its contacts and its picture; its sessions stay in the programme.

    Raises `Refusal` while it is shown: first it is put aside.
    """
    hold(booth.event.stream)
    booth = again(booth)
    if booth.is_shown:
        raise Refusal("booth-shown", _("Dieser Stand ist für alle sichtbar. Bitte legen Sie ihn erst zur Seite."))
    _tell(booth, actor)
    booth.delete()


@action
def set_logo(booth: Booth, picture: bytes, digest: str, size: tuple[int, int], *, actor: str = "") -> None:
    """Give a stand a picture that we drew ourselves, in place of an older one."""
    hold(booth.event.stream)
    values = {"data": picture, "digest": digest, "width": size[0], "height": size[1]}
    BoothLogo.objects.update_or_create(booth=booth, defaults=values)
    _tell(booth, actor)


@action
def drop_logo(booth: Booth, *, actor: str = "") -> None:
    """Take the picture of a stand away; everything else stays."""
    hold(booth.event.stream)
    BoothLogo.objects.filter(booth=booth).delete()
    _tell(booth, actor)


@action
def set_sessions(booth: Booth, codes: Iterable[str], *, actor: str = "") -> None:
    """Say which stand sessions of the programme happen at a stand; one that was at another stand moves here.

    What happens here already may have become something else than a stand session and stays as long as it is named.
    Raises `Unknown` for anything else that is no stand session of the event.
    """
    hold(booth.event.stream)
    wanted = set(codes)
    fitting = Q(kind=Kind.STAND) | Q(stand__booth=booth)
    sessions = list(Session.objects.filter(fitting, event=booth.event, code__in=wanted))
    if len(sessions) != len(wanted):
        raise Unknown("no-such-session", _("Diese Session gibt es nicht (mehr)."))
    before = set(_sessions(booth))
    if before == wanted:
        return
    BoothSession.objects.filter(booth=booth).exclude(session__in=sessions).delete()
    for session in sessions:
        BoothSession.objects.update_or_create(session=session, defaults={"booth": booth})
    _tell(booth, actor, before | wanted)


def booth_at(event: Event, code: str) -> Booth:
    """Give a stand of an event; raises `Unknown`."""
    found = Booth.objects.of(event).select_related("event__realm").filter(code=code).first()
    if found is None:
        raise Unknown("no-such-booth", _("Diesen Stand gibt es nicht (mehr)."))
    return found


def again(booth: Booth) -> Booth:
    """Give a stand as it is now; raises `Unknown` when somebody else deleted it."""
    return booth_at(booth.event, booth.code)


def booth_key(booth: Booth) -> str:
    """Name a stand in the ledger."""
    return f"booth:{booth.code}"


def check(words: Mapping[str, Any]) -> None:
    """Refuse what cannot be said of a stand; raises `Invalid` with a sentence for each field."""
    wrong = faults(words)
    if wrong:
        errors = {name: sentence_of(name, fault) for name, fault in wrong.items()}
        raise Invalid("booth", _("Bitte sehen Sie die markierten Felder noch einmal an."), errors=errors)


def sentence_of(name: str, fault: Fault) -> Any:
    """Say what is wrong with a field of a stand."""
    return NO_MAIL if (name, fault) == ("contact_mail", Fault.CHOICE) else SENTENCES[fault]


def _check_house(event: Event, words: Mapping[str, Any]) -> None:
    """Refuse rooms and themes of another event."""
    if any(words.get(name) and words[name].event_id != event.pk for name in ("room", "track")):
        raise Unknown("no-such-place", _("Diesen Platz gibt es nicht."))


def _sessions(booth: Booth) -> tuple[str, ...]:
    return tuple(BoothSession.objects.filter(booth=booth).values_list("session__code", flat=True))


def _tell(booth: Booth, actor: str, sessions: Iterable[str] | None = None) -> int:
    codes = _sessions(booth) if sessions is None else tuple(sorted(sessions))
    fact = BoothChanged(code=booth.code, sessions=codes, touches=(booth_key(booth),))
    return tell(booth.event.stream, fact, actor=actor)
