"""Sign-in for the crew: password and second factor, or a passkey; nobody signs up by themselves."""

from allauth.account import views as account
from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import include, path


class CrewAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by command; sign-up is shut."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse: whoever belongs to the crew is given an account."""
        return False


patterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),  # whoever came in without one
    path("2fa/", include("allauth.mfa.urls")),
]
