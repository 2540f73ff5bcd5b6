"""What a scheme's rules make of a tier, on rows that can be seen: one letter is 100 ms.

a, b: states with 300 ms to absorb and 300 ms least length. c: no rules. d: the default, 200 ms to absorb. u: not
codable, from 200 ms. A dot: nothing is coded. A capital is the same code with a detail.
"""

import random
from dataclasses import replace
from itertools import groupby, pairwise

from coder.model.coding import Certainty, Event, order
from coder.model.scheme import Code, Stream, Tier, TierKind
from coder.model.settling import Settled, settled
from coder.model.time import Span

LETTER_US = 100_000
CODES = (
    Code("a", "A", "1", "", min_us=300_000, absorb_us=300_000),
    Code("b", "B", "2", "", min_us=300_000, absorb_us=300_000),
    Code("c", "C", "3", ""),
    Code("d", "D", "4", "", absorb_us=200_000),
    Code("u", "U", "5", "", min_us=200_000, uncodable=True),
)
OPEN = Tier("t", "T", Stream.CHILD, TierKind.STATE, CODES, exclusive=True, exhaustive=True)
FILLING = replace(OPEN, default="d")
FREE = replace(OPEN, exclusive=False, exhaustive=False)


def drawn(row: str) -> tuple[Event, ...]:
    """The states of a row; a bar ends a state where the next is the same."""
    events, at_us = [], 0
    for letter, run in ((part[0], part) for piece in row.split("|") for part in _runs(piece)):
        span = Span(at_us, at_us + len(run) * LETTER_US)
        at_us = span.end_us
        if letter != ".":
            details = (("how", "much"),) if letter.isupper() else ()
            events.append(Event(f"{letter}{span.start_us // LETTER_US}", "t", letter.lower(), span, details))
    return tuple(events)


def _runs(piece: str) -> list[str]:
    return ["".join(run) for _, run in groupby(piece)]


def seen(row: tuple[Event, ...], length: int) -> str:
    letters = ["."] * length
    for event in row:
        for at in range(event.onset_us // LETTER_US, event.offset_us // LETTER_US):
            assert letters[at] == ".", "states overlap"
            letters[at] = event.code.upper() if event.modifiers else event.code
    return "".join(letters)


def after(row: str, tier: Tier = OPEN) -> Settled:
    return settled(drawn(row), tier, _window(row))


def _window(row: str) -> Span:
    return Span(0, len(row.replace("|", "")) * LETTER_US)


def made_of(row: str, tier: Tier = OPEN) -> str:
    return seen(after(row, tier).row, _window(row).end_us // LETTER_US)


def test_a_state_that_comes_back_in_time_never_stopped() -> None:
    assert made_of("aaaabbaaaa") == "aaaaaaaaaa"
    assert made_of("aaaa..aaaa") == "aaaaaaaaaa"
    assert made_of("aaaab.aaaa") == "aaaaaaaaaa"


def test_an_interruption_as_long_as_the_rule_says_ends_the_state() -> None:
    assert made_of("aaaabbbaaaa") == "aaaabbbaaaa"
    assert made_of("aaaab..aaaa") == "aaaab..aaaa"


def test_two_states_that_touch_are_two() -> None:
    """Whoever keyed the second one meant it: nothing lies between them that could be absorbed."""
    result = after("aaaa|aaaa")
    assert (len(result.row), result.absorbed) == (2, ())


def test_a_code_without_the_rule_absorbs_nothing() -> None:
    assert made_of("ccccbbcccc") == "ccccbbcccc"


def test_other_details_are_another_activity() -> None:
    assert made_of("aaaa..AAAA") == "aaaa..AAAA"
    assert made_of("aaaaAAaaaa") == "aaaaaaaaaa"


def test_a_state_beside_which_another_code_is_as_right_is_no_longer_the_same() -> None:
    row = drawn("aaaabbaaaa")
    assert len(settled(row, OPEN, Span(0, 1_000_000)).row) == 1
    doubtful = (*row[:2], replace(row[2], either=("b",)))
    assert len(settled(doubtful, OPEN, Span(0, 1_000_000)).absorbed) == 0


def test_the_state_that_was_there_first_goes_on() -> None:
    assert made_of("aaaabbaabbbb") == "aaaaaaaabbbb"
    assert made_of("aaaabaabaaaa") == "aaaaaaaaaaaa"


def test_what_was_absorbed_is_told() -> None:
    found = after("aaaabbaaac..aaaa")
    assert [one.span for one in found.absorbed] == [Span(400_000, 600_000)]
    (one,) = found.absorbed
    assert (one.before.id, [event.id for event in one.inside], one.after.id) == ("a0", ["b4"], "a6")


def test_the_first_part_keeps_its_id_and_nothing_that_was_written_is_lost() -> None:
    first, between, last = drawn("aaaabbaaaa")
    row = (
        replace(first, note="Laughs."),
        replace(between, note="Towards the door?"),
        replace(last, certainty=Certainty.GUESS),
    )
    (state,) = settled(row, OPEN, Span(0, 1_000_000)).row
    assert (state.id, state.note, state.certainty) == ("a0", "Laughs. · Towards the door?", Certainty.GUESS)


def test_a_blink_is_absorbed_and_uncodable_time_is_not() -> None:
    assert made_of("aaaauaaaa") == "aaaaaaaaa"
    assert made_of("aaaauuaaaa") == "aaaauuaaaa"


def test_uncodable_time_without_a_least_length_is_never_absorbed() -> None:
    any_time = replace(OPEN, codes=(*CODES[:4], Code("u", "U", "5", "", uncodable=True)))
    assert made_of("aaaauaaaa", any_time) == "aaaauaaaa"


def test_gaps_are_filled_where_there_is_a_default() -> None:
    assert made_of("..aaaa...bbb.", OPEN) == "..aaaa...bbb."
    found = after("..aaaa...bbb.", FILLING)
    assert seen(found.row, 13) == "ddaaaadddbbbd"
    assert found.filled == (Span(0, 200_000), Span(600_000, 900_000), Span(1_200_000, 1_300_000))
    assert len({event.id for event in found.row}) == 5


def test_a_gap_beside_the_default_code_makes_its_state_longer() -> None:
    found = after("aaaa..dd...dd", FILLING)
    assert seen(found.row, 13) == "aaaaddddddddd"
    assert [event.id for event in found.row] == ["a0", "d6"]


def test_a_default_that_was_keyed_with_details_is_not_made_longer() -> None:
    """Nobody said that the details hold in the gap."""
    result = after("DDD....DDD", FILLING)
    assert seen(result.row, 10) == "DDDddddDDD"


def test_a_gap_that_is_too_short_to_interrupt_is_not_filled() -> None:
    found = after("aaaa..aaaa", FILLING)
    assert (seen(found.row, 10), found.filled) == ("aaaaaaaaaa", ())


def test_what_interrupts_the_default_code_is_absorbed_too() -> None:
    found = after("....c....bb...", FILLING)
    assert seen(found.row, 14) == "dddddddddbbddd"
    assert [[event.id for event in one.inside] for one in found.absorbed] == [["c4"]]


def test_a_keyed_state_goes_before_a_gap() -> None:
    assert made_of("....a.aaaa", FILLING) == "ddddaaaaaa"


def test_short_states_are_listed_and_not_changed() -> None:
    found = after("ccccaaccccbbbccccucc")
    assert seen(found.row, 20) == "ccccaaccccbbbccccucc"
    assert [event.id for event in found.too_short] == ["a4", "u17"]


def test_nobody_knows_how_long_a_state_lasts_outside_the_window() -> None:
    assert after("aaccccbb").too_short == ()


def test_where_states_may_overlap_only_gaps_interrupt() -> None:
    long = Event("b", "t", "b", Span(100_000, 900_000))
    row = tuple(sorted((*drawn("aaaa..aaa"), long), key=order))
    found = settled(row, FREE, Span(0, 1_000_000))
    assert [(event.id, event.span) for event in found.row] == [("a0", Span(0, 900_000)), ("b", long.span)]


def test_moments_and_mistakes_are_left_alone() -> None:
    point = replace(OPEN, kind=TierKind.POINT, exclusive=False, exhaustive=False)
    assert settled(drawn("aa.aa"), point, Span(0, 500_000)).row == drawn("aa.aa")
    overlapping = (*drawn("aaaabb"), Event("a5", "t", "a", Span(500_000, 900_000)))
    assert settled(overlapping, OPEN, Span(0, 900_000)).row == overlapping


def test_settling_twice_changes_nothing_more_and_no_time_is_lost() -> None:
    chance = random.Random(5)
    for _ in range(2000):
        row = "".join(chance.choice("aabbcdu.A") * chance.choice((1, 1, 2, 3, 4)) for _ in range(12))
        for tier in (OPEN, FILLING, FREE):
            once = settled(drawn(row), tier, _window(row))
            again = settled(once.row, tier, _window(row))
            assert (again.row, again.absorbed, again.filled) == (once.row, (), ()), row
            coded = sum(event.span.duration_us for event in drawn(row))
            assert sum(event.span.duration_us for event in once.row) >= coded, row
            if tier is FILLING:
                assert "." not in seen(once.row, len(row))
            assert list(once.row) == sorted(once.row, key=order)
            assert tier is FREE or all(one.offset_us <= two.onset_us for one, two in pairwise(once.row))
