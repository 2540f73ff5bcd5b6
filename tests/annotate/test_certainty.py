"""How sure a coder is of events: said of one or several, and taken back."""

import pytest

from coder.annotate.certainty import WORDS, following, set_certainty
from coder.model.coding import Certainty
from coder.model.problem import CodingError
from tests.annotate.example import SCHEME, desk_of, drawn


def test_the_steps_go_round() -> None:
    assert list(WORDS) == [Certainty.CERTAIN, Certainty.LIKELY, Certainty.GUESS]
    assert [following(step) for step in WORDS] == [Certainty.LIKELY, Certainty.GUESS, Certainty.CERTAIN]


def test_certainty_is_said_of_one_event_and_undo_names_it() -> None:
    desk, writer = desk_of(drawn("ooss"))
    first, second = desk.coding.row("engage")
    desk.apply(set_certainty(SCHEME, [first], Certainty.LIKELY))
    assert [event.certainty for event in desk.coding] == [Certainty.LIKELY, Certainty.CERTAIN]
    assert desk.undo_label == "“Not engaged” at 00:00:00.000: likely"
    desk.undo()
    assert list(desk.coding) == [first, second]
    assert len(writer.saved) == 2


def test_several_events_are_made_alike_in_one_edit() -> None:
    desk, _ = desk_of(drawn("oosspp"))
    desk.apply(set_certainty(SCHEME, desk.coding.row("engage")[:1], Certainty.GUESS))
    desk.apply(set_certainty(SCHEME, desk.coding.row("engage"), Certainty.GUESS))
    assert {event.certainty for event in desk.coding} == {Certainty.GUESS}
    assert desk.undo_label == "3 events: a guess"
    with pytest.raises(CodingError, match="“a guess” already"):
        set_certainty(SCHEME, desk.coding.row("engage"), Certainty.GUESS)
