"""The colours that an event and its themes may have, as css/tokens.css has them in the light."""

from collections.abc import Mapping

COLOURS: Mapping[str, str] = {
    "blau": "#1d4fb8",
    "petrol": "#0a6070",
    "gruen": "#1f6b35",
    "oliv": "#565a12",
    "orange": "#8f450a",
    "rot": "#ad241c",
    "beere": "#a01c5f",
    "violett": "#6a35b0",
}
