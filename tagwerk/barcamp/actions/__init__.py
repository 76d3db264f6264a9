"""What is done with topics; one file per group of verbs."""

from tagwerk.barcamp.actions.applying import apply_plan, take_plan_back
from tagwerk.barcamp.actions.backing import back, come, count_anew, stay_away, take_back, take_everything_back
from tagwerk.barcamp.actions.choosing import choose, follow_frame
from tagwerk.barcamp.actions.copying import copy_settings
from tagwerk.barcamp.actions.deciding import (
    admit,
    decline,
    follow_restored,
    park,
    put_aside_again,
    reopen,
    take_admission_back,
    take_decision_back,
)
from tagwerk.barcamp.actions.following import follow_days
from tagwerk.barcamp.actions.hands import count_hands
from tagwerk.barcamp.actions.hosting import alarm_missing_hosts, give_back, sign, sum_up_own, take_over, vouch
from tagwerk.barcamp.actions.joining import count_remote_anew, join_wishes
from tagwerk.barcamp.actions.merging import merge, offer_twice, price_of_merging, split
from tagwerk.barcamp.actions.on_cards import Entered, back_numbers
from tagwerk.barcamp.actions.pairing import check_pairs, pair, set_theme, unpair
from tagwerk.barcamp.actions.planning import Outcome, plan
from tagwerk.barcamp.actions.proposing import adopt, edit, open_barcamp, propose, withdraw
from tagwerk.barcamp.actions.publishing import publish, unpublish
from tagwerk.barcamp.actions.rounds import begin_pitching, begin_round, drop_round, enter_round_phase, take_phase_back
from tagwerk.barcamp.actions.ruling import rules_of, set_rules
from tagwerk.barcamp.actions.searching import drop_plan, stop_search
from tagwerk.barcamp.actions.sketching import sketch
from tagwerk.barcamp.actions.stage import call_next, call_number, call_out, follow_on_stage, give_time, mark_absent
from tagwerk.barcamp.actions.stepping import undo_step
from tagwerk.barcamp.actions.successors import fetch_successor, send_back, successors

__all__ = [
    "Entered",
    "Outcome",
    "admit",
    "adopt",
    "alarm_missing_hosts",
    "apply_plan",
    "back",
    "back_numbers",
    "begin_pitching",
    "begin_round",
    "call_next",
    "call_number",
    "call_out",
    "check_pairs",
    "choose",
    "come",
    "copy_settings",
    "count_anew",
    "count_hands",
    "count_remote_anew",
    "decline",
    "drop_plan",
    "drop_round",
    "edit",
    "enter_round_phase",
    "fetch_successor",
    "follow_days",
    "follow_frame",
    "follow_on_stage",
    "follow_restored",
    "give_back",
    "give_time",
    "join_wishes",
    "mark_absent",
    "merge",
    "offer_twice",
    "open_barcamp",
    "pair",
    "park",
    "plan",
    "price_of_merging",
    "propose",
    "publish",
    "put_aside_again",
    "reopen",
    "rules_of",
    "send_back",
    "set_rules",
    "set_theme",
    "sign",
    "sketch",
    "split",
    "stay_away",
    "stop_search",
    "successors",
    "sum_up_own",
    "take_admission_back",
    "take_back",
    "take_decision_back",
    "take_everything_back",
    "take_over",
    "take_phase_back",
    "take_plan_back",
    "undo_step",
    "unpair",
    "unpublish",
    "vouch",
    "withdraw",
]
