"""allauth's pages as ours: each remembers where the person was going, and what this very session has proven."""

from typing import Any

from allauth.account import views as account
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse_lazy

WAY_ON = "tw-way-on"


class Going:
    """Keeps `?next=` while somebody sets up a second factor, and offers it as the way on."""

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Remember a safe destination."""
        wanted = request.GET.get("next", "")
        if wanted and request.user.is_authenticated and get_adapter().is_safe_url(wanted):
            request.session[WAY_ON] = wanted
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the destination to the page."""
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return context | {"way_on": self.request.session.get(WAY_ON, "")}


class Safety(Going, factor.IndexView):  # type: ignore[misc]
    """What protects the account: app, passkeys, recovery codes, password."""


class RecoveryCodes(Going, codes.ViewRecoveryCodesView):  # type: ignore[misc]
    """The recovery codes, shown once."""


class AddApp(totp.ActivateTOTPView):  # type: ignore[misc]
    """Connects an authenticator app."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Connect it; its first code proves this session."""
        answer: HttpResponse = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type="totp")
        return answer


class AddPasskey(webauthn.AddWebAuthnView):  # type: ignore[misc]
    """Adds a passkey or security key."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Add it; that it answered proves this session."""
        answer: HttpResponse = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type="webauthn")
        return answer


class RemovePasskey(webauthn.RemoveWebAuthnView):  # type: ignore[misc]
    """Removes a passkey after a question."""

    success_url = reverse_lazy("mfa_index")


class ChangePassword(account.PasswordChangeView):  # type: ignore[misc]
    """Changes the password; every other session of the account ends with it."""

    success_url = reverse_lazy("mfa_index")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Leave out who is not signed in, and the demo's moderator, who has no password."""
        if not request.user.is_authenticated:
            return redirect("account_login")
        if not request.user.has_usable_password():
            return redirect("mfa_index")
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer
