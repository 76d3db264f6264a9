"""Who else gets something of the data, as this house and this event are set up."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from tagwerk.events.models import Event
from tagwerk.kit.letters import is_mail_on
from tagwerk.people.privacy import is_push_on
from tagwerk.site.rooms import market_panel


@dataclass(frozen=True)
class Recipient:
    """Somebody who gets something; `abroad` says what leads out of the European Union, "" where nothing does."""

    who: str
    what: str
    abroad: str = ""


def recipients(event: Event) -> list[Recipient]:
    """List them: the crew and the public always, the others where they are set up."""
    found = [
        Recipient(_("Team der Veranstaltung"), _("was es für seine Aufgabe braucht, nach Rollen getrennt")),
        Recipient(_("Öffentlichkeit"), _("was in diesen Unterlagen als öffentlich bezeichnet ist")),
    ]
    if is_mail_on():
        said = _("Adresse, Betreff und Text der E-Mails")
        found.append(Recipient(_("Mailserver %(host)s") % {"host": settings.EMAIL_HOST}, said))
    if is_push_on(event):
        found.append(_push())
    hosts = video_hosts(event)
    if hosts:
        who = _("Anbieter der Online-Räume: %(hosts)s") % {"hosts": ", ".join(hosts)}
        what = _("nichts von Tagwerk; wer einen Link dorthin öffnet, verlässt diese Seiten")
        abroad = _("Ob diese Anbieter außerhalb der Europäischen Union verarbeiten, prüft die verantwortliche Stelle.")
        found.append(Recipient(who, what, abroad))
    return found


def video_hosts(event: Event) -> list[str]:
    """Name the hosts that links to video rooms of an event lead to."""
    links: list[Any] = [
        *event.online_rooms.values_list("url", flat=True),
        *event.sessions.values_list("join_url", flat=True),
        *market_panel().join_links(event),
    ]
    return sorted({urlsplit(link).hostname or "" for link in links} - {""})


def _push() -> Recipient:
    return Recipient(
        _("Push-Dienst des Browsers, wenn jemand Hinweise auf das Telefon bestellt: %(services)s")
        % {"services": ", ".join(settings.TAGWERK_PUSH_SERVICES)},
        _("eine verschlüsselte Nachricht, die nur sagt, dass sich etwas geändert hat"),
        _(
            "Diese Dienste gehören den Herstellern der Browser und sitzen oft in den USA. Übermittelt wird nur an den "
            "Dienst, den der Browser der Person schon benutzt, und nur, wenn sie es bestellt."
        ),
    )
