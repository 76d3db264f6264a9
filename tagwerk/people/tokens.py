"""Secrets: 128 random bits in the hand of the bearer, only their hash with us."""

import hashlib
import secrets

DEVICE = "twd_"
CREW = "twc_"
SCREEN = "tws_"
INVITATION = "twi_"
BYTES = 24


def new_secret(prefix: str) -> str:
    """Draw a new secret; the prefix lets a scanner recognise a leaked one."""
    return prefix + secrets.token_urlsafe(BYTES)


def digest(secret: str) -> str:
    """Give what is stored of a secret; it is random enough to need no salt."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
