"""What a sign at a door says: the sessions of its room on the day that runs or comes next."""

from tagwerk.events.models import Event, Room
from tagwerk.programme.cards import SessionCard, SlotRow, grid_of


def of_one_day(rows: list[SlotRow]) -> list[SlotRow]:
    """Keep what is not over of the first day on which anything is left."""
    left = [row for row in rows if row.time != "past"]
    return [row for row in left if row.start.date() == left[0].start.date()]


def door_cards(event: Event, room: Room) -> list[tuple[SessionCard, str]]:
    """Give a room's sessions with where they stand in time; a cancelled one only while nothing took its place."""
    found = []
    for row in of_one_day(grid_of(event).rows()):
        cards = [card for card in row.sessions if card.room_id == room.pk]
        standing = [card for card in cards if not card.is_cancelled] or cards
        found += [(card, row.time) for card in standing[:1]]
    return found
