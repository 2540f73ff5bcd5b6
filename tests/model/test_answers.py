"""Which act answers which cue: drawn so that it can be seen, one letter a second.

C is a call (answered within 3 s), Y a cry (within 5 s), t is talk.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from coder.formats import read_scheme
from coder.model.answers import answers
from coder.model.coding import CodingPass, Event, PassHeader
from coder.model.scheme import OUTCOME
from coder.model.study import Purpose
from coder.model.time import SECOND_US, Span

LINKED = read_scheme(Path(__file__).parents[1] / "formats" / "linked.toml")
(REPLY,) = LINKED.links
CODES = {"C": ("calls", "call"), "Y": ("calls", "cry"), "t": ("replies", "talk")}


def drawn(row: str, **judged: tuple[str, str]) -> CodingPass:
    """A pass of the length of the row; an event's id is its letter and second, such as C0.

    judged: by the id of a cue, its outcome and the id of the act that answers it.
    """
    events = []
    for second, letter in enumerate(row):
        if letter != " ":
            event = Event(f"{letter}{second}", *CODES[letter], Span.moment(second * SECOND_US))
            outcome, act = judged.get(event.id, ("", ""))
            events.append(replace(event, answer=act, modifiers=((OUTCOME, outcome),)) if outcome else event)
    header = PassHeader("p", "s", LINKED.id, "a", Purpose.MAIN, Span(0, len(row) * SECOND_US))
    return CodingPass.of(header, events)


def told(coding: CodingPass) -> list[str]:
    """Each cue with its act, and the acts in its window that answer nothing: “C0>t2+t3”."""
    return [
        f"{one.cue.id}>{one.act.id if one.act else '-'}" + "".join(f"+{act.id}" for act in one.more)
        for one in answers(coding, LINKED, REPLY)
    ]


@pytest.mark.parametrize(
    ("row", "pairs"),
    [
        ("C t        ", ["C0>t2"]),
        ("C  t       ", ["C0>t3"]),  # the window's end belongs to it
        ("C   t      ", ["C0>-"]),
        ("Y    t     ", ["Y0>t5"]),  # a cry may be answered later
        ("t C        ", ["C2>-"]),  # what came before is no answer
        ("C tt       ", ["C0>t2+t3"]),  # the first act answers, the second is more of it
        ("CC t       ", ["C0>-", "C1>t3"]),  # one act answers one cue: the nearest before it
        ("CCtt       ", ["C0>t3", "C1>t2"]),  # and the next act the one that is still open
        ("Y C t      ", ["Y0>-", "C2>t4"]),
        ("Y C tt     ", ["Y0>t5", "C2>t4"]),
        ("Ct  Ct     ", ["C0>t1", "C4>t5"]),
        ("           ", []),
        ("tttt       ", []),
    ],
)
def test_the_first_act_in_the_window_answers_the_nearest_open_cue(row: str, pairs: list[str]) -> None:
    assert told(drawn(row)) == pairs


def test_an_act_that_begins_with_the_cue_does_not_answer_it() -> None:
    cue, act = drawn("Ct         ")
    together = CodingPass.of(drawn("C          ").header, (cue, replace(act, span=cue.span)))
    assert told(together) == ["C0>-"]


def test_what_was_judged_stands_and_its_act_is_not_proposed_again() -> None:
    row = "CC t       "
    assert told(drawn(row)) == ["C0>-", "C1>t3"]
    judged = drawn(row, C0=("o_mis", "t3"))
    assert told(judged) == ["C0>t3", "C1>-"]
    assert [one.outcome and one.outcome.id for one in answers(judged, LINKED, REPLY)] == ["o_mis", None]


def test_a_cue_that_was_judged_unanswered_is_offered_nothing() -> None:
    assert told(drawn("C t        ", C0=("o_none", ""))) == ["C0>-+t2"]


def test_an_answer_that_is_gone_is_no_answer() -> None:
    assert told(drawn("C t        ", C0=("o_match", "gone"))) == ["C0>-+t2"]


def test_time_runs_from_the_cue_to_the_act_and_the_window_ends_with_the_pass() -> None:
    early, late = answers(drawn("C t      Y "), LINKED, REPLY)
    assert early.latency_us == 2 * SECOND_US
    assert early.window == Span(0, 3 * SECOND_US)
    assert late.window == Span(9 * SECOND_US, 11 * SECOND_US)
    assert late.latency_us is None
