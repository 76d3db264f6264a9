"""Finds what another person changed since the revision that somebody worked on."""

import json
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from tagwerk.kit.language import short
from tagwerk.kit.refusals import Refusal
from tagwerk.live.changes import PUBLIC
from tagwerk.live.models import Change, Stream


def check_fresh(stream: int, revision: int | None, touched: Iterable[str]) -> None:
    """Refuse (409) when one of the things `touched` was changed after `revision`.

    What was changed and taken back since is as it was. The refusal carries the other's change, so that a page can show
    it. `None` means: whatever stands now.
    """
    if revision is None:
        return
    wanted = set(touched)
    newer = Change.objects.filter(stream=stream, revision__gt=revision).exclude(touches=[]).order_by("-revision")
    changes = list(newer.defer("words"))  # many and long, and hardly ever needed
    undone = {change.undoes for change in changes}
    for change in changes:
        is_settled = change.revision in undone or (change.undoes or 0) > revision
        if not is_settled and wanted & set(change.touches):
            raise stale(change)


def stale(change: Change) -> Refusal:
    """Give the refusal that shows what the other person did."""
    return Refusal(
        "stale",
        _(
            "Jemand anderes war schneller. Bitte sehen Sie sich den neuen Stand an und entscheiden Sie dann noch einmal."
        ),
        extra={
            "change": {
                "kind": change.kind,
                "code": change.code,
                "revision": change.revision,
                "before": change.before,
                "after": change.after,
                "text": _sentence(change),
            }
        },
    )


def _sentence(change: Change) -> str:
    """Give what everybody was told of a change, in the language of who asks; empty when it had no words."""
    told = change.words.get(PUBLIC, {}).get(short())
    return str(json.loads(told).get("text", "")) if told else ""


def cursor(stream: int) -> str:
    """Give the id of the newest message of a stream."""
    counter = Stream.objects.filter(pk=stream).first()
    return counter.cursor if counter else "0-0"
