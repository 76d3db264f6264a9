"""An earlier plan from the ledger: taking the changes back leads to where everything stood."""

from hypothesis import given
from hypothesis import strategies as st

from tagwerk.programme.since_rules import Plan, Since, Stand, Step, rewound, since, taken_out

CODES = ("A", "B", "C")
CELLS = st.tuples(st.integers(1, 3), st.integers(1, 3))
START = {slot: f"2026-11-22T1{slot}:00:00+00:00" for slot in range(1, 4)}
Doing = tuple[str, str, tuple[int, int]]
DOINGS = st.lists(
    st.tuples(
        st.sampled_from(["move", "swap", "cancel", "restore", "plan", "schedule", "shift"]),
        st.sampled_from(CODES),
        CELLS,
    ),
    max_size=12,
)


def done(plan: Plan, doing: Doing) -> tuple[Plan, Step | None]:
    """Do something to a plan as the actions do; give the plan after it and what the ledger says."""
    what, code, (slot, room) = doing
    sessions, times, stand = dict(plan.sessions), dict(plan.times), plan.sessions.get(code)
    if what == "shift":
        before = {"times": {str(number): [start, ""] for number, start in times.items()}}
        return Plan(sessions, {number: start + "+" for number, start in times.items()}), Step(
            "slots.shifted", "", before, {}
        )
    if what in ("plan", "schedule") and stand is None:
        sessions[code] = Stand(slot, room)
        kind = "topic.planned" if what == "plan" else "session.scheduled"
        return Plan(sessions, times), Step(
            kind, f"T{code}" if what == "plan" else code, {"session": ""}, {"session": code}
        )
    if stand is None:
        return plan, None
    if what in ("cancel", "restore") and stand.is_cancelled == (what == "restore"):
        sessions[code] = Stand(stand.slot, stand.room, is_cancelled=what == "cancel")
        return Plan(sessions, times), Step(
            f"session.{what}led" if what == "cancel" else "session.restored", code, {}, {}
        )
    if what == "plan" and stand.is_cancelled:
        sessions[code] = Stand(stand.slot, stand.room)
        return Plan(sessions, times), Step("topic.planned", f"T{code}", {"session": code}, {"session": code})
    if what in ("move", "swap"):
        sessions[code] = Stand(slot, room, is_cancelled=stand.is_cancelled)
        if what == "move":
            return Plan(sessions, times), Step("session.moved", code, {"slot": stand.slot, "room": stand.room}, {})
        return Plan(sessions, times), Step("sessions.rearranged", "", {"moves": [[code, stand.slot, stand.room]]}, {})
    return plan, None


@given(DOINGS, DOINGS)
def test_taking_everything_back_gives_the_plan_of_the_printout(earlier: list[Doing], later: list[Doing]) -> None:
    plan = Plan({}, START)
    for doing in earlier:
        plan, _step = done(plan, doing)
    printed, steps = plan, []
    for doing in later:
        plan, step = done(plan, doing)
        steps += [step] if step else []
    then = rewound(plan, reversed(steps))
    assert (dict(then.sessions), dict(then.times)) == (dict(printed.sessions), dict(printed.times))
    became = since(then, plan)
    for code, stand in plan.sessions.items():
        same = printed.sessions.get(code) == stand and printed.times[stand.slot] == plan.times[stand.slot]
        assert not (same and code in became)
        if code not in printed.sessions:
            assert became.get(code) == (None if stand.is_cancelled else Since.NEW)


def test_each_becomes_what_people_have_to_know() -> None:
    then = Plan({"A": Stand(1, 1), "B": Stand(1, 2), "C": Stand(2, 1, is_cancelled=True), "D": Stand(2, 2)}, START)
    now = Plan(
        {
            "A": Stand(2, 1),
            "B": Stand(1, 2, is_cancelled=True),
            "C": Stand(2, 1),
            "D": Stand(2, 2),
            "E": Stand(3, 1),
            "F": Stand(3, 2, is_cancelled=True),
        },
        START,
    )
    expected = {"A": Since.MOVED, "B": Since.CANCELLED, "C": Since.RESTORED, "E": Since.NEW}
    assert since(then, now) == expected
    gone = Plan({"A": Stand(1, 1, is_cancelled=True)}, START)
    assert since(gone, Plan({"A": Stand(2, 2, is_cancelled=True)}, START)) == {}


def test_topics_that_were_taken_out_are_named_unless_they_came_later() -> None:
    out = Step("topic.unplanned", "T1", {}, {})
    planned = Step("topic.planned", "T1", {"session": ""}, {"session": "A"})
    again = Step("topic.planned", "T1", {"session": "A"}, {"session": "A"})
    assert taken_out([out]) == ["T1"]
    assert taken_out([out, planned]) == []
    assert taken_out([out, again]) == ["T1"]
    assert rewound(Plan({}, START), [out]) == Plan({}, START)
    assert rewound(Plan({}, START), [Step("session.moved", "A", {"slot": 1, "room": 1}, {})]) == Plan({}, START)
