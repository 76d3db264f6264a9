"""Phones that sleep are woken through their push service: encrypted, signed, without a word about the plan."""

import base64
import json
import os
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import LazySettings
from django.test import Client

from tagwerk.barcamp import actions as barcamp
from tagwerk.kit.web_push import is_push_service
from tagwerk.people.models import PushSubscription
from tagwerk.programme.models import Notice, Session
from tagwerk.site.pushing import push_notices
from tests.town import Town, browser, planned

pytestmark = pytest.mark.django_db
SERVICES = ["fcm.googleapis.com", "*.push.apple.com", "http://127.0.0.1:9"]
CURVE = ec.SECP256R1()


def b64(plain: bytes) -> str:
    return base64.urlsafe_b64encode(plain).rstrip(b"=").decode()


def plain(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Phone:
    """A browser that subscribed: it alone can read what comes."""

    def __init__(self, endpoint: str) -> None:
        self.endpoint, self.private, self.secret = endpoint, ec.generate_private_key(CURVE), os.urandom(16)

    def subscription(self) -> dict[str, str]:
        key = self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {"endpoint": self.endpoint, "p256dh": b64(key), "auth": b64(self.secret)}

    def read(self, body: bytes) -> Any:
        return json.loads(
            http_ece.decrypt(body, private_key=self.private, auth_secret=self.secret, version="aes128gcm")
        )


class Service:
    """A push service on this machine; the path of an address says how it answers."""

    def __init__(self) -> None:
        service = self
        self.taken: list[tuple[str, dict[str, str], bytes]] = []

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                service.taken.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
                self.send_response(int(self.path.strip("/").partition("-")[0]))
                self.send_header("Location", "/201-elsewhere")
                self.end_headers()

            def log_message(self, *_about: Any) -> None:
                """Stay silent."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self.server.server_port}"
        Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def service(settings: LazySettings) -> Iterator[Service]:
    found = Service()
    settings.TAGWERK_PUSH_SERVICES = [found.origin]
    yield found
    found.server.shutdown()
    found.server.server_close()


def ask(town: Town, name: str, body: dict[str, str], method: str = "put") -> int:
    address = f"/api/v1/events/{town.slug}/devices/me/push"
    client: Client = browser(town, name)
    return int(getattr(client, method)(address, body, content_type="application/json").status_code)


def notice(session: Session) -> Notice:
    return Notice(event=session.event, session=session)


def verified(headers: dict[str, str], origin: str) -> bool:
    """Check the sender's signature as a push service does."""
    token, key = headers["authorization"].removeprefix("vapid t=").split(", k=")
    said, _dot, signature = token.rpartition(".")
    halves = plain(signature)
    der = encode_dss_signature(int.from_bytes(halves[:32]), int.from_bytes(halves[32:]))
    public = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, plain(key))
    public.verify(der, said.encode(), ec.ECDSA(SHA256()))
    return bool(json.loads(plain(said.partition(".")[2]))["aud"] == origin)


def test_who_comes_is_woken_and_reads_nothing_personal(town: Town, service: Service) -> None:
    session = planned(town, by="Cem")
    barcamp.come(town.event, session.code, town.device("Dana"))
    phone = Phone(f"{service.origin}/201-dana")
    assert ask(town, "Dana", phone.subscription()) == 200
    assert ask(town, "Dana", phone.subscription()) == 200, "twice is once"
    assert ask(town, "Emil", Phone(f"{service.origin}/201-emil").subscription()) == 200
    assert push_notices(town.event, [notice(session)]) == 1
    ((path, headers, body),) = service.taken
    assert path == "/201-dana"
    assert verified(headers, service.origin)
    assert (headers["content-encoding"], headers["ttl"]) == ("aes128gcm", "3600")
    note = phone.read(body)
    assert note["url"] == f"/{town.slug}/mine/"
    assert session.title not in json.dumps(note, ensure_ascii=False)
    assert note["body"] == "In Ihrem Plan hat sich etwas geändert."


@pytest.mark.parametrize(("answer", "left"), [(410, 0), (404, 0), (500, 1), (301, 1)])
def test_who_is_gone_is_dropped_and_nobody_is_asked_elsewhere(
    town: Town, service: Service, answer: int, left: int
) -> None:
    session = planned(town, by="Cem")
    assert ask(town, "Cem", Phone(f"{service.origin}/{answer}-x").subscription()) == 200
    assert push_notices(town.event, [notice(session)]) == 0
    assert [path for path, _headers, _body in service.taken] == [f"/{answer}-x"]
    assert PushSubscription.objects.count() == left


def test_a_service_that_does_not_answer_harms_nobody(town: Town, settings: LazySettings) -> None:
    settings.TAGWERK_PUSH_SERVICES = SERVICES
    session = planned(town, by="Cem")
    assert ask(town, "Cem", Phone("http://127.0.0.1:9/dead").subscription()) == 200
    assert push_notices(town.event, [notice(session)]) == 0
    assert PushSubscription.objects.count() == 1


def test_only_known_push_services_and_sound_keys_are_taken(town: Town, settings: LazySettings) -> None:
    settings.TAGWERK_PUSH_SERVICES = SERVICES
    good = Phone("https://fcm.googleapis.com/wp/x").subscription()
    for endpoint in (
        "https://attacker.example/x",
        "http://fcm.googleapis.com/x",
        "https://fcm.googleapis.com:8443/x",
        "https://fcm.googleapis.com@attacker.example/x",
        "https://user@fcm.googleapis.com/x",
        "https://push.apple.com.attacker.example/",
        "https://[::1/x",
        "http://127.0.0.1:91/",
        "https://fcm.googleapis.com/" + "x" * 500,
    ):
        assert ask(town, "Cem", good | {"endpoint": endpoint}) == 422, endpoint
    for wrong in ({"p256dh": "AAAA"}, {"auth": "AAAA"}, {"p256dh": "ä"}, {"more": "x"}):
        assert ask(town, "Cem", good | wrong) == 422, wrong
    assert is_push_service("https://web.push.apple.com/x", SERVICES)
    assert not PushSubscription.objects.exists()


def test_a_device_is_told_on_at_most_five_phones_until_it_wants_no_more(town: Town, service: Service) -> None:
    phones = [Phone(f"{service.origin}/201-{number}").subscription() for number in range(6)]
    assert [ask(town, "Cem", phone) for phone in phones] == [200] * 5 + [429]
    assert ask(town, "Dana", {"endpoint": phones[0]["endpoint"]}, "delete") == 200
    assert PushSubscription.objects.count() == 5, "somebody else's is not hers to end"
    assert ask(town, "Cem", {"endpoint": phones[0]["endpoint"]}, "delete") == 200
    assert PushSubscription.objects.count() == 4
    assert ask(town, "", phones[0]) == 401
