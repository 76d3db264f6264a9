"""What we keep of those who take part without an account, and of the crew; what for, and until when."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tagwerk.kit.personal import Activity, Basis, Holding, Since, Term, Whose
from tagwerk.live.privacy import KEPT
from tagwerk.people import handover, inviting
from tagwerk.people.actions import TRY_MEMORY

SESSION = timedelta(seconds=settings.SESSION_COOKIE_AGE)
_WITH_DEVICES = Term(Since.EVENT, KEPT)  # they go together with the ledger
_BY_THEMSELVES = _("sobald die Person auf „Mein Plan“ alles von ihrem Gerät löscht")
_WITH_ACCOUNT = Term(Since.ACCOUNT)

TAKING_PART = Activity(
    _("Teilnahme ohne Konto"),
    _("Jedes Gerät zählt einmal, und wer damit etwas getippt hat, kann es zurücknehmen."),
    Basis.TASK,
    (
        Holding(
            "people.DeviceToken",
            ("digest", "kind", "presence", "is_verified", "with_hall_code", "feed_version", "minted_at", "revoked_at"),
            Whose.PARTICIPANT,
            _("Zufallsnummer des Geräts (nur als Prüfsumme), wann sie entstand, ob im Haus oder online dabei"),
            _("Jedes Gerät einmal zählen, Eigenes zurücknehmen lassen"),
            _WITH_DEVICES,
            _BY_THEMSELVES,
        ),
        Holding(
            "people.DeviceToken",
            ("origin",),
            Whose.PARTICIPANT,
            _("Kennzeichen des Internetanschlusses: für einen Tag gültig, nicht in eine Adresse zurückzurechnen"),
            _("Schutz davor, dass ein Programm viele Geräte vortäuscht"),
            _WITH_DEVICES,
            _BY_THEMSELVES,
        ),
        Holding(
            "people.DeviceKey",
            ("device", "digest", "made_at"),
            Whose.PARTICIPANT,
            _("Prüfsumme eines weiteren Telefons derselben Person"),
            _("Auf einem anderen Telefon weitermachen"),
            _WITH_DEVICES,
            _BY_THEMSELVES,
        ),
        Holding(
            "people.ReturnCode",
            ("device", "digest", "drawn_at"),
            Whose.PARTICIPANT,
            _("Prüfsumme des Codes, mit dem man auf ein anderes Telefon wechselt"),
            _("Auf einem anderen Telefon weitermachen"),
            Term(Since.MADE, handover.VALID),
        ),
        Holding(
            "people.Card",
            ("device",),
            Whose.PARTICIPANT,
            _("Welche Teilnahmekarte auf Papier zu welcher Zufallsnummer gehört, ohne Namen"),
            _("Auch ohne Telefon mitmachen"),
            _WITH_DEVICES,
        ),
        Holding(
            "people.WrongTry",
            ("origin", "tried_at"),
            Whose.PARTICIPANT,
            _("Falsch eingegebener Saalcode, mit dem Tageskennzeichen des Internetanschlusses"),
            _("Schutz vor dem Durchprobieren von Codes"),
            Term(Since.MADE, TRY_MEMORY),
        ),
    ),
)


def is_push_on(_event: Any) -> bool:
    """Tell whether phones can be woken at all."""
    return bool(settings.TAGWERK_PUSH_SERVICES)


PUSH = Activity(
    _("Hinweise auf das Telefon"),
    _("Wer das möchte, erfährt bei ausgeschaltetem Bildschirm, dass sich der eigene Plan geändert hat."),
    Basis.CONSENT,
    (
        Holding(
            "people.PushSubscription",
            ("device", "endpoint", "key", "secret", "language", "made_at"),
            Whose.PARTICIPANT,
            _("Adresse des Browsers bei seinem Push-Dienst, mit Schlüsseln"),
            _("Den Hinweis zustellen; er sagt nur, dass sich etwas geändert hat"),
            _WITH_DEVICES,
            _("sobald die Person es auf „Mein Plan“ abstellt, oder der Push-Dienst die Adresse nicht mehr kennt"),
        ),
    ),
    is_push_on,
)
CREW = Activity(
    _("Konten des Teams"),
    _("Nur wer dazu gehört, kann die Veranstaltung verändern."),
    Basis.STAFF,
    (
        Holding(
            "people.Person",
            ("email", "name", "password", "joined_at", "is_active", "may_found", "rights_version"),
            Whose.CREW,
            _("Name, E-Mail-Adresse, Passwort (nur als Prüfsumme), wann das Konto entstand, was es darf"),
            _("Anmeldung und Rechte"),
            _WITH_ACCOUNT,
        ),
        Holding(
            "people.Person",
            ("last_login",),
            Whose.CREW,
            _("Zeitpunkt der letzten Anmeldung; die davor sind nicht bekannt"),
            _("Sicherheit der Konten"),
            _WITH_ACCOUNT,
        ),
        Holding(
            "mfa.Authenticator",
            ("user", "type", "data", "created_at", "last_used_at"),
            Whose.CREW,
            _("Zweiter Schritt der Anmeldung: Schlüssel der App oder des Passkeys, wann er zuletzt benutzt wurde"),
            _("Sicherheit der Konten"),
            _WITH_ACCOUNT,
            _("sobald die Person ihn entfernt"),
        ),
        Holding(
            "account.EmailAddress",
            ("user", "email", "verified", "primary"),
            Whose.CREW,
            _("E-Mail-Adresse für die Anmeldung"),
            _("Anmeldung und Rechte"),
            _WITH_ACCOUNT,
        ),
        Holding(
            "sessions.Session",
            ("session_key", "session_data", "expire_date"),
            Whose.CREW,
            _("Angemeldete Sitzung: Nummer des Kontos, wann und wie die Anmeldung geschah"),
            _("Angemeldet bleiben"),
            Term(Since.MADE, SESSION),
            _("mit dem Abmelden"),
        ),
        Holding(
            "people.Role",
            ("person", "realm", "kind"),
            Whose.CREW,
            _("Wer bei der Veranstaltung organisiert, moderiert oder hilft"),
            _("Anmeldung und Rechte"),
            Term(Since.ROLE),
        ),
        Holding(
            "people.Invitation",
            ("label", "digest", "kind", "made_by", "made_at", "valid_until"),
            Whose.CREW,
            _("Einladung ins Team: für wen, von wem"),
            _("Jemanden ins Team holen"),
            Term(Since.MADE, inviting.VALID),
            _("sobald sie angenommen oder zurückgenommen ist"),
        ),
        Holding(
            "people.ApiToken",
            ("label", "digest", "kind", "made_by", "made_at", "revoked_at"),
            Whose.CREW,
            _("Zugang eines Programms: wofür, von wem angelegt"),
            _("Anmeldung und Rechte"),
            _WITH_ACCOUNT,
        ),
    ),
)
ACTIVITIES = (TAKING_PART, PUSH, CREW)
