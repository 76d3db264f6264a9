"""Tells changes of the market to open pages: a session's own page names its stand. Pages of the market fetch themselves."""

from tagwerk.live.changes import CREW, Fact
from tagwerk.live.wiring import Render
from tagwerk.market.changes import BoothChanged, BoothPutAside
from tagwerk.programme.cards import grid_of
from tagwerk.site import fragments
from tagwerk.site.telling import event_of


def booth(stream: int, fact: Fact) -> Render:
    """Render the public sessions that happen at a stand, or did until now, as their own pages show them."""
    if not isinstance(fact, BoothChanged | BoothPutAside):
        raise TypeError(fact)
    if not fact.sessions:
        return lambda _audience: {}
    event = event_of(stream)
    grid = grid_of(event)
    public = {session.code for sessions in grid.sessions.values() for session in sessions}
    codes = [code for code in fact.sessions if code in public]

    def render(audience: str) -> dict[str, str]:
        html = "".join(fragments.whole_session(event, grid.card(code)) for code in codes if audience != CREW)
        return {"html": html} if html else {}

    return render
