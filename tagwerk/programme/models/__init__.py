"""Sessions, where they stand, who speaks, and what was told of it; one file per group."""

from tagwerk.programme.models.absences import Absence
from tagwerk.programme.models.editions import Edition, Import, Programme, TakenImport
from tagwerk.programme.models.sessions import DraftPlace, Embargo, Placement, Session, SessionQuerySet
from tagwerk.programme.models.speakers import Material, Participation, Portrait, Speaker
from tagwerk.programme.models.telling import Announcement, CalendarEntry, Notice
from tagwerk.programme.models.tracks import Track

__all__ = [
    "Absence",
    "Announcement",
    "CalendarEntry",
    "DraftPlace",
    "Edition",
    "Embargo",
    "Import",
    "Material",
    "Notice",
    "Participation",
    "Placement",
    "Portrait",
    "Programme",
    "Session",
    "SessionQuerySet",
    "Speaker",
    "TakenImport",
    "Track",
]
