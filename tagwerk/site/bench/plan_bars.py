"""What the planner has to reach on the reference files, and the best values known of them."""

PARTS = ("greedy", "served-2", "served-10", "served-60", "seated-2", "seated-10", "lost", "live", "proof")

BEST = {
    "bc-S-1": {"served": 233, "seated": 229},
    "bc-M-1": {"served": 1_616, "seated": 1_555},
    "bc-L-1": {"served": 10_420, "seated": 9_850},
    "bc-XL-1": {"served": 41_500, "seated": 38_500},
    "pb-zurich-d10": {"served": 618, "seated": 618},
    "pb-adler-2021": {"served": 711, "seated": 711},
    "pb-amsterdam-166": {"served": 2_076, "seated": 2_076},
    "pb-warszawa-zoliborz-2023": {"served": 10_997, "seated": 10_997},
}
"""People served and seated: the most that was ever found, or hoped for."""

BARS = {
    "bc-S-1": {"served-10": 233, "seated-10": 228, "proof": 233},
    "bc-M-1": {"served-2": 1_600, "served-10": 1_608, "seated-10": 1_534, "proof": 1_649},
    "bc-L-1": {"served-2": 10_330, "served-10": 10_352, "seated-10": 9_739},
    "bc-XL-1": {"served-2": 40_900, "served-10": 41_150, "seated-10": 37_798},
    "pb-zurich-d10": {"served-10": 618, "proof": 619},
    "pb-adler-2021": {"served-10": 711, "proof": 711},
    "pb-amsterdam-166": {"served-10": 2_074},
    "pb-warszawa-zoliborz-2023": {"served-10": 10_996},
}
"""At least so many people by objective and seconds; a proof comes down to at most so many."""

CLASH_FREE = {"served-2": 0.99, "served-60": 1.0}
"""Shares of all wishes, for timetables of courses that are known to exist without a clash."""
PROOF_SECONDS = {"bc-S-1": 30.0, "pb-adler-2021": 120.0}


def best_of(name: str, objective: str, trivial: int) -> int:
    """Give the best value known of a file, 0 if none is; where a perfect plan exists, that is all wishes."""
    is_perfect = objective == "served" and (name.startswith("itc2007") or name.endswith("-planted"))
    return trivial if is_perfect else BEST.get(name, {}).get(objective, 0)


def bar_of(name: str, part: str, trivial: int) -> int | None:
    """Give what a part has to reach; None where nothing was set."""
    if name.startswith("itc2007") and part in CLASH_FREE:
        return int(CLASH_FREE[part] * trivial)
    if name.endswith("-planted") and part == "served-10":
        return trivial
    return BARS.get(name, {}).get(part)
