"""What is done with the programme; one file per group of verbs."""

from tagwerk.programme.actions.absences import note_absence, withdraw_absence
from tagwerk.programme.actions.announcing import announce, withdraw_announcement
from tagwerk.programme.actions.copying import clear, copy_fixed
from tagwerk.programme.actions.delaying import delay, forecast, take_delay_back
from tagwerk.programme.actions.drafting import (
    delete_draft,
    draft,
    drop_draft,
    edit,
    lift_embargoes,
    put_draft,
    set_embargo,
    set_parts,
)
from tagwerk.programme.actions.filling import mark_full
from tagwerk.programme.actions.hiding import hide, show_again
from tagwerk.programme.actions.hosting import host_found, search_host
from tagwerk.programme.actions.importing import keep_import, take_over
from tagwerk.programme.actions.materials import add_slides, publish_slides, remove_slides, set_portrait
from tagwerk.programme.actions.noticing import give_notices, has_changed, note_plan
from tagwerk.programme.actions.pinning import pin_again, pin_slot
from tagwerk.programme.actions.preparing import Prepared, prepare
from tagwerk.programme.actions.publishing import publish
from tagwerk.programme.actions.rearranging import Move, rearrange
from tagwerk.programme.actions.reframing import (
    change_day,
    change_slot,
    put_back,
    remove_day,
    remove_room,
    remove_slot,
    sessions_in,
)
from tagwerk.programme.actions.releasing import Obstacle, clash_sentence, obstacles, release, take_release_back
from tagwerk.programme.actions.sessions import (
    add_session,
    cancel,
    check_hosts,
    move,
    pin,
    place,
    restore,
    schedule,
    take_out,
)
from tagwerk.programme.actions.speakers import (
    add_speaker,
    add_track,
    edit_speaker,
    remove_speaker,
    replace_by_name,
    replace_speaker,
    speaker_named,
)
from tagwerk.programme.actions.summing_up import LONGEST_INSIGHT, sum_up
from tagwerk.programme.actions.swapping import swap_places
from tagwerk.programme.actions.taking_back import take_import_back
from tagwerk.programme.actions.times import days_of, no_such_day, slot_at, tidy_slot

__all__ = [
    "LONGEST_INSIGHT",
    "Move",
    "Obstacle",
    "Prepared",
    "add_session",
    "add_slides",
    "add_speaker",
    "add_track",
    "announce",
    "cancel",
    "change_day",
    "change_slot",
    "check_hosts",
    "clash_sentence",
    "clear",
    "copy_fixed",
    "days_of",
    "delay",
    "delete_draft",
    "draft",
    "drop_draft",
    "edit",
    "edit_speaker",
    "forecast",
    "give_notices",
    "has_changed",
    "hide",
    "host_found",
    "keep_import",
    "lift_embargoes",
    "mark_full",
    "move",
    "no_such_day",
    "note_absence",
    "note_plan",
    "obstacles",
    "pin",
    "pin_again",
    "pin_slot",
    "place",
    "prepare",
    "publish",
    "publish_slides",
    "put_back",
    "put_draft",
    "rearrange",
    "release",
    "remove_day",
    "remove_room",
    "remove_slides",
    "remove_slot",
    "remove_speaker",
    "replace_by_name",
    "replace_speaker",
    "restore",
    "schedule",
    "search_host",
    "sessions_in",
    "set_embargo",
    "set_parts",
    "set_portrait",
    "show_again",
    "slot_at",
    "speaker_named",
    "sum_up",
    "swap_places",
    "take_delay_back",
    "take_import_back",
    "take_out",
    "take_over",
    "take_release_back",
    "tidy_slot",
    "withdraw_absence",
    "withdraw_announcement",
]
