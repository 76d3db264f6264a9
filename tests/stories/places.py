"""Every page that somebody can come to, and how they get it into the state that is looked at."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from playwright.sync_api import Browser, BrowserContext, Page, Response, ViewportSize, expect

from tests.stories import proposals, wizard
from tests.stories.forms_at_work import list_of_booths, other_date, session_at_stand, slot_backwards
from tests.stories.house import House
from tests.stories.town import Town

Who = Literal["anybody", "participant", "crew"]
EVERYBODY: tuple[Who, ...] = ("anybody", "participant", "crew")
SEND = "main form button[type=submit]"


@dataclass(frozen=True)
class Place:
    """A page: `path` counts from the root, `{event}` and the codes of the town are filled in."""

    name: str
    path: str
    who: Who = "anybody"
    do: Callable[[Page], None] | None = None


def _send(page: Page) -> None:
    page.evaluate("document.querySelector('main form.fields').noValidate = true")
    page.locator("main form.fields button[type=submit]").last.click()
    expect(page.locator(".errors, .field__error").first).to_be_visible()


def _wrong_code(page: Page) -> None:
    page.locator("#code").fill("000 000")
    page.locator(SEND).first.click()
    expect(page.locator("#code-error")).to_be_visible()


def _without_script(page: Page) -> None:
    """Send a form as a browser without our script would: nobody intercepts `submit()`."""
    with page.expect_navigation():
        page.evaluate("HTMLFormElement.prototype.submit.call(document.querySelector('form[data-interest]'))")
    expect(page.locator("input[name=join]")).to_be_attached()


def _wrong_password(page: Page) -> None:
    page.locator("main form input").first.fill("niemand@musterstadt.example")
    page.locator("main form input[type=password]").fill("ganz falsch")
    page.locator(SEND).first.click()
    expect(page.locator(".errors")).to_be_visible()


def _follow_first(page: Page) -> None:
    """Go on to the first thing that a page lists."""
    with page.expect_navigation():
        page.locator("main :is(.card, .session, .programme-line, .booth) a").first.click()


def _open_dialog(page: Page) -> None:
    page.locator("a[data-dialog][id^=desk-move]").first.click()
    page.locator("dialog details summary").click()
    expect(page.locator("dialog[open] input[type=radio]").last).to_be_visible()


def _empty_name(page: Page) -> None:
    page.locator("#id_name").fill("")
    _send(page)


def _invite(page: Page) -> None:
    page.locator("#id_label").fill("Jonas")
    page.locator("main form.fields button[type=submit]").click()
    expect(page.locator(".secret-link")).to_be_visible()


def _show_code(page: Page) -> None:
    with page.expect_navigation():
        page.locator("form[action$='/mine/code/show/'] button").click()


def _open_details(page: Page) -> None:
    page.evaluate("document.querySelectorAll('main details').forEach((part) => { part.open = true; })")


def _own_plan(page: Page) -> None:
    expect(page.locator("[data-own-plan]")).to_be_visible()
    _open_details(page)


def _open_view(page: Page) -> None:
    page.locator("[data-view] summary").click()
    expect(page.locator("[data-view] [data-size='1']")).to_be_visible()


def _stale(page: Page) -> None:
    """Send a move that somebody else was faster with, as a plain form."""
    with page.expect_navigation():
        page.evaluate(
            """() => {
                const form = document.querySelector('form[data-desk]');
                form.querySelector('[name=revision]').value = '0';
                HTMLFormElement.prototype.submit.call(form);
            }"""
        )
    expect(page.locator("[data-problem]")).to_be_visible()


def _begin_to_pitch(page: Page) -> None:
    """Begin to pitch where nobody has, and call the first topic."""
    begin = page.get_by_role("button", name=re.compile("Vorstellen beginnen|Begin the pitches"))
    if begin.count():
        begin.click()
    expect(page.locator("[data-stage-dock]")).to_be_visible()
    if page.locator("[data-stage-empty]").is_visible():
        page.locator("[data-stage-next]").click()
    expect(page.locator("[data-stage-title]")).to_be_visible()


def _open_queue(page: Page) -> None:
    _begin_to_pitch(page)
    page.locator(".stage__more summary").first.click()
    expect(page.locator("[data-stage-queue]")).to_be_attached()


def _pin(page: Page) -> None:
    page.locator("form[action$='/pin/'] button").first.click()
    expect(page.locator("[data-undo]")).to_be_visible()


def _enter_card(page: Page) -> None:
    page.locator("#numbers").fill("1 2 999")
    page.locator("#numbers").press("Enter")
    expect(page.locator("[data-card-note]")).to_be_visible()
    _open_details(page)


LIGHT = (
    "the hall screen",
    "the foyer's grid",
    "the sign at a door",
    "every sheet",
)  # light in the dark as well: walls, and paper
PLACES = (
    Place("the list of events", "/"),
    Place("the imprint", "/imprint/"),
    Place("the privacy page", "/privacy/"),
    Place("the accessibility page", "/accessibility/"),
    Place("an address that leads nowhere", "/nirgends/"),
    Place("about the event", "/{event}/about/"),
    Place("about an event that said nothing", "/{empty}/about/"),
    Place("the house", "/{event}/venue/"),
    Place("the house of an event that said nothing", "/{empty}/venue/"),
    Place("the imprint of the event", "/{event}/imprint/"),
    Place("the privacy page of the event", "/{event}/privacy/"),
    Place("the accessibility page of the event", "/{event}/accessibility/"),
    Place("the sign-in", "/accounts/login/"),
    Place("the sign-in refused", "/accounts/login/", do=_wrong_password),
    Place("the home", "/{event}/", do=_open_details),
    Place("the home of an empty event", "/{empty}/"),
    Place("the topics", "/{event}/topics/", do=_open_details),
    Place("the topics of an empty event", "/{empty}/topics/"),
    Place("a search without result", "/{event}/topics/?q=Quastenflosser"),
    Place("a topic with a place", "/{event}/topics/{planned}/", do=_open_details),
    Place("a topic just proposed", "/{event}/topics/{open}/?new=1"),
    Place("a wanted topic", "/{event}/topics/{wanted}/"),
    Place("a topic that does not exist", "/{event}/topics/ZZZZZZ/"),
    Place("how the plan comes about", "/{event}/how-planned/"),
    Place("the proposal", "/{event}/topics/new/", do=_open_details),
    Place("the proposal with errors", "/{event}/topics/new/", do=_send),
    Place("the question whether to take part", "/{event}/topics/{open}/", do=_without_script),
    Place("my plan, empty", "/{event}/mine/"),
    Place("my plan", "/{event}/mine/", "participant", _open_details),
    Place("going on with another phone", "/{event}/mine/code/"),
    Place("the code for another phone", "/{event}/mine/", "participant", _show_code),
    Place("my own topic", "/{event}/topics/{own}/", "participant"),
    Place("the change of my topic", "/{event}/topics/{own}/edit/", "participant"),
    Place("the programme", "/{event}/schedule/"),
    Place("the rooms", "/{event}/rooms/"),
    Place("the page for the way", "/{event}/offline/"),
    Place("the page for the way, with a plan", "/{event}/offline/", "participant", _own_plan),
    Place("the place for how pages are seen", "/{event}/", do=_open_view),
    Place("the programme of an empty event", "/{empty}/schedule/"),
    Place("a session", "/{event}/sessions/{planned_session}/", do=_open_details),
    Place("a session that moved", "/{event}/sessions/{moved_session}/"),
    Place("a session that falls out", "/{event}/sessions/{cancelled_session}/"),
    Place("the call for contributions", "/{event}/contributions/"),
    Place("a call that is still to come", "/{empty}/contributions/"),
    Place("the form of a contribution", "/{event}/contributions/new/"),
    Place("the form of a contribution with errors", "/{event}/contributions/new/", do=_send),
    Place("the thanks for a contribution", "/{event}/contributions/new/", do=proposals.propose),
    Place("the page of who proposed", "/{event}/contributions/new/", do=proposals.own_page),
    Place("the personal link", "/{event}/contributions/link/"),
    Place("a personal link that is not open", "/{event}/contributions/link/?closed=lost"),
    Place("the home of an event that is over", "/ogt-2020/"),
    Place("a prepared programme", "/ogt-2020/schedule/"),
    Place("a search in a prepared programme", "/ogt-2020/schedule/?q=stand&day=2020-11-13"),
    Place("a prepared session with who came instead", "/ogt-2020/schedule/?q=Krisenstab", do=_follow_first),
    Place("those who speak", "/ogt-2020/speakers/"),
    Place("somebody who speaks", "/ogt-2020/speakers/", do=_follow_first),
    Place("nobody who speaks yet", "/{empty}/speakers/"),
    Place("the market", "/ogt-2020/market/", do=_open_details),
    Place("a search in the market", "/ogt-2020/market/?q=daten"),
    Place("a stand", "/ogt-2020/market/", do=_follow_first),
    Place("a session at a stand", "/ogt-2020/schedule/?kind=stand", do=_follow_first),
    Place("a market without a stand", "/{empty}/market/"),
    Place("the hall screen", "/{event}/board/"),
    Place("the foyer's grid", "/{event}/board/foyer/"),
    Place("the sign at a door", "/{event}/board/{room}/"),
    Place("the hall code", "/{event}/join/"),
    Place("the hall code refused", "/{event}/join/", do=_wrong_code),
    Place("the demo's door", "/demo/{event}/"),
    Place("the desk", "/{event}/desk/", "crew", _open_details),
    Place("the desk after something was done", "/{event}/desk/", "crew", _pin),
    Place("the desk with the dialog open", "/{event}/desk/", "crew", _open_dialog),
    Place("the move as a page", "/{event}/desk/sessions/{planned_session}/move/", "crew", _open_details),
    Place("when a host is not free", "/{event}/desk/sessions/{planned_session}/times/", "crew"),
    Place("when a host is not free, from the Regie", "/{event}/desk/topics/{open}/times/", "crew"),
    Place("the move refused", "/{event}/desk/sessions/{planned_session}/move/", "crew", _stale),
    Place("the desk of an empty event", "/{empty}/desk/", "crew"),
    Place("the Bühne before it begins", "/{empty}/desk/stage/", "crew"),
    Place("the Bühne", "/{event}/desk/stage/", "crew", _begin_to_pitch),
    Place("the Bühne with the queue open", "/{event}/desk/stage/", "crew", _open_queue),
    Place("the prepared programme at the desk", "/ogt-2020/desk/programme/", "crew"),
    Place("nothing prepared yet", "/{empty}/desk/programme/", "crew"),
    Place("a new item", "/{event}/desk/programme/new/", "crew", _open_details),
    Place("a new item with errors", "/{event}/desk/programme/new/", "crew", _send),
    Place("a file to be read", "/{event}/desk/programme/import/", "crew"),
    Place("versions of a programme", "/{event}/desk/programme/editions/", "crew"),
    Place("those who speak, at the desk", "/ogt-2020/desk/speakers/", "crew"),
    Place("somebody who speaks, at the desk", "/ogt-2020/desk/speakers/", "crew", _follow_first),
    Place("the market at the desk", "/ogt-2020/desk/market/", "crew"),
    Place("no stand yet", "/{empty}/desk/market/", "crew"),
    Place("a new stand", "/{event}/desk/market/new/", "crew", _open_details),
    Place("a stand refused", "/{empty}/desk/market/new/", "crew", _send),
    Place("a session prepared at a stand", "/ogt-2020/desk/market/", "crew", session_at_stand),
    Place("a list of exhibitors", "/ogt-2020/desk/market/list/", "crew", list_of_booths),
    Place("hours of the market", "/{empty}/desk/market/hours/", "crew"),
    Place("what was proposed", "/{event}/desk/contributions/", "crew", _open_details),
    Place("nothing proposed yet", "/{empty}/desk/contributions/", "crew"),
    Place("a contribution at the desk", "/{event}/desk/contributions/?state=review", "crew", _follow_first),
    Place("the call at the desk", "/{event}/desk/contributions/call/", "crew"),
    Place("the decisions to be told", "/{event}/desk/contributions/tell/", "crew", _open_details),
    Place("who is to be reminded", "/{event}/desk/contributions/remind/", "crew"),
    Place("the page of somebody who speaks", "/{event}/desk/speakers/", "crew", proposals.speakers_page),
    Place("a recording to practise with", "/{event}/desk/speakers/", "crew", proposals.rehearsal_page),
    Place("the Regie", "/{event}/desk/regie/", "crew", _open_details),
    Place("the Regie of an empty event", "/{empty}/desk/regie/", "crew"),
    Place("the price of merging", "/{event}/desk/regie/merge/?topic={open}&other=1", "crew"),
    Place("the planning", "/{event}/desk/planning/?plan=1", "crew", _open_details),
    Place("the planning of an empty event", "/{empty}/desk/planning/", "crew"),
    Place("two plans side by side", "/{event}/desk/planning/compare/", "crew"),
    Place("every place for a topic", "/{event}/desk/planning/topics/{planned}/", "crew"),
    Place("the rules of the barcamp", "/{event}/desk/rules/", "crew"),
    Place("the announcement of a plan", "/{event}/desk/publish/", "crew"),
    Place("ten minutes later", "/{event}/desk/delay/?minutes=10", "crew"),
    Place("who moves up", "/{event}/desk/slots/{slot}/successors/", "crew"),
    Place("the rehearsal", "/{event}/desk/rehearsal/", "crew"),
    Place("the hall code and the screens", "/{event}/desk/screens/", "crew"),
    Place("the participation cards", "/{event}/desk/cards/", "crew"),
    Place("a card that does not exist", "/{event}/desk/cards/?code=ZZZZZZ", "crew"),
    Place("a card", "/{event}/desk/cards/{card}/", "crew", _enter_card),
    Place("a card of an empty event", "/{empty}/desk/cards/{empty_card}/", "crew", _open_details),
    Place("what can be printed", "/{event}/desk/print/", "crew", _open_details),
    Place("every sheet", "/{event}/desk/print/all/", "crew"),
    Place("the own events", "/accounts/", "crew"),
    Place("the first screen of a new event", "/accounts/", "crew", wizard.begin),
    Place("the days of a new event", "/accounts/", "crew", wizard.days),
    Place("the rooms of a new event", "/accounts/", "crew", wizard.rooms),
    Place("the rhythm of a new event", "/accounts/", "crew", wizard.rhythm),
    Place("the tone of a new event", "/accounts/", "crew", wizard.tone),
    Place("an event like an earlier one", "/accounts/events/like/", "crew", _send),
    Place("the set-up", "/{event}/desk/setup/", "crew", _open_details),
    Place("the set-up of an empty event", "/{empty}/desk/setup/?new=1", "crew"),
    Place("what it is about", "/{event}/desk/setup/texts/event/", "crew"),
    Place("the duties", "/{event}/desk/setup/texts/duties/", "crew"),
    Place("what it is about, refused", "/{event}/desk/setup/texts/event/", "crew", _empty_name),
    Place("the partners", "/{event}/desk/setup/lists/partners/", "crew"),
    Place("the bodies refused", "/{empty}/desk/setup/lists/bodies/", "crew", _send),
    Place("days, slots and rooms", "/{event}/desk/setup/frame/", "crew"),
    Place("another date for a day", "/ogt-2020/desk/setup/frame/", "crew", other_date),
    Place("other times for a slot, refused", "/{empty}/desk/setup/frame/", "crew", slot_backwards),
    Place("another room", "/{event}/desk/setup/frame/rooms/{room}/", "crew"),
    Place("the look", "/{event}/desk/setup/frame/look/", "crew"),
    Place("the team", "/{event}/desk/setup/team/", "crew", _invite),
    Place("the papers", "/{event}/desk/setup/dossier/", "crew"),
    Place("the papers of an empty event", "/{empty}/desk/setup/dossier/", "crew"),
    Place("the second factors", "/accounts/2fa/", "crew"),
    Place("the new password", "/accounts/password/change/", "crew"),
    Place("the sign-out", "/accounts/logout/", "crew"),
)


SCREEN: ViewportSize = {"width": 1280, "height": 720}


def is_page(answer: Response) -> bool:
    """Tell whether an answer is what a browser shows as a page."""
    return answer.request.is_navigation_request() and not 300 <= answer.status < 400


@dataclass(frozen=True)
class Tour:
    """A way through all pages, as each kind of visitor."""

    browser: Browser
    house: House
    codes: dict[str, str]

    def visit(
        self, who: Who, language: str = "de", listen: Callable[[Page], None] | None = None, **options: Any
    ) -> Iterator[tuple[Place, Page]]:
        """Open one page after the other for a visitor, each in its state; `listen` gets the page before it goes anywhere."""
        context = self.browser.new_context(**{"bypass_csp": True, "reduced_motion": "reduce", **options})
        try:
            self.enter(context, who)
            page = context.new_page()
            if listen:
                listen(page)
            for place in PLACES:
                if place.who == who:
                    if who == "anybody":
                        context.clear_cookies()
                    page.set_viewport_size(SCREEN)
                    page.emulate_media(color_scheme=options.get("color_scheme", "light"))
                    self.go(page, place, language)
                    yield place, page
        finally:
            context.close()

    def go(self, page: Page, place: Place, language: str = "de") -> None:
        """Bring a page to a place."""
        page.goto(self.address(place, language))
        if place.do:
            place.do(page)

    def address(self, place: Place, language: str = "de") -> str:
        """Give the address of a place."""
        return self.house.base + ("/en" if language == "en" else "") + place.path.format(**self.codes)

    def enter(self, context: BrowserContext, who: Who) -> None:
        """Make a visitor a participant with a plan, or one of the crew."""
        if who == "crew":
            page = context.new_page()
            page.goto(f"{self.house.base}/demo/{self.house.event}/")
            page.locator(SEND).click()
            page.wait_for_url("**/desk/")
            page.close()
        if who == "participant":
            self._take_part(context)

    def _take_part(self, context: BrowserContext) -> None:
        base, event = self.house.base, self.house.event
        here = {"Origin": base}
        context.request.post(f"{base}/{event}/mine/device/", headers=here)
        for code in (self.codes["planned"], self.codes["cancelled"], self.codes["wanted"]):
            answer = context.request.put(f"{base}/api/v1/events/{event}/topics/{code}/interest", headers=here)
            assert answer.ok, answer.text()
        topic = context.request.post(
            f"{base}/api/v1/events/{event}/topics", headers=here, data={"title": "Das habe ich mitgebracht"}
        )
        assert topic.status == 201, topic.text()
        self.codes["own"] = topic.json()["code"]


def tour(browser: Browser, house: House, empty: House, town: Town) -> Tour:
    """Give the way through all pages of a filled house, with an empty event beside it."""
    house.run(f"from tests.stories.town import search_a_plan as f; f('{house.event}')")
    names = ("planned", "moved", "cancelled", "open", "wanted")
    codes = {name: getattr(town, name)["code"] for name in names}
    sessions = {f"{name}_session": getattr(town, name)["session"] for name in names[:3]}
    codes |= {**frame_codes(house), "empty_card": empty.card()}
    return Tour(browser, house, {"event": house.event, "empty": empty.event, **codes, **sessions})


def frame_codes(house: House) -> dict[str, str]:
    """Give a room, an open slot and a participation card of an event, as addresses name them."""
    state = house.state()
    slot = next(slot for slot in reversed(state["slots"]) if slot["open"])
    return {"room": str(state["rooms"][0]["id"]), "slot": str(slot["id"]), "card": house.card()}
