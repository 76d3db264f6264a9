"""The words of our mails; nothing that a stranger typed goes to an address before the crew has seen it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from tagwerk.contributions.models import Author, Submission
from tagwerk.contributions.rules import State
from tagwerk.contributions.words import MISSING_WORDS
from tagwerk.events.models import Event
from tagwerk.kit.language import german
from tagwerk.kit.letters import Text


def speaking_to(author: Author) -> Any:
    """Let words be said in an author's language, as the event addresses people."""
    is_english = author.language == "en"
    return translation.override("en" if is_english else german(informal=author.event.is_informal))


def link(base: str, event: Event, secret: str) -> str:
    """Give a personal link in the active language."""
    return f"{base}{reverse('contributions:arrive', args=[event.slug, secret])}"


def thanks(event: Event, address: str) -> Text:
    """Say that a proposal arrived; what was typed is not repeated, since the address may be somebody else's."""
    return Text(
        _("Ihr Vorschlag ist da: %(event)s") % {"event": event.name},
        _letter(
            _("Guten Tag,"),
            _("vielen Dank für Ihren Vorschlag zu „%(event)s“. Er ist gut bei uns angekommen.") % {"event": event.name},
            _(
                "Mit diesem Link sehen, ändern oder löschen Sie ihn. Er gehört nur Ihnen, bitte geben Sie ihn nicht weiter:"
            ),
            address,
            _("Haben Sie gar nichts vorgeschlagen? Dann hat sich jemand vertippt, und Sie brauchen nichts zu tun."),
            event=event,
        ),
    )


def links_again(event: Event, addresses: Sequence[str]) -> Text:
    """Give personal links to somebody who asked for them."""
    return Text(
        _("Ihr persönlicher Link: %(event)s") % {"event": event.name},
        _letter(
            _("Guten Tag,"),
            _("hier ist Ihr persönlicher Link zu „%(event)s“:") % {"event": event.name},
            "\n".join(addresses),
            _("Haben Sie ihn nicht bestellt? Dann brauchen Sie nichts zu tun."),
            event=event,
        ),
    )


def own_page(author: Author, address: str) -> Text:
    """Ask somebody who speaks to look after their page."""
    event = author.event
    return Text(
        _("Ihre Seite als Vortragende: %(event)s") % {"event": event.name},
        _letter(
            _("Guten Tag %(name)s,") % {"name": author.name},
            _(
                "schön, dass Sie bei „%(event)s“ dabei sind. Auf Ihrer Seite sagen Sie zu und ergänzen Foto, Text und Folien:"
            )
            % {"event": event.name},
            address,
            _("Der Link gehört nur Ihnen, bitte geben Sie ihn nicht weiter."),
            event=event,
        ),
    )


def decision(submission: Submission, address: str) -> Text:
    """Tell an author what became of a proposal."""
    event, title = submission.event, submission.title
    sentences = {
        State.ACCEPTED: (
            _("Ihr Vorschlag ist dabei: %(title)s"),
            _("wir freuen uns: Ihr Vorschlag „%(title)s“ kommt ins Programm von „%(event)s“."),
        ),
        State.WAITING: (
            _("Ihr Vorschlag steht auf der Warteliste: %(title)s"),
            _(
                "Ihr Vorschlag „%(title)s“ zu „%(event)s“ steht auf der Warteliste. Wird ein Platz frei, melden wir uns."
            ),
        ),
        State.DECLINED: (
            _("Zu Ihrem Vorschlag: %(title)s"),
            _("vielen Dank für Ihren Vorschlag „%(title)s“. Leider haben wir bei „%(event)s“ keinen Platz dafür."),
        ),
    }
    subject, sentence = sentences[State(submission.state)]
    words = {"title": title, "event": event.name}
    more = _("Hier sagen Sie zu und ergänzen Foto, Text und Folien:")
    return Text(
        subject % words,
        _letter(
            _("Guten Tag %(name)s,") % {"name": submission.author.name},
            sentence % words,
            submission.message,
            f"{more if submission.state == State.ACCEPTED else _('Ihre Seite:')}\n{address}",
            event=event,
        ),
    )


def reminder(author: Author, missing: Iterable[str], address: str) -> Text:
    """Remind somebody who speaks of what is missing."""
    event = author.event
    items = "\n".join(f"- {MISSING_WORDS[one]}" for one in missing)
    return Text(
        _("Noch eine Bitte: %(event)s") % {"event": event.name},
        _letter(
            _("Guten Tag %(name)s,") % {"name": author.name},
            _("bald ist es so weit: „%(event)s“. Uns fehlt von Ihnen noch:") % {"event": event.name},
            items,
            _("Das geht hier:") + f"\n{address}",
            event=event,
        ),
    )


def review_reminder(event: Event, name: str, number: int, address: str) -> Text:
    """Remind somebody of the crew of what they have not read."""
    return Text(
        _("Vorschläge warten auf Sie: %(event)s") % {"event": event.name},
        _letter(
            _("Guten Tag %(name)s,") % {"name": name},
            _("der Aufruf zu „%(event)s“ endet bald. Noch nicht bewertet haben Sie: %(number)s.")
            % {"event": event.name, "number": number},
            address,
            event=event,
        ),
    )


def _letter(*parts: str, event: Event) -> str:
    contact = f"\n{event.contact_mail}" if event.contact_mail else ""
    return "\n\n".join([*(part for part in parts if part), f"{event.name}{contact}"]) + "\n"
