"""What is done with a call and with what is proposed; one file per group of verbs."""

from tagwerk.contributions.actions.calling import close_call, open_call, write_call
from tagwerk.contributions.actions.caring import (
    care,
    hand_in,
    have_seen,
    note_news,
    release_recording,
    show_face,
    take_slides_back,
)
from tagwerk.contributions.actions.deciding import decide, draft_again, namesake, note_told, take_back, withdraw
from tagwerk.contributions.actions.keys import arrive, author_by, author_of, new_key, readdress
from tagwerk.contributions.actions.proposing import edit, propose, propose_more
from tagwerk.contributions.actions.rehearsing import take_file_back, take_in
from tagwerk.contributions.actions.reviewing import remark, score, take_remark_back
from tagwerk.contributions.actions.writing import (
    begins_at,
    given_by,
    owing,
    remind_reviewers,
    remind_speakers,
    send_link,
    send_links_again,
    tell_decisions,
    thank,
    untold,
)

__all__ = [
    "arrive",
    "author_by",
    "author_of",
    "begins_at",
    "care",
    "close_call",
    "decide",
    "draft_again",
    "edit",
    "given_by",
    "hand_in",
    "have_seen",
    "namesake",
    "new_key",
    "note_news",
    "note_told",
    "open_call",
    "owing",
    "propose",
    "propose_more",
    "readdress",
    "release_recording",
    "remark",
    "remind_reviewers",
    "remind_speakers",
    "score",
    "send_link",
    "send_links_again",
    "show_face",
    "take_back",
    "take_file_back",
    "take_in",
    "take_remark_back",
    "take_slides_back",
    "tell_decisions",
    "thank",
    "untold",
    "withdraw",
    "write_call",
]
