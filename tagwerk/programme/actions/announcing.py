"""Notices to everybody: made, and taken back."""

from django.utils.translation import gettext_lazy as _

from tagwerk.events.models import Event
from tagwerk.kit.codes import new_code
from tagwerk.kit.fields import readable
from tagwerk.kit.refusals import Invalid
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold, tell
from tagwerk.programme.changes import Announced, AnnouncementWithdrawn
from tagwerk.programme.models import Announcement

LONGEST = 200


@action
def announce(event: Event, text: str, *, actor: str = "") -> tuple[Announcement, int]:
    """Tell everybody something; gives the notice and its revision. Raises `Invalid` without words."""
    hold(event.stream)
    line = readable(text, "text")
    if not line:
        raise _refused(_("Bitte schreiben Sie, was alle wissen sollen."))
    if len(line) > LONGEST:
        raise _refused(_("Bitte fassen Sie sich kürzer: höchstens 200 Zeichen."))
    code = new_code(lambda code: Announcement.objects.filter(event=event, code=code).exists())
    notice = Announcement.objects.create(event=event, code=code, text=line)
    revision = tell(event.stream, Announced(code=code, touches=(f"announcement:{code}",)), actor=actor)
    return notice, revision


@action
def withdraw_announcement(notice: Announcement, *, actor: str = "") -> int:
    """Take a notice back; gives the revision."""
    hold(notice.event.stream)
    notice.is_withdrawn = True
    notice.save(update_fields=["is_withdrawn"])
    fact = AnnouncementWithdrawn(code=notice.code, touches=(f"announcement:{notice.code}",))
    return tell(notice.event.stream, fact, actor=actor)


def _refused(sentence: object) -> Invalid:
    return Invalid("announcement", _("Die Mitteilung wurde nicht gesendet."), errors={"text": sentence})
