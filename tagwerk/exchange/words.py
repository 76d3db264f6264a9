"""Which words of other formats stand for which of ours."""

from collections.abc import Container, Mapping
from typing import TypeVar

from tagwerk.exchange.schedule import Kind, Role, RoomKind, State
from tagwerk.kit.text import folded

LINKS = ("slides", "paper", "web", "blog", "article", "media", "related", "activitypub")
"""Kinds of links that schedule.json v1 and v2 both know."""

Word = TypeVar("Word", Kind, Role, State, str)

ROLES_V2 = {Role.PANELLIST: "GUEST"}
"""Roles that schedule.json v2 calls otherwise than we do."""

TO_V2 = {
    Kind.TALK: "TALK",
    Kind.KEYNOTE: "TALK",
    Kind.PANEL: "DISCUSSION",
    Kind.WORKSHOP: "WORKSHOP",
    Kind.BARCAMP: "DISCUSSION",
    Kind.STAND: "OTHER",
    Kind.ENERGIZER: "PERFORMANCE",
    Kind.BREAK: "OTHER",
    Kind.MARKET: "OTHER",
}

KINDS = {
    Kind.TALK: "talk vortrag lecture presentation präsentation lightning_talk lightningtalk kurzvortrag impuls demo other sonstiges",
    Kind.KEYNOTE: "keynote eröffnung opening closing abschluss begrüßung",
    Kind.PANEL: "panel podium podiumsdiskussion discussion diskussion paneldiscussion gesprächsrunde",
    Kind.WORKSHOP: "workshop tutorial training handson kurs übung game",
    Kind.BARCAMP: "barcamp session barcampsession meeting bof meetup openspace",
    Kind.STAND: "stand booth messestand standsession",
    Kind.ENERGIZER: "energizer performance concert musik konzert show",
    Kind.BREAK: "break pause meta mittagspause kaffeepause lunch mittag einlass",
    Kind.MARKET: "market marktzeit marktplatz visitinghours",
}
STATES = {
    State.PLANNED: "planned confirmed accepted bestätigt angenommen geplant findetstatt",
    State.MOVED: "moved delayed verschoben verlegt",
    State.CANCELLED: "cancelled canceled abgesagt entfällt fälltaus",
}
ROLES = {
    Role.SPEAKER: "speaker vortragende vortragender vortragend sprecher sprecherin referent referentin",
    Role.MODERATOR: "moderator moderation moderatorin moderierende",
    Role.PANELLIST: "panellist panelist podiumsgast aufdempodium",
    Role.CONTRIBUTOR: "contributor mitwirkende mitwirkend beitrag",
    Role.HOST: "host gastgeber gastgeberin themengebende",
    Role.GUEST: "guest gast",
}
ONLINE = {"online", "bbb", "virtual"}
LEVELS = {
    "beginner": "beginner einstieg einsteiger anfänger grundlagen basic fürdeneinstieg",
    "advanced": "advanced fortgeschritten fortgeschrittene vertiefung expert",
}
AIDS = {
    "captions": "captions untertitel untertitelung schriftdolmetschen livecaptions",
    "sign_language": "sign_language signlanguage gebärdensprache dgs gebärdensprachdolmetschen",
    "step_free": "step_free stepfree stufenlos stufenfrei barrierefrei rollstuhl rollstuhlgerecht",
    "loop": "loop induktionsschleife induktion höranlage hearingloop",
}
GONE = {
    "rejected",
    "withdrawn",
    "deleted",
    "draft",
    "submitted",
    "abgelehnt",
    "zurückgezogen",
    "eingereicht",
    "entwurf",
}
"""States of proposals that never came into a programme."""


LONGEST_WORD = 120


def bare(text: str) -> str:
    """Give a word without case, accents, spaces and signs, to look it up."""
    return "".join(c for c in folded(text[:LONGEST_WORD]) if c.isalnum() or c == "_")


def _known(words: Mapping[Word, str]) -> dict[str, Word]:
    return {bare(text): meaning for meaning, texts in words.items() for text in texts.split()}


_KINDS, _STATES, _ROLES = _known(KINDS), _known(STATES), _known(ROLES)
_LEVELS, _AIDS = _known(LEVELS), _known(AIDS)


def kind_of(text: str) -> Kind | None:
    """Give the kind that somebody else's word for it means; the longest beginning that is known decides."""
    words = text.replace("(", " ").split()
    for length in range(len(words), 0, -1):
        if found := _KINDS.get(bare("".join(words[:length]))):
            return found
    return None


def state_of(text: str) -> State | None:
    """Give the state that somebody else's word for it means."""
    return _STATES.get(bare(text))


def role_of(text: str) -> Role | None:
    """Give the role that somebody else's word for it means."""
    return _ROLES.get(bare(text))


def level_of(text: str) -> str:
    """Give our word for a level; the text itself where we have none."""
    return _LEVELS.get(bare(text), text)


def aid_of(text: str) -> str:
    """Give our word for what is done so that all can follow; the text itself where we have none."""
    return _AIDS.get(bare(text), text)


def room_kind_of(text: str) -> RoomKind:
    """Give the kind of a room that somebody else's word means."""
    word = bare(text)
    return RoomKind.ONLINE if word in ONLINE else RoomKind.TABLE if word == "table" else RoomKind.ROOM


def never_came(text: str) -> bool:
    """Tell whether a proposal's state says that it is not, or not yet, in the programme."""
    return bare(text) in GONE


WHOLE_HOUSE = {"de": "Im ganzen Haus", "en": "Whole house"}
"""Under which name a format that wants a room for everything lists what concerns the whole house."""


ANOTHER = "*"  # behind the name of the whole house where a room is called like that


def whole_house(language: str, rooms: Container[str] = ()) -> str:
    """Give the name under which what concerns the whole house stands; no room has it."""
    name = WHOLE_HOUSE.get(language, WHOLE_HOUSE["en"])
    while name in rooms:
        name += ANOTHER
    return name


def is_whole_house(name: str) -> bool:
    """Tell whether a name may be that of the whole house."""
    return name.rstrip(ANOTHER) in WHOLE_HOUSE.values()
