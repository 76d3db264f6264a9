"""What is done with topics; one file per group of verbs."""

from tagwerk.barcamp.actions.backing import back, come, count_anew, stay_away, take_back, take_everything_back
from tagwerk.barcamp.actions.choosing import choose
from tagwerk.barcamp.actions.deciding import admit, decline, follow_restored, park, reopen
from tagwerk.barcamp.actions.planning import Outcome, plan
from tagwerk.barcamp.actions.proposing import adopt, edit, open_barcamp, propose, withdraw
from tagwerk.barcamp.actions.publishing import publish, unpublish
from tagwerk.barcamp.actions.rounds import begin_round, drop_round, enter_round_phase
from tagwerk.barcamp.actions.ruling import rules_of, set_rules
from tagwerk.barcamp.actions.sketching import sketch

__all__ = [
    "Outcome",
    "admit",
    "adopt",
    "back",
    "begin_round",
    "choose",
    "come",
    "count_anew",
    "decline",
    "drop_round",
    "edit",
    "enter_round_phase",
    "follow_restored",
    "open_barcamp",
    "park",
    "plan",
    "propose",
    "publish",
    "reopen",
    "rules_of",
    "set_rules",
    "sketch",
    "stay_away",
    "take_back",
    "take_everything_back",
    "unpublish",
    "withdraw",
]
