"""Nothing is kept of a person that the processing record does not name: every field is about somebody, or about a thing."""

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models

from tagwerk.kit.personal import Holding
from tagwerk.site.dossier.barriers import CHECKS
from tagwerk.site.dossier.record import every_activity
from tagwerk.site.dossier.recorded import ROOMS, WORDS
from tests.house import tree
from tests.house.test_documents import kinds_in_code

PEOPLE = {"people.Person", "people.DeviceToken", "contributions.Author", "programme.Speaker", "account.EmailAddress"}
TEXT = (models.CharField, models.TextField, models.JSONField, models.BinaryField)
# What says nothing about persons. Of a model that knows persons each other field stands here, of all others only texts.
THINGS = {
    "account.EmailConfirmation": "email_address created sent key",  # never made: no address is confirmed by mail
    "auth.Group": "name",
    "auth.Permission": "name codename",
    "barcamp.Barcamp": "prices",
    "barcamp.HandCount": "topic hands is_estimate counted_at",
    "barcamp.PlanRun": "asked given progress found",
    "barcamp.Topic": "event number code state mode when purpose level pitch needs theme is_wish interest counted "
    "without_phone estimate seen session is_admitted is_twice repeat likely_slot likely_room merged_into reasons proposed_at",
    "contenttypes.ContentType": "app_label model",
    "contributions.Author": "event",
    "contributions.Call": "text kinds lengths asks",
    "contributions.Submission": "event code kind minutes language level track session made_at edited_at over_at",
    "events.Body": "position event",
    "events.Duties": "event conformity exceptions assessed_on",
    "events.Event": "realm name motto place audience hashtag zone address_form accent phase created_at rehearsal_of wall wall_until",
    "events.Logo": "data digest",
    "events.NextDate": "title when place url",
    "events.OnlineRoom": "name url dial_in note",
    "events.Partner": "name url",
    "events.Room": "name features",
    "events.Venue": "name address way accessibility wifi_name wifi_password note map_url",
    "kit.Letter": "tries unsure",
    "live.Change": "stream revision kind code told_at audience replaces touches before after undoes",  # codes and numbers
    "live.Stream": "languages",
    "market.Booth": "event code name shows about links tags track number room place join_url dial_in passcode position is_shown",
    "market.BoothLogo": "data digest",
    "people.ApiToken": "realm",
    "people.Card": "realm code printed_at",
    "people.DeviceToken": "realm",
    "people.Invitation": "realm",
    "people.Person": "is_demo",
    "people.Realm": "slug name hall_code",
    "people.Screen": "digest pairing_code origin label",  # a screen of the house
    "people.WrongTry": "realm",
    "programme.Absence": "event",
    "programme.Announcement": "code text",
    "programme.CalendarEntry": "seen told",  # where a session stands
    "programme.DraftPlace": "override",
    "programme.Edition": "event number revision made_at is_release note digest",
    "programme.Import": "event",
    "programme.Notice": "before after",  # where a session stood and stands
    "programme.Session": "event code kind title description needs state reasons note subtitle track language level aids "
    "plain_summary join_url dial_in passcode links searching_since",
    "programme.Speaker": "event code",
    "programme.TakenImport": "event days",
    "programme.Track": "slug name",
}


def holdings() -> Iterator[Holding]:
    for activity in every_activity():
        yield from activity.holdings


def to_be_named(model: type[models.Model], named: set[str]) -> set[str]:
    """Give the fields of a model that somebody has to think about: all where it knows persons, else its texts."""
    fields = [field for field in model._meta.concrete_fields if field.name != "id"]
    knows = bool(named) or any(field.is_relation and _label(field.related_model) in PEOPLE for field in fields)
    return {field.name for field in fields if knows or (isinstance(field, TEXT) and not field.choices)}


def _label(model: object) -> str:
    return model._meta.label if isinstance(model, type) and issubclass(model, models.Model) else ""


def named_of(label: str) -> set[str]:
    return {field for held in holdings() if held.model == label for field in held.fields}


@pytest.mark.parametrize("model", apps.get_models(), ids=lambda model: model._meta.label)
def test_every_field_is_in_the_record_or_about_a_thing(model: type[models.Model]) -> None:
    named, things = named_of(model._meta.label), set(THINGS.get(model._meta.label, "").split())
    wanted = to_be_named(model, named)
    assert wanted - named - things == set(), "name it in the room's privacy.py, or in THINGS when it is about nobody"
    assert things - wanted == set(), "these are gone"
    assert not named & things


def test_the_record_names_fields_that_exist() -> None:
    known = {model._meta.label: {field.name for field in model._meta.concrete_fields} for model in apps.get_models()}
    assert [held for held in holdings() if not set(held.fields) <= known[held.model]] == []
    assert set(THINGS) <= set(known)


def test_a_new_field_about_a_person_is_noticed() -> None:
    class Guest(models.Model):  # noqa: DJ008 - nobody ever names one
        """Somebody nobody thought of."""

        host = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
        is_vegan = models.BooleanField()

        class Meta:
            app_label = "unlisted"
            managed = False

    assert to_be_named(Guest, set()) == {"host", "is_vegan"}
    del apps.all_models["unlisted"]


def test_every_change_that_is_recorded_has_words() -> None:
    assert set(WORDS) == kinds_in_code()
    assert all(str(words).strip() for words in WORDS.values())
    rooms = {room for room in tree.ROOMS if (tree.ROOT / "tagwerk" / room / "changes.py").exists()}
    assert set(ROOMS) == rooms - {"live"}


def test_what_is_said_to_be_checked_is_checked() -> None:
    assert [check.proof for check in CHECKS if not (tree.ROOT / check.proof).is_file()] == []


def test_nothing_shows_who_did_what() -> None:
    shown = [tree.name(path) for path in tree.templates() if re.search(r"\bactor\b|change\.by", path.read_text())]
    assert shown == []
    counting = re.compile(r"""(values|values_list|annotate|order_by|aggregate)\([^)]*["']actor["']""")
    found = [tree.name(path) for path in tree.python_files("tagwerk") if counting.search(path.read_text())]
    assert found == [], "nobody is counted by what they did: the papers for the staff council say so"
