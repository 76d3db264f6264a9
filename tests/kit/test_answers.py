"""Finished answers: whatever form somebody gets, it means the same."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagwerk.kit.answers import accepts_packed, finished

TEXT = (b"content-type", b"text/html; charset=utf-8")


@given(
    st.binary(max_size=6_000),
    st.sampled_from([b"text/html", b"application/vnd.c3voc.schedule+xml", b"application/pdf", b""]),
)
def test_every_form_means_the_same_and_says_how_long_it_is(body: bytes, kind: bytes) -> None:
    headers = [(b"content-type", kind), (b"content-length", b"%d" % len(body))]
    answer = finished(headers, body, 1, 0.0)
    plain = answer.form(known=b"", packs=False)
    packed = answer.form(known=b"", packs=True)
    assert plain.body == body
    assert (gzip.decompress(packed.body) if packed is answer.packed else packed.body) == body
    for form in (plain, packed):
        said = dict(form.headers)
        assert len(said) == len(form.headers)
        assert int(said[b"content-length"]) == len(form.body)
        assert (b"content-encoding" in said) == (form is answer.packed)
        assert (b"vary" in said) == (answer.packed is not None)
        assert answer.form(known=said[b"etag"], packs=True) is answer.unchanged
        assert form.lines.count(b"\r\n") == len(form.headers) + 1
    assert not {b"content-length", b"content-type", b"content-encoding"} & set(dict(answer.unchanged.headers))


@pytest.mark.parametrize(
    "kind", [b"text/html", b"application/json", b"application/vnd.c3voc.schedule+xml", b"image/svg+xml"]
)
def test_words_are_packed(kind: bytes) -> None:
    assert finished([(b"content-type", kind)], b"a" * 2_000, 1, 0.0).packed is not None
    assert finished([(b"content-type", b"application/pdf")], b"a" * 2_000, 1, 0.0).packed is None


def test_what_is_packed_already_or_small_stays_as_it_is() -> None:
    large = b"a" * 2_000
    assert finished([TEXT, (b"content-encoding", b"br")], large, 1, 0.0).packed is None
    assert finished([TEXT], b"a" * 100, 1, 0.0).packed is None
    assert finished([TEXT, (b"etag", b'"7"')], large, 1, 0.0).etag == b'"7"'


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (b"gzip", True),
        (b"br, gzip;q=0.5, *;q=0", True),
        (b"deflate,GZIP", True),
        (b"gzip;q=0", False),
        (b"gzip; q=0.000", False),
        (b"br", False),
        (b"", False),
        (b"x-gzip", False),
    ],
)
def test_only_who_takes_it_gets_it_packed(said: bytes, expected: bool) -> None:  # noqa: FBT001
    assert accepts_packed(said) is expected
