"""What is done with topics; one file per group of verbs."""

from tagwerk.barcamp.actions.backing import back, come, count_anew, stay_away, take_back, take_everything_back
from tagwerk.barcamp.actions.deciding import admit, decline, follow_restored, park, reopen
from tagwerk.barcamp.actions.planning import Outcome, plan
from tagwerk.barcamp.actions.proposing import adopt, edit, open_barcamp, propose, withdraw

__all__ = [
    "Outcome",
    "admit",
    "adopt",
    "back",
    "come",
    "count_anew",
    "decline",
    "edit",
    "follow_restored",
    "open_barcamp",
    "park",
    "plan",
    "propose",
    "reopen",
    "stay_away",
    "take_back",
    "take_everything_back",
    "withdraw",
]
