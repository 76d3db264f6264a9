"""The wiring table of the house: who renders which change, what follows it, what stands in the navigation."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from tagwerk.events.models import Event
from tagwerk.people.actors import rights_version

__all__ = [
    "ADDRESSES",
    "ANSWERS",
    "NAVIGATION",
    "REACTIONS",
    "RENDERERS",
    "any_stream",
    "public_stream",
    "rights_version",
]

_TELLING = "tagwerk.site.telling"
_TELLING_TIMES = "tagwerk.site.telling_times"
_TOPICS = "tagwerk.site.telling_topics"
_ROUND = "tagwerk.site.telling_round"
_HOUSE = "tagwerk.site.telling_house"
_WALLS = "tagwerk.site.telling_walls"
_STAGE = "tagwerk.site.telling_stage"
_PAIRS = "tagwerk.barcamp.actions.check_pairs"
_QUEUE = "tagwerk.barcamp.actions.follow_on_stage"

# Change -> what adds title, text and html to its message: (stream, fact, audience) -> fields
RENDERERS: Mapping[str, str] = {
    "barcamp.TopicProposed": f"{_TOPICS}.new_topic",
    "barcamp.TopicEdited": f"{_TOPICS}.topic_and_place",
    "barcamp.TopicAdopted": f"{_TOPICS}.topic",
    "barcamp.TopicBacked": f"{_TOPICS}.count",
    "barcamp.TopicBackedQuietly": f"{_TOPICS}.count",
    "barcamp.TopicQualified": f"{_TOPICS}.topic",
    "barcamp.TopicPlanned": f"{_TOPICS}.topic_and_place",
    "barcamp.TopicUnplanned": f"{_TOPICS}.topic_out_of_place",
    "barcamp.TopicUnplaced": f"{_TOPICS}.topic",
    "barcamp.TopicClosed": f"{_TOPICS}.topic_and_place",
    "events.SlotsShifted": f"{_TELLING_TIMES}.shifted",
    "events.SlotAnchored": f"{_TELLING_TIMES}.anchored",
    "programme.HostMissing": f"{_TELLING}.session",
    "programme.HostFound": f"{_TELLING}.session",
    "barcamp.TopicSketched": f"{_TOPICS}.topic",
    "barcamp.RoundPhaseChanged": f"{_ROUND}.phase",
    "barcamp.PlanPublished": f"{_ROUND}.plan",
    "barcamp.PlanWithdrawn": f"{_ROUND}.plan",
    "people.DevicesCounted": f"{_HOUSE}.devices",
    "people.HouseCounted": f"{_HOUSE}.devices",
    "people.BudgetChanged": f"{_HOUSE}.devices",
    "events.WallsSwitched": f"{_WALLS}.walls",
    "barcamp.StageStepped": f"{_STAGE}.step",
    "barcamp.HandsCounted": f"{_STAGE}.hands",
    "barcamp.TopicMerged": f"{_STAGE}.pair",
    "barcamp.TopicSplit": f"{_STAGE}.pair",
    "barcamp.TopicTwice": f"{_TOPICS}.topic_and_place",
    "events.RoomSwitched": f"{_STAGE}.regie_head",
    "programme.SessionScheduled": f"{_TELLING}.session",
    "programme.SessionEdited": f"{_TELLING}.session",
    "programme.SessionMoved": f"{_TELLING}.session",
    "programme.SessionsRearranged": f"{_TELLING}.rearranged",
    "programme.ProgrammeReleased": "tagwerk.site.telling_release.released",
    "programme.ProgrammeHidden": "tagwerk.site.telling_release.hidden",
    "market.BoothChanged": "tagwerk.site.telling_market.booth",
    "market.BoothPutAside": "tagwerk.site.telling_market.booth",
    "programme.HostTimesSaid": f"{_TELLING}.host_times",
    "barcamp.TopicsPaired": f"{_TOPICS}.pair",
    "barcamp.TopicThemed": f"{_TOPICS}.topic_and_place",
    "programme.SessionCancelled": f"{_TELLING}.session",
    "programme.SessionRestored": f"{_TELLING}.session",
    "programme.SessionPinned": f"{_TELLING}.session",
    "programme.SessionsPinned": f"{_TELLING}.pinned_together",
    "programme.SessionFull": f"{_TELLING}.session",
    "programme.SessionSummedUp": f"{_TELLING}.insight",
    "programme.Announced": f"{_TELLING}.announcement",
    "programme.AnnouncementWithdrawn": f"{_TELLING}.announcement",
}

# Change -> actions of other rooms that follow in the same transaction: (stream, fact, actor)
REACTIONS: Mapping[str, tuple[str, ...]] = {
    "people.DeviceVerified": ("tagwerk.barcamp.actions.count_anew",),
    "people.DevicesJoined": ("tagwerk.barcamp.actions.join_wishes",),
    "people.PresenceChanged": ("tagwerk.barcamp.actions.count_remote_anew",),
    "events.RoomSwitched": ("tagwerk.barcamp.actions.follow_frame",),
    "events.FrameReshaped": ("tagwerk.barcamp.actions.follow_days", "tagwerk.barcamp.actions.follow_frame"),
    "programme.HostTimesSaid": ("tagwerk.barcamp.actions.follow_frame",),
    "barcamp.TopicsPaired": ("tagwerk.barcamp.actions.follow_frame",),
    "programme.ProgrammeReleased": ("tagwerk.barcamp.actions.follow_frame",),
    "programme.SessionMoved": (_PAIRS,),
    "programme.SessionsRearranged": (_PAIRS,),
    "programme.SessionRestored": (_PAIRS, "tagwerk.barcamp.actions.follow_restored"),
    "barcamp.TopicPlanned": (_PAIRS,),
    "barcamp.TopicProposed": (_QUEUE,),
    "barcamp.TopicEdited": (_QUEUE,),
    "barcamp.TopicAdopted": (_QUEUE,),
    "barcamp.TopicClosed": (_QUEUE,),
    "barcamp.TopicMerged": (_QUEUE,),
    "barcamp.TopicSplit": (_QUEUE,),
}

# Addresses that a lower floor shows without knowing the room behind them
ADDRESSES: Mapping[str, str] = {
    "mine": "site:mine",
    "coming": "barcamp:coming",
    "session_calendar": "site:session_calendar",
    "take_over": "barcamp:take_over",
    "privacy": "site:privacy",
    "contributions_desk": "site:desk_contributions",
}

# What a lower floor asks of the room above without knowing it: question -> function
ANSWERS: Mapping[str, str] = {
    "crowds": "tagwerk.barcamp.expecting.ranges",
    "stand": "tagwerk.market.cards.stand_of",
    "stands_in": "tagwerk.market.holding.stands_in",
    "is_at_stand": "tagwerk.market.holding.is_at_stand",
    "is_contribution": "tagwerk.contributions.holding.is_contribution",
}

# What stands in the tab bar, in its order: address name -> label and icon
NAVIGATION = (
    ("site:home", _("Jetzt"), "now"),
    ("barcamp:topics", _("Themen"), "topics"),
    ("programme:schedule", _("Programm"), "schedule"),
    ("market:market", _("Marktplatz"), "market"),
    ("site:mine", _("Mein Plan"), "mine"),
)


def any_stream(slug: str) -> int | None:
    """Give the stream of an event, be it a draft; None when there is none."""
    return Event.objects.at(slug).values_list("realm_id", flat=True).first()


def public_stream(slug: str) -> int | None:
    """Give the stream of an event that everybody may hear; None when there is none."""
    return Event.objects.at(slug).public().values_list("realm_id", flat=True).first()
