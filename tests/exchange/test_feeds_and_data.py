"""News as feeds, and events in schema.org's words."""

import json
from dataclasses import replace
from datetime import UTC, datetime

from lxml import etree

from tagwerk.exchange.feeds import Feed, News, atom, json_feed, tag
from tagwerk.exchange.linked_data import as_script, event_data, session_data
from tagwerk.exchange.ready import prepare
from tagwerk.exchange.schedule import Mode, State
from tests.exchange import examples

SPACE = {"a": "http://www.w3.org/2005/Atom"}
FEED = Feed("OGT 2020", examples.URL, f"{examples.URL}feed.atom", subtitle="Erfahrungen teilen")
OLD = News(f"{examples.URL}news/1/", "Alt & gut", datetime(2020, 11, 1, 9, tzinfo=UTC), "<p>Ja\x0b</p>")
NEW = News(
    f"{examples.URL}news/2/", "Neu", datetime(2020, 11, 2, 9, tzinfo=UTC), updated=datetime(2020, 11, 3, tzinfo=UTC)
)
BROKEN = News("javascript:1", "Ohne Adresse", datetime(2020, 11, 2, 9, tzinfo=UTC))


def test_atom_has_what_readers_need() -> None:
    feed = etree.fromstring(atom(FEED, [OLD, BROKEN, NEW]))
    told = [entry.findtext("a:title", namespaces=SPACE) for entry in feed.findall("a:entry", SPACE)]
    assert told == ["Neu", "Alt & gut"]
    assert feed.findtext("a:updated", namespaces=SPACE) == "2020-11-03T00:00:00+00:00"
    assert feed.findtext("a:entry[2]/a:content", namespaces=SPACE) == "<p>Ja</p>"
    assert feed.find("a:link[@rel='self']", SPACE).get("href") == FEED.self_url
    ids = [one.text for one in feed.iter("{http://www.w3.org/2005/Atom}id")]
    assert len(set(ids)) == len(ids) == 3
    assert ids[1] == "tag:tagwerk.example,2020-11-02:/ogt-2020/news/2/"


def test_an_empty_feed_is_still_one() -> None:
    assert etree.fromstring(atom(FEED, [])).findtext("a:updated", namespaces=SPACE)
    assert json.loads(json_feed(FEED, []))["items"] == []


def test_json_feed_says_the_same() -> None:
    feed = json.loads(json_feed(FEED, [OLD, BROKEN, NEW]))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [(item["id"], item["title"]) for item in feed["items"]] == [(NEW.url, "Neu"), (OLD.url, "Alt & gut")]
    assert feed["items"][0]["date_modified"] == "2020-11-03T00:00:00+00:00"


def test_a_name_stays_when_the_address_becomes_secure() -> None:
    since = datetime(2020, 11, 1, tzinfo=UTC)
    assert tag("http://a.example/x/", since) == tag("https://a.example/x/", since)


def test_an_event_in_schema_orgs_words() -> None:
    data = event_data(prepare(examples.everything()))
    assert data["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert [place["@type"] for place in data["location"]] == ["Place", "VirtualLocation"]
    assert (data["startDate"], data["endDate"]) == ("2020-11-12T09:00:00+01:00", "2020-11-13T12:15:00+01:00")
    assert data["offers"]["price"] == 0
    by_name = {session["name"]: session for session in data["subEvent"]}
    moved = by_name["Kommunikation und IT in der Krise"]
    assert moved["eventStatus"] == "https://schema.org/EventRescheduled"
    assert moved["previousStartDate"] == "2020-11-12T10:00:00+01:00"
    assert [place["@type"] for place in moved["location"]] == ["VirtualLocation"]
    assert by_name["Fällt aus"]["eventStatus"] == "https://schema.org/EventCancelled"
    assert by_name["#freiburghältzusammen"]["performer"][0]["name"] == "D. Wisskirchen"


def test_a_session_names_its_event_and_an_event_may_stand_alone() -> None:
    ready = prepare(replace(examples.everything(), mode=Mode.ON_SITE))
    stand = next(talk for talk in ready.schedule.talks if talk.title == "Feuerwehr")
    assert session_data(ready, stand)["superEvent"]["url"] == examples.URL
    assert session_data(ready, stand)["location"][0]["name"] == "Saal, Altes Rathaus, München"
    assert "subEvent" not in event_data(ready, with_sessions=False)
    assert event_data(ready, is_cancelled=True)["eventStatus"].endswith("EventCancelled")


def test_nothing_in_a_description_ends_the_script_it_stands_in() -> None:
    ready = prepare(examples.schedule(examples.talk("</script><script>alert(1)</script>\u2028&", state=State.PLANNED)))
    script = as_script(event_data(ready))
    assert not set("<>&\u2028") & set(script)
    assert json.loads(script)["subEvent"][0]["name"].startswith("</script>")
