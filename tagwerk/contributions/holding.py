"""What contributions hold on to: answers for lower floors, before they take something away."""

from tagwerk.contributions.models import Submission


def is_contribution(session: int) -> bool:
    """Tell whether a session is what became of a contribution."""
    return Submission.objects.filter(session=session).exists()
