"""The address of this house, as people reach it from outside."""

from django.conf import settings
from django.http import HttpRequest


def public_base(request: HttpRequest) -> str:
    """Give scheme and host under which people reach this house: as configured, else as this page was asked for."""
    return settings.BASE_URL or f"{request.scheme}://{request.get_host()}"
