"""The organisers say what stands around the programme, announce when all is there, and everybody can read it."""

import io
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from PIL import Image

from tagwerk.events.actions import add_entry, say_frame
from tagwerk.events.models import Event, Logo, Partner, Venue
from tagwerk.events.rules import Phase
from tagwerk.people.actions import add_person, allow_founding, grant
from tagwerk.people.models import Invitation, Person, Role
from tagwerk.people.rules import RoleKind
from tests.town import Town, browser, signed_in

NEEDED = {
    "imprint": "Stadt Musterstadt",
    "privacy_contact": "datenschutz@musterstadt.example",
    "accessibility_contact": "barrierefrei@musterstadt.example",
}


@pytest.fixture
def organiser(town: Town) -> Client:
    """Mara's browser; she organises."""
    grant(town.mara, town.event.realm, RoleKind.ORGANISER)
    return signed_in(town.mara)


def at(town: Town, path: str = "") -> str:
    return f"/{town.slug}/desk/setup/{path}"


def as_draft(town: Town) -> None:
    Event.objects.filter(pk=town.event.pk).update(phase=Phase.DRAFT)


def picture(kind: str = "PNG", size: tuple[int, int] = (900, 300), **more: object) -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", size, "#0a6070").save(out, kind, **more)
    return SimpleUploadedFile("../../etc/logo.svg", out.getvalue())


def test_the_announcement_waits_until_everything_is_said(organiser: Client, town: Town) -> None:
    as_draft(town)
    page = organiser.get(at(town)).content.decode()
    assert page.count("Jetzt eintragen") == 5
    assert re.search(r'value="announced" disabled', page)
    assert organiser.post(at(town, "phase/"), {"phase": "announced"}).headers["Location"] == at(town)
    assert Event.objects.get(pk=town.event.pk).phase == Phase.DRAFT
    for link in re.findall(r'href="([^"#]+)[^"]*">Jetzt eintragen', page):
        assert organiser.get(link).status_code == 200
    organiser.post(at(town, "texts/duties/"), NEEDED)
    organiser.post(at(town, "texts/event/"), {"name": "Barcamp", "contact_mail": "hallo@musterstadt.example"})
    organiser.post(at(town, "lists/bodies/"), {"name": "Stadt Musterstadt"})
    page = organiser.get(at(town)).content.decode()
    assert "Jetzt eintragen" not in page
    assert not re.search(r'value="announced" disabled', page)
    organiser.post(at(town, "phase/"), {"phase": "announced"})
    home = browser().get(f"/{town.slug}/").content.decode()
    assert "mailto:hallo@musterstadt.example" in home


def test_an_impossible_phase_is_refused(organiser: Client, town: Town) -> None:
    assert organiser.post(at(town, "phase/"), {"phase": "archived"}).status_code == 409
    assert organiser.post(at(town, "phase/"), {"phase": "<b>"}).status_code == 409
    organiser.post(at(town, "phase/"), {"phase": "follow_up"})
    assert Event.objects.get(pk=town.event.pk).phase == Phase.FOLLOW_UP


def test_two_people_on_one_page_lose_nothing(organiser: Client, town: Town) -> None:
    say_frame(town.event, "venue", {"name": "Bürgerhaus", "way": "Bus 5"})
    opened = {"name": "Bürgerhaus", "initial-name": "Bürgerhaus", "way": "Bus 5", "initial-way": "Bus 5"}
    organiser.post(at(town, "texts/venue/"), {**opened, "name": "Rathaus"})
    organiser.post(at(town, "texts/venue/"), {**opened, "way": "Bus 12"})
    venue = Venue.objects.get(event=town.event)
    assert (venue.name, venue.way) == ("Rathaus", "Bus 12")


def test_what_does_not_hold_is_named_and_kept(organiser: Client, town: Town) -> None:
    wrong = organiser.post(at(town, "texts/event/"), {"name": "", "contact_mail": "kein@", "hashtag": "x" * 41})
    page = wrong.content.decode()
    assert wrong.status_code == 422
    assert {"id_name-error", "id_contact_mail-error", "id_hashtag-error"} <= set(
        re.findall(r'id="(id_\w+-error)"', page)
    )
    assert 'value="kein@"' in page
    wrong = organiser.post(at(town, "texts/venue/"), {"map_url": "javascript:alert(1)"})
    assert "https://" in wrong.content.decode()
    assert not Venue.objects.exists()


def test_a_hashtag_gets_its_sign_and_a_name_its_realm(organiser: Client, town: Town) -> None:
    organiser.post(
        at(town, "texts/event/"), {"name": "Neuer Name", "hashtag": "OGT 27", "initial-name": town.event.name}
    )
    event = Event.objects.select_related("realm").get(pk=town.event.pk)
    assert (event.hashtag, event.name, event.realm.name) == ("#OGT27", "Neuer Name", "Neuer Name")


def test_everybody_reads_what_was_said_and_nothing_of_it_is_markup(town: Town) -> None:
    say_frame(town.event, "event", {"motto": "<b>Mehr</b>", "audience": "Alle", "hashtag": "#x"})
    say_frame(town.event, "duties", {**NEEDED, "exceptions": "<i>PDF</i>", "conformity": "partial"})
    say_frame(town.event, "venue", {"way": "<script>x</script>", "wifi_name": "Gäste"})
    add_entry(town.event, "bodies", {"name": "Stadt <Musterstadt>"})
    add_entry(town.event, "dates", {"title": "Hackathon", "when": "Herbst"})
    pages = {
        name: browser().get(f"/{town.slug}/{name}/").content.decode()
        for name in ("about", "venue", "imprint", "privacy", "accessibility")
    }
    for page in pages.values():
        assert "<b>Mehr" not in page
        assert "<script>x" not in page
        assert "<i>PDF" not in page
    assert "&lt;b&gt;Mehr&lt;/b&gt;" in pages["about"]
    assert "Hackathon" in pages["about"]
    assert "Gäste" in pages["venue"]
    assert "Stadt &lt;Musterstadt&gt;" in pages["imprint"]
    assert NEEDED["privacy_contact"] in pages["privacy"]
    assert "teilweise vereinbar" in pages["accessibility"]
    assert f'href="/en/{town.slug}/imprint/"' in browser().get(f"/en/{town.slug}/").content.decode()


def test_an_event_that_said_nothing_has_its_pages_too(town: Town) -> None:
    for name in ("about", "venue", "imprint", "privacy", "accessibility"):
        assert browser().get(f"/{town.slug}/{name}/").status_code == 200
        assert browser().get(f"/en/{town.slug}/{name}/").status_code == 200


def test_a_logo_is_drawn_anew_and_served_as_a_picture(organiser: Client, town: Town) -> None:
    secret = b"48.1 N 11.5 E"
    exif = Image.Exif()
    exif[0x010E] = secret.decode()
    sent = picture("JPEG", exif=exif)
    assert secret in sent.read()
    sent.seek(0)
    made = organiser.post(at(town, "lists/partners/"), {"name": "Stadtwerke", "kind": "partner", "logo": sent})
    assert made.status_code == 302
    logo = Logo.objects.get()
    assert (logo.width, logo.height) == (640, 213)
    assert secret not in bytes(logo.data)
    answer = browser().get(f"/{town.slug}/partners/{logo.digest}.png")
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["Cache-Control"].startswith("public, max-age=31536000")
    assert Image.open(io.BytesIO(answer.content)).size == (640, 213)
    assert logo.digest in browser().get(f"/{town.slug}/about/").content.decode()
    as_draft(town)
    assert browser().get(f"/{town.slug}/partners/{logo.digest}.png").status_code == 404
    assert organiser.get(at(town, f"logos/{logo.digest}.png")).status_code == 200


@pytest.mark.parametrize(
    "raw",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"GIF89a" + b"\0" * 40,
        b"%PDF-1.4",
        b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR\0\xff\xff\xff\0\xff\xff\xff\x08\x06\0\0\0" + b"\0" * 40,
    ],
)
def test_what_is_no_picture_is_named_and_adds_nothing(organiser: Client, town: Town, raw: bytes) -> None:
    sent = SimpleUploadedFile("logo.png", raw, content_type="image/png")
    wrong = organiser.post(at(town, "lists/partners/"), {"name": "X", "kind": "partner", "logo": sent})
    assert wrong.status_code == 422
    assert 'id="id_logo-error"' in wrong.content.decode()
    assert not Partner.objects.exists()


def test_a_bomb_of_pixels_is_no_picture(organiser: Client, town: Town) -> None:
    sent = picture(size=(9000, 9000))
    assert (sent.size or 0) < 300_000
    assert (
        organiser.post(at(town, "lists/partners/"), {"name": "X", "kind": "partner", "logo": sent}).status_code == 422
    )


def test_an_entry_is_changed_moved_and_removed(organiser: Client, town: Town) -> None:
    for name in ("Eins", "Zwei"):
        organiser.post(at(town, "lists/bodies/"), {"name": name})
    one, two = town.event.bodies.all()
    organiser.post(at(town, f"lists/bodies/{one.pk}/"), {"name": "Erste", "url": "www.example.org"})
    organiser.post(at(town, "lists/bodies/"), {"entry": two.pk, "do": "up"})
    assert [body.name for body in town.event.bodies.all()] == ["Zwei", "Erste"]
    organiser.post(at(town, "lists/bodies/"), {"entry": two.pk, "do": "remove"})
    assert [body.url for body in town.event.bodies.all()] == ["https://www.example.org"]
    assert organiser.get(at(town, "lists/bodies/999/")).status_code == 404
    assert organiser.get(at(town, "lists/spies/")).status_code == 404
    assert organiser.get(at(town, "texts/spies/")).status_code == 404


def invited(organiser: Client, town: Town, kind: str = "moderator") -> str:
    organiser.post(at(town, "team/"), {"label": "Jonas", "kind": kind})
    page = organiser.get(at(town, "team/")).content.decode()
    link = re.search(r"http://testserver(/accounts/invitation/twi_\S+/)<", page)
    assert link
    assert link[1] not in organiser.get(at(town, "team/")).content.decode(), "shown once"
    return link[1]


def test_a_second_person_joins_with_a_link_of_their_own(organiser: Client, town: Town) -> None:
    link = invited(organiser, town)
    jonas = browser()
    arrived = jonas.get(link)
    assert (arrived.headers["Location"], arrived.headers["Referrer-Policy"]) == ("/accounts/invitation/", "no-referrer")
    assert town.event.name in jonas.get("/accounts/invitation/").content.decode()
    words = {"name": "Jonas", "email": "jonas@musterstadt.example", "password": "kurz"}
    assert jonas.post("/accounts/invitation/", words).status_code == 422
    words["password"] = "ein langer Satz für Jonas"
    assert jonas.post("/accounts/invitation/", words).headers["Location"] == f"/{town.slug}/desk/"
    role = Role.objects.get(person__email="jonas@musterstadt.example")
    assert (role.kind, role.realm) == ("moderator", town.event.realm)
    assert jonas.get(f"/{town.slug}/desk/").headers["Location"].startswith("/accounts/2fa/"), (
        "a second step comes first"
    )
    assert browser().get(link).status_code == 404, "valid once"


def test_somebody_with_an_account_takes_it_along(organiser: Client, town: Town, neighbours: Town) -> None:
    link = invited(organiser, town, "organiser")
    stranger = browser()
    stranger.get(link)
    words = {"name": "X", "email": neighbours.mara.email, "password": "ein langer Satz für Jonas"}
    taken = stranger.post("/accounts/invitation/", words)
    assert "schon ein Konto" in taken.content.decode()
    other = signed_in(neighbours.mara)
    other.get(link)
    other.post("/accounts/invitation/")
    assert Role.objects.get(person=neighbours.mara, realm=town.event.realm).kind == "organiser"
    assert Person.objects.filter(email=neighbours.mara.email).count() == 1


def test_without_a_link_there_is_no_invitation(town: Town) -> None:
    assert browser().get("/accounts/invitation/").status_code == 404
    assert browser().post("/accounts/invitation/", {"name": "x"}).status_code == 404
    assert browser().get("/accounts/invitation/twi_nonsense/").status_code == 404


def test_the_last_organiser_stays_and_others_leave(organiser: Client, town: Town) -> None:
    mine = Role.objects.get(person=town.mara, realm=town.event.realm)
    assert organiser.post(at(town, "team/"), {"do": "leave", "number": mine.pk}).status_code == 409
    jonas = add_person("jonas@musterstadt.example", "Jonas", "ein langer Satz für Jonas")
    role = grant(jonas, town.event.realm, RoleKind.HELPER)
    organiser.post(at(town, "team/"), {"do": "leave", "number": role.pk})
    assert not Role.objects.filter(pk=role.pk).exists()
    assert organiser.post(at(town, "team/"), {"do": "leave", "number": "9999"}).status_code == 302
    link = invited(organiser, town)
    organiser.post(at(town, "team/"), {"do": "withdraw", "number": Invitation.objects.get().pk})
    assert browser().get(link).status_code == 404
    assert organiser.post(at(town, "team/"), {"label": "x", "kind": "king"}).status_code == 422


def test_a_template_goes_out_and_comes_back_as_another_event(organiser: Client, town: Town) -> None:
    allow_founding(town.mara)
    answer = organiser.get(at(town, "template.json"))
    assert "attachment" in answer.headers["Content-Disposition"]
    sent = SimpleUploadedFile("x.json", answer.content)
    words = {"name": "Nebenan", "first": "2028-05-04", "place": "", "slug": "", "template": sent}
    made = organiser.post("/accounts/events/like/", words)
    assert made.headers["Location"] == "/nebenan/desk/setup/?new=1"
    copy = Event.objects.at("nebenan").get()
    assert copy.rooms.count() == 3
    again = json.loads(organiser.get("/nebenan/desk/setup/template.json").content)
    assert again == {**json.loads(answer.content), "event": again["event"]}


def test_last_years_event_is_the_source_of_the_next(organiser: Client, town: Town) -> None:
    allow_founding(town.mara)
    assert f'value="{town.slug}"' in organiser.get("/accounts/events/like/").content.decode()
    words = {"source": town.slug, "name": "Nächstes", "first": "2028-05-04", "place": "Neues Haus", "slug": "neu"}
    organiser.post("/accounts/events/like/", words)
    assert Event.objects.at("neu").get().place == "Neues Haus"
    assert organiser.post("/accounts/events/like/", words).status_code == 422, "the address is taken"


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"[]", b"\xff\xfe\x00", b'{"format": "tagwerk-template", "version": 1, "x": 1}', b"[" * 60_000]
)
def test_what_is_no_template_is_named(organiser: Client, town: Town, raw: bytes) -> None:
    allow_founding(town.mara)
    sent = SimpleUploadedFile("x.json", raw)
    wrong = organiser.post("/accounts/events/like/", {"name": "N", "first": "2028-05-04", "template": sent})
    assert wrong.status_code == 422
    assert not Event.objects.at("n").exists()


def test_only_own_events_can_be_cloned(organiser: Client, town: Town, neighbours: Town) -> None:
    allow_founding(town.mara)
    words = {"source": neighbours.slug, "name": "Geklaut", "first": "2028-05-04"}
    assert organiser.post("/accounts/events/like/", words).status_code == 422


def test_the_operator_is_told_what_is_missing_and_may_announce_anyway(town: Town) -> None:
    as_draft(town)
    with pytest.raises(CommandError, match="privacy_contact"):
        call_command("set_phase", town.slug, "announced")
    call_command("set_phase", town.slug, "announced", "--anyway")
    assert Event.objects.get(pk=town.event.pk).phase == Phase.ANNOUNCED
