"""allauth's forms with our own words; allauth's German says du in places."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeAgainForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _


class OurWords:
    """Sets labels and hints; placeholders go, because they vanish when one types."""

    fields: dict[str, forms.Field]
    labels: dict[str, Any] = {}
    hints: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")
            field.widget.attrs.pop("placeholder", None)
            if name == "code":
                field.widget.attrs |= {"autocomplete": "one-time-code", "autocapitalize": "off", "spellcheck": "false"}


class SignIn(OurWords, LoginForm):  # type: ignore[misc]
    """Mail address and password."""

    labels = {"login": _("E-Mail-Adresse"), "password": _("Passwort")}


class Code(OurWords, AuthenticateForm):  # type: ignore[misc]
    """The second step: a code."""

    labels = {"code": _("Code")}
    hints = {"code": _("Sechs Ziffern aus Ihrer App oder einer Ihrer Wiederherstellungscodes.")}


class CodeAgain(OurWords, CodeAgainForm):  # type: ignore[misc]
    """A code, asked again before something is changed."""

    labels = Code.labels
    hints = Code.hints


class PasswordAgain(OurWords, ReauthenticateForm):  # type: ignore[misc]
    """The password, asked again before something is changed."""

    labels = {"password": _("Passwort")}


class ChangePassword(OurWords, ChangePasswordForm):  # type: ignore[misc]
    """The old password and twice the new one."""

    labels = {
        "oldpassword": _("Jetziges Passwort"),
        "password1": _("Neues Passwort"),
        "password2": _("Neues Passwort noch einmal"),
    }
    hints = {"password1": _("Mindestens zwölf Zeichen; ein kurzer Satz merkt sich leicht.")}

    def clean(self) -> Any:
        """Compare the two, in our words."""
        cleaned = super().clean()
        if "password2" in self.errors and cleaned.get("password1"):
            self.errors["password2"] = self.error_class([_("Die beiden neuen Passwörter sind verschieden.")])
        return cleaned


class AddApp(OurWords, ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an app."""

    labels = {"code": _("Code aus der App")}


class AddPasskey(OurWords, AddWebAuthnForm):  # type: ignore[misc]
    """A passkey or a security key, and what to call it."""

    labels = {"name": _("Name des Geräts"), "passwordless": _("Damit auch ohne Passwort anmelden")}
    hints = {"name": _("Damit Sie es wiedererkennen: „Diensthandy“, „Schlüsselbund“.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"passwordless": True} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs |= {"maxlength": "40", "autocomplete": "off"}
