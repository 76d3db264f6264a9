"""What is told needs a ledger to stand in."""

import pytest

from tagwerk.live.actions import tell
from tagwerk.live.models import Change, Stream
from tagwerk.programme.changes import Announced


def test_nothing_is_told_on_a_stream_that_is_not_there(db: None) -> None:
    with pytest.raises(Stream.DoesNotExist):
        tell(0, Announced(code="ABCDEF"))
    assert not Change.objects.exists()
