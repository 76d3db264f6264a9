"""Every address of the house; rooms that are closed are skipped."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from tagwerk.kit.language import in_both_languages
from tagwerk.live.wiring import is_open
from tagwerk.site import (
    about,
    app,
    board,
    cloning,
    demo_door,
    desk,
    desk_day,
    desk_import,
    desk_programme,
    desk_rehearsal,
    desk_speakers,
    desk_times,
    desk_walls,
    duties,
    feeds,
    handover,
    house,
    invitation,
    join,
    my_calendar,
    own_events,
    pages,
    screens,
    setup,
    setup_frame,
    setup_lists,
    since,
    snapshot,
    team,
    wizard,
)
from tagwerk.site.accounts.urls import patterns as accounts
from tagwerk.site.api import api
from tagwerk.site.dossier import views as dossier
from tagwerk.site.paper import folder
from tagwerk.site.paper import views as paper

handler400 = "tagwerk.site.refusing.bad_request"
handler403 = "tagwerk.site.refusing.forbidden"
handler404 = "tagwerk.site.refusing.not_found"
handler429 = "tagwerk.site.refusing.too_many"
handler500 = "tagwerk.site.refusing.server_error"

desk_patterns: list[URLPattern | URLResolver] = [
    path("", desk.desk, name="desk"),
    path("live-token/", desk.live_token, name="live-token"),
    path("rooms/", desk.swap, name="desk_swap"),
    path("announce/", desk.announce, name="desk_announce"),
    path("announcements/<str:code>/withdraw/", desk.withdraw_announcement, name="desk_withdraw"),
    path("undo/", desk.undo, name="desk_undo"),
    path("people/", house.people, name="desk_people"),
    path("budget/", house.budget, name="desk_budget"),
    path("rehearsal/", desk_rehearsal.page, name="desk_rehearsal"),
    path("programme/", desk_programme.programme, name="desk_programme"),
    path("programme/new/", desk_programme.new, name="desk_new_session"),
    path("programme/release/", desk_programme.release, name="desk_release"),
    path("programme/hide/", desk_programme.hide, name="desk_hide"),
    path("programme/import/", desk_import.page, name="desk_import"),
    path("programme/editions/", desk_import.editions, name="desk_editions"),
    path("programme/<str:code>/", desk_programme.edit, name="desk_session"),
    path("programme/<str:code>/drop/", desk_programme.drop, name="desk_drop"),
    path("programme/<str:code>/swap/", desk_programme.swap, name="desk_swap"),
    path("speakers/", desk_speakers.speakers, name="desk_speakers"),
    path("speakers/new/", desk_speakers.new, name="desk_new_speaker"),
    path("speakers/<str:code>/", desk_speakers.edit, name="desk_speaker"),
    path("speakers/<str:code>/remove/", desk_speakers.remove, name="desk_remove_speaker"),
    path("speakers/<str:code>/replace/", desk_speakers.replace, name="desk_replace_speaker"),
    path("setup/", setup.setup, name="setup"),
    path("setup/phase/", setup.phase, name="setup_phase"),
    path("setup/team/", team.team, name="team"),
    path("setup/dossier/", dossier.page, name="dossier"),
    path("setup/dossier.pdf", dossier.pdf, name="dossier_pdf"),
    path("setup/template.json", cloning.template, name="template"),
    path("setup/texts/<slug:part>/", setup.part, name="setup_part"),
    path("setup/frame/", setup_frame.overview, name="setup_frame"),
    path("setup/frame/look/", setup_frame.look, name="setup_look"),
    path("setup/frame/<slug:kind>/new/", setup_frame.new, name="setup_frame_new"),
    path("setup/frame/<slug:kind>/<int:number>/", setup_frame.edit, name="setup_frame_part"),
    path("setup/lists/<slug:kind>/", setup_lists.entries, name="setup_list"),
    path("setup/lists/<slug:kind>/<int:number>/", setup_lists.entry, name="setup_entry"),
    path("setup/logos/<slug:digest>.png", setup_lists.logo, name="setup_logo"),
    path("print/", paper.hub, name="print"),
    path("print/cards/new/", paper.new_cards, name="print_new_cards"),
    path("print/<slug:what>/", paper.sheet, name="print_sheet"),
    path("folder/", folder.folder, name="desk_folder"),
    path("screens/", screens.screens, name="desk_screens"),
    path("walls/", desk_walls.walls, name="desk_walls"),
    path("disruption/", desk_walls.disrupt, name="desk_disruption"),
    path("sessions/<str:code>/full/", desk_walls.full, name="desk_full"),
    path("sessions/<str:code>/insight/", desk_walls.insight, name="desk_insight"),
    path("sessions/<str:code>/move/", desk.move, name="desk_move"),
    path("sessions/<str:code>/times/", desk_times.of_session, name="desk_times"),
    path("topics/<str:code>/times/", desk_times.of_topic, name="desk_topic_times"),
    path("sessions/<str:code>/pin/", desk.pin, name="desk_pin"),
    path("sessions/<str:code>/cancel/", desk.cancel, name="desk_cancel"),
    path("sessions/<str:code>/restore/", desk.restore, name="desk_restore"),
    path("delay/", desk_day.delay, name="desk_delay"),
    path("slots/<int:number>/anchor/", desk_day.anchor, name="desk_anchor"),
]
rooms: list[URLPattern | URLResolver] = [path("<slug:slug>/", include("tagwerk.programme.urls"))]
if is_open("tagwerk.market"):
    from tagwerk.site import desk_market, desk_market_session

    desk_patterns += [
        path("market/", desk_market.booths, name="desk_market"),
        path("market/new/", desk_market.new, name="desk_new_booth"),
        path("market/list/", desk_market.listed, name="desk_market_list"),
        path("market/order/", desk_market.order, name="desk_market_order"),
        path("market/hours/", desk_market.hours, name="desk_market_hours"),
        path("market/logos/<slug:digest>.png", desk_market.logo, name="desk_booth_logo"),
        path("market/<str:code>/", desk_market.edit, name="desk_booth"),
        path("market/<str:code>/aside/", desk_market.aside, name="desk_booth_aside"),
        path("market/<str:code>/sessions/new/", desk_market_session.new, name="desk_booth_session"),
        path("market/<str:code>/remove/", desk_market.remove, name="desk_booth_remove"),
        path("market/<str:code>/up/", desk_market.up, name="desk_booth_up"),
    ]
    rooms.append(path("<slug:slug>/", include("tagwerk.market.urls")))
if is_open("tagwerk.barcamp"):
    from tagwerk.site import (
        desk_cards,
        desk_compare,
        desk_hosts,
        desk_places,
        desk_planning,
        desk_rhythm,
        desk_stage,
        desk_topics,
        regie,
    )

    desk_patterns += [
        path("plan/", desk_topics.plan, name="desk_plan"),
        path("planning/", desk_planning.planning, name="desk_planning"),
        path("planning/search/", desk_planning.search, name="desk_search"),
        path("planning/prove/", desk_planning.prove, name="desk_prove"),
        path("planning/prices/", desk_planning.prices, name="desk_prices"),
        path("planning/hold/", desk_planning.hold, name="desk_hold"),
        path("planning/compare/", desk_compare.compare, name="desk_compare"),
        path("planning/topics/<str:code>/", desk_places.places, name="desk_places"),
        path("planning/<int:number>/", desk_planning.decide, name="desk_plan_decide"),
        path("rounds/", desk_rhythm.begin, name="desk_rounds"),
        path("phase/", desk_rhythm.phase, name="desk_phase"),
        path("threshold/", desk_rhythm.threshold, name="desk_threshold"),
        path("publish/", desk_rhythm.publish, name="desk_publish"),
        path("rules/", desk_rhythm.rules, name="desk_rules"),
        path("topics/<str:code>/", desk_topics.decide, name="desk_topic"),
        path("cards/", desk_cards.cards, name="desk_cards"),
        path("cards/<str:code>/", desk_cards.card, name="desk_card"),
        path("cards/<str:code>/topic/", desk_cards.topic, name="desk_card_topic"),
        path("sessions/<str:code>/vouch/", desk_hosts.vouch, name="desk_vouch"),
        path("slots/<int:slot>/successors/", desk_hosts.successors, name="desk_successors"),
        path("stage/", desk_stage.stage, name="desk_stage"),
        path("regie/", regie.regie, name="desk_regie"),
        path("regie/merge/", regie.merge, name="desk_merge"),
        path("regie/topics/<str:code>/", regie.decide, name="desk_regie_topic"),
    ]
    rooms.append(path("<slug:slug>/", include("tagwerk.barcamp.urls")))
if is_open("tagwerk.contributions"):
    from tagwerk.site import desk_call, desk_contributions, desk_own_page

    desk_patterns += [
        path("contributions/", desk_contributions.contributions, name="desk_contributions"),
        path("contributions/call/", desk_call.call, name="desk_call"),
        path("contributions/tell/", desk_call.tell, name="desk_tell"),
        path("contributions/remind/", desk_call.remind, name="desk_remind"),
        path("contributions/<str:code>/", desk_contributions.contribution, name="desk_contribution"),
        path("speakers/<str:code>/link/", desk_own_page.link, name="desk_own_page"),
        path("speakers/<str:code>/slides/<str:slides>/", desk_own_page.slides, name="desk_slides"),
        path("speakers/<str:code>/rehearsal/", desk_own_page.rehearsal_file, name="desk_rehearsal_file"),
        path("speakers/<str:code>/<slug:digest>.jpg", desk_own_page.portrait, name="desk_portrait"),
    ]
    rooms.append(path("<slug:slug>/", include("tagwerk.contributions.urls")))

event_patterns: list[URLPattern | URLResolver] = [
    path("", pages.home, name="home"),
    path("mine/", pages.my_plan, name="mine"),
    path("mine/device/", pages.device, name="device"),
    path("mine/forget/", pages.forget, name="forget"),
    path("mine/presence/", handover.presence, name="presence"),
    path("mine/code/", handover.code, name="mine_code"),
    path("mine/code/show/", handover.show_code, name="mine_show_code"),
    path("mine/calendar/", my_calendar.renew, name="feed_renew"),
    path("mine/<str:secret>.ics", my_calendar.feed, name="feed"),
    path("sessions/<str:code>/session.ics", my_calendar.session, name="session_calendar"),
    path("since/<int:revision>/", since.changed, name="since"),
    path("since/<int:revision>/<int:room>/", since.changed, name="since_room"),
    path("about/", about.about, name="about"),
    path("venue/", about.venue, name="venue"),
    path("imprint/", about.imprint, name="event_imprint"),
    path("privacy/", about.privacy, name="event_privacy"),
    path("accessibility/", about.accessibility, name="event_accessibility"),
    path("partners/<slug:digest>.png", about.logo, name="logo"),
    path("join/", join.join, name="join"),
    path("feed.atom", feeds.atom, name="feed_atom"),
    path("feed.json", feeds.json, name="feed_json"),
    path("board/", board.board, name="board"),
    path("board/pair/", screens.ask, name="board_pair"),
    path("board/code/", screens.code, name="board_code"),
    path("board/foyer/", board.foyer, name="foyer"),
    path("board/sw.js", board.worker, name="board_worker"),
    path("board/<int:room>/", board.door, name="door"),
    path("manifest.webmanifest", app.manifest, name="manifest"),
    path("icons/<str:size>", app.icon, name="icon"),
    path("sw.js", app.worker, name="worker"),
    path("offline/", app.offline, name="offline"),
    path("snapshot.json", snapshot.snapshot, name="snapshot"),
    path("desk/", include(desk_patterns)),
]
site_patterns: list[URLPattern | URLResolver] = [
    path("", pages.events, name="events"),
    path("imprint/", duties.imprint, name="imprint"),
    path("privacy/", duties.privacy, name="privacy"),
    path("accessibility/", duties.accessibility, name="accessibility"),
    path("accounts/", own_events.page, name="own_events"),
    path("accounts/events/new/", wizard.begin, name="wizard_begin"),
    path("accounts/events/like/", cloning.like, name="like"),
    path("accounts/events/<int:number>/drop/", wizard.drop, name="wizard_drop"),
    path("accounts/events/<int:number>/<slug:name>/", wizard.screen, name="wizard"),
    path("accounts/invitation/", invitation.join, name="join_crew"),
    path("accounts/invitation/<str:secret>/", invitation.arrive, name="invitation"),
    path("demo/<slug:slug>/", demo_door.door, name="demo-door"),
    path("<slug:slug>/", include(event_patterns)),
]
urlpatterns = [
    path("healthz", duties.healthz),
    path("readyz", duties.readyz),
    path("api/v1/", api.urls),
    *in_both_languages(
        path("accounts/", include(accounts)),
        path("", include((site_patterns, "site"))),
        *rooms,
        re_path(r"^(?P<rest>.*[^/])$", duties.with_slash),
    ),
]
