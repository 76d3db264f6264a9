"""A note to a device that sleeps, through the push service of its browser (RFC 8030, 8291 and 8292)."""

import base64
import hashlib
import json
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import http_ece
from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.utils.crypto import salted_hmac

CURVE = ec.SECP256R1()
SECONDS = 10.0
VALID = 12 * 60 * 60
KEPT = 60 * 60  # what is an hour old is seen in the app
KEY_BYTES, SECRET_BYTES = 65, 16
GONE = (404, 410)


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_about: Any, **_more: Any) -> None:
        return None


_open = build_opener(_NoRedirect).open


@dataclass(frozen=True)
class Subscription:
    """Where a browser can be reached: its push service's address, its public key and its secret (both base64url)."""

    endpoint: str
    key: str
    secret: str

    @property
    def is_sound(self) -> bool:
        """Tell whether keys and address can be used at all."""
        try:
            ec.EllipticCurvePublicKey.from_encoded_point(CURVE, _bytes(self.key))
            return len(_bytes(self.key)) == KEY_BYTES and len(_bytes(self.secret)) == SECRET_BYTES
        except (ValueError, InvalidKey):
            return False


def is_push_service(endpoint: str, services: Sequence[str]) -> bool:
    """Tell whether an address belongs to a known push service: we ask nobody else, whatever a browser says.

    `services` are host names, with `*.` before one for all names under it; an entry with a scheme is an origin.
    """
    try:
        parts = urlsplit(endpoint)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return False
    if f"{parts.scheme}://{parts.netloc}" in services:
        return True
    if parts.scheme != "https" or port not in (None, 443) or parts.username is not None:
        return False
    return any(host.endswith(name[1:]) if name.startswith("*.") else host == name for name in services)


def signing_key() -> ec.EllipticCurvePrivateKey:
    """Give the house's own key: it follows from the secret key, so it is there from the start and the same everywhere."""
    digest = salted_hmac("tagwerk.kit.web_push", "signing key", algorithm="sha512").digest()
    # 512 bits modulo a number of 256: every key is as likely as every other
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    return ec.derive_private_key(int.from_bytes(digest) % (order - 1) + 1, CURVE)


def public_key() -> str:
    """Give what browsers need to subscribe: the house's public key in base64url."""
    return _text(signing_key().public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def send(to: Subscription, note: dict[str, str], *, contact: str = "") -> int:
    """Send a note; gives the push service's status (201: taken, `GONE`: nobody is there any more, 0: no answer)."""
    body = http_ece.encrypt(
        json.dumps(note, ensure_ascii=False).encode(),
        salt=os.urandom(16),
        private_key=ec.generate_private_key(CURVE),
        dh=_bytes(to.key),
        auth_secret=_bytes(to.secret),
        version="aes128gcm",
    )
    headers = {
        "Authorization": f"vapid t={_token(to.endpoint, contact)}, k={public_key()}",
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(KEPT),
        "Urgency": "high",
        "Topic": _text(hashlib.sha256(note.get("tag", "").encode()).digest()[:18]),  # a newer one replaces it
    }
    try:
        with _open(Request(to.endpoint, body, headers, method="POST"), timeout=SECONDS) as answer:  # noqa: S310 - https
            return int(answer.status)
    except HTTPError as fault:
        fault.close()
        return fault.code
    except (URLError, HTTPException, OSError):
        return 0


def _token(endpoint: str, contact: str) -> str:
    """Say who sends, signed: for this push service only and for half a day."""
    parts = urlsplit(endpoint)
    claims = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": int(time.time()) + VALID}
    if contact:
        claims["sub"] = contact
    said = ".".join(_text(json.dumps(part).encode()) for part in ({"typ": "JWT", "alg": "ES256"}, claims))
    halves = decode_dss_signature(signing_key().sign(said.encode(), ec.ECDSA(SHA256())))
    return f"{said}.{_text(b''.join(half.to_bytes(32) for half in halves))}"


def _text(plain: bytes) -> str:
    return base64.urlsafe_b64encode(plain).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4))
