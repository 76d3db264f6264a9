"""What allauth asks us: who is calling, where one may be led, how faults are worded."""

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tagwerk.kit.network import address_of

WRONG_CODE = _(
    "Dieser Code stimmt nicht. Er gilt nur eine halbe Minute: Bitte nehmen Sie den, der jetzt angezeigt wird."
)
TOO_MANY = _("Zu viele Versuche. Bitte warten Sie fünf Minuten.")


class CrewAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by command; sign-up is shut."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("E-Mail-Adresse und Passwort passen nicht zusammen."),
        "enter_current_password": _("Das ist nicht Ihr jetziges Passwort."),
        "incorrect_code": WRONG_CODE,
        "incorrect_password": _("Dieses Passwort stimmt nicht."),
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse: whoever belongs to the crew is given an account."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Count tries by the address that our own proxies saw, not by what the caller claims."""
        return address_of(request)

    def is_safe_url(self, url: str | None) -> bool:
        """Lead only to pages of the host that was asked."""
        request = context.request
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )

    def is_reauthentication_required(self, *, app: str, **_more: Any) -> bool:
        """Ask again before a change, unless the person has signed in within the last minutes."""
        records = get_authentication_records(context.request, context.request.user)
        newest = max((record["at"] for record in records), default=0.0)
        return bool(time.time() - newest >= app_settings.REAUTHENTICATION_TIMEOUT)

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """Tell the owner of a closed account (the password was right) that it is closed."""
        text = gettext("Dieses Konto ist geschlossen. Bitte wenden Sie sich an die Organisation.")
        messages.error(request, text)
        return redirect("account_login")


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors: their names and faults in our words."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "cannot_generate_recovery_codes": _("Wiederherstellungscodes gibt es erst mit einem zweiten Schritt."),
    }

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 - allauth's own signature
        """Give a passkey a name until its owner chooses one."""
        return gettext("Passkey")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Bind passkeys to the host, under our name."""
        return {"id": context.request.get_host().partition(":")[0], "name": "Tagwerk"}
