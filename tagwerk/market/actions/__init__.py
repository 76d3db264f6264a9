"""What is done with a market; one file per group of verbs."""

from tagwerk.market.actions.booths import (
    add_booth,
    drop_logo,
    edit_booth,
    move_up,
    order_by_number,
    put_aside,
    remove_booth,
    set_logo,
    set_sessions,
)
from tagwerk.market.actions.copying import copy_booths
from tagwerk.market.actions.listing import take_over
from tagwerk.market.actions.standing import Plan, prepare_at

__all__ = [
    "Plan",
    "add_booth",
    "copy_booths",
    "drop_logo",
    "edit_booth",
    "move_up",
    "order_by_number",
    "prepare_at",
    "put_aside",
    "remove_booth",
    "set_logo",
    "set_sessions",
    "take_over",
]
