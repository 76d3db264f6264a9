"""The doorbell: others hear of a ring whichever bus carries it, once, and again after the bus was away."""

import contextlib
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import Queue

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tagwerk.live.bell import Bell
from tagwerk.live.buses import PostgresBus, RedisBus
from tagwerk.live.doorbell import Bus, Doorbell

WITHIN = 10.0


@contextlib.contextmanager
def redis(port: int, *further: str) -> Iterator[None]:
    """Run a Redis or Valkey that keeps nothing."""
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    if program is None:
        pytest.skip("Redis is not there: apt install redis-server")
    command = [program, "--port", str(port), "--save", "", "--appendonly", "no", "--requirepass", "ge:heim", *further]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            yield
        finally:
            process.kill()


@contextlib.contextmanager
def house(bus: Callable[[], Bus]) -> Iterator[tuple[Bell, "Queue[int]"]]:
    """Give the bell of one process, and what it heard."""
    bell, heard = Bell(), Queue[int]()
    doorbell = Doorbell(bus, of=bell)
    doorbell.start()
    bell.connect(heard.put)
    yield bell, heard
    doorbell.stop()


def until_heard(bell: Bell, heard: "Queue[int]", number: int) -> None:
    """Ring until the other one hears it: whoever has just come may not listen yet."""
    deadline = time.monotonic() + WITHIN
    while number not in list(heard.queue):
        assert time.monotonic() < deadline
        bell.ring(number)
        time.sleep(0.05)


def test_processes_hear_each_other_by_postgresql(postgres_url: str) -> None:
    with (
        house(lambda: PostgresBus(conninfo=postgres_url)) as (one, _),
        house(lambda: PostgresBus(conninfo=postgres_url)) as (_, heard),
    ):
        until_heard(one, heard, 7)


def test_processes_hear_each_other_by_redis_and_again_after_it_was_away() -> None:
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as probe:
        port = probe.getsockname()[1]
    url = f"redis://:ge%3Aheim@127.0.0.1:{port}"
    with house(lambda: RedisBus(url)) as (one, own), house(lambda: RedisBus(url)) as (_, heard):
        with redis(port):
            until_heard(one, heard, 7)
        with redis(port):
            until_heard(one, heard, 8)
        assert own.qsize() == own.queue.count(7) + own.queue.count(8)


class Loud:
    """A bus that gives every word back to everybody, twice."""

    def __init__(self, words: "Queue[str]") -> None:
        self.words = words

    def send(self, words: str) -> None:
        self.words.put(words)

    def listen(self) -> Iterator[str]:
        yield "nonsense"
        yield "somebody x"
        while words := self.words.get():
            yield words

    def close(self) -> None:
        self.words.put("")


def test_what_comes_from_outside_does_not_go_out_again_and_what_was_ours_is_not_heard_twice() -> None:
    bus: Queue[str] = Queue()
    with house(lambda: Loud(bus)) as (bell, heard):
        bus.put("another 5")
        deadline = time.monotonic() + WITHIN
        while not heard.qsize():
            assert time.monotonic() < deadline
            time.sleep(0.01)
        bell.ring(6)
        time.sleep(0.1)
        assert list(heard.queue) == [5, 6]
        assert bus.empty()


def test_redis_behind_tls_is_believed_only_with_a_certificate_that_is_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as probe:
        port = probe.getsockname()[1]
    certificate, key = certify_localhost(tmp_path)
    tls = ["--tls-port", str(port), "--tls-cert-file", certificate, "--tls-key-file", key, "--tls-auth-clients", "no"]
    url = f"rediss://:ge%3Aheim@localhost:{port}"
    with redis(0, *tls):
        until_listening(port)
        with pytest.raises(ssl.SSLCertVerificationError):
            RedisBus(url)
        monkeypatch.setenv("SSL_CERT_FILE", certificate)
        with house(lambda: RedisBus(url)) as (one, _), house(lambda: RedisBus(url)) as (_, heard):
            until_heard(one, heard, 7)


def until_listening(port: int) -> None:
    """Wait until somebody answers at the port."""
    deadline = time.monotonic() + WITHIN
    while time.monotonic() < deadline:
        with contextlib.suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.05)
    raise AssertionError(f"nobody listens at {port}")


def certify_localhost(folder: Path) -> tuple[str, str]:
    """Make a certificate that signs itself, and its key; gives the paths of both files."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(tz=UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "localhost.pem", folder / "localhost.key"
    paths[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    paths[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, *plain))
    return str(paths[0]), str(paths[1])
