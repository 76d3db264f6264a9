"""Keeps the house tidy: forgets what has had its time, stores what was counted."""

from datetime import datetime

from django.db import connection
from django.utils import timezone

from tagwerk.events.privacy import forget_traces
from tagwerk.kit.receipts import forget_old_receipts
from tagwerk.people.actions import forget_old_sessions, forget_old_tries
from tagwerk.people.handover import forget_old_codes
from tagwerk.people.inviting import forget_old_invitations
from tagwerk.people.minting import tell_noted
from tagwerk.programme.privacy import forget_contacts
from tagwerk.site.rooms import contributions_panel, market_panel, topics_panel


def tidy() -> None:
    """Delete old receipts, tries, invitations and sign-ins, and the names and devices of events that are long over."""
    try:
        forget_old_receipts()
        forget_old_tries()
        forget_old_codes()
        forget_old_invitations()
        forget_old_sessions()
        forget_persons(timezone.now())
    finally:
        connection.close()


def forget_persons(now: datetime) -> None:
    """Forget the persons whom an event no longer needs, as the rooms' `privacy.py` say and the papers promise."""
    topics_panel().forget_names(now)
    forget_traces(now)
    forget_contacts(now)
    market_panel().forget_contacts(now)
    contributions_panel().tidy(now)


def remind() -> None:
    """Remind those who still owe something to a programme."""
    try:
        contributions_panel().remind()
    finally:
        connection.close()


def watch_hosts() -> None:
    """Notice sessions that run without a sign of their host."""
    try:
        topics_panel().hosts.watch(timezone.now())
    finally:
        connection.close()


def store_counters() -> None:
    """Store what pages counted in memory: a page view itself writes nothing."""
    try:
        topics_panel().store_views()
    finally:
        connection.close()


def tell_devices() -> None:
    """Tell the desks how many devices there are by now."""
    try:
        tell_noted()
    finally:
        connection.close()
