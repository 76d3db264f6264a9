"""What stands hold on to: answers for lower floors, before they take something away."""

from tagwerk.market.models import Booth, BoothSession


def is_at_stand(session: int) -> bool:
    """Tell whether a session was given to a stand, be it put aside."""
    return BoothSession.objects.filter(session=session).exists()


def stands_in(room: int) -> list[str]:
    """Give the names of the stands in a room, of those put aside too, in their order."""
    return list(Booth.objects.filter(room=room).values_list("name", flat=True))
