"""The rows by code are the same after any edits as if they were sorted out anew."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.annotate.view import seeking
from coder.annotate.view.frames import FrameMark, frames_in_sight, label_every
from coder.annotate.view.lanes import Lanes
from coder.annotate.view.scale import Scale
from coder.annotate.view.selection import Selection
from coder.annotate.view.wave import Spectrum, Wave
from coder.model.coding import CodingPass, Event
from coder.model.edit import Change, Edit
from coder.model.time import SECOND_US as S
from coder.model.time import Span
from tests.annotate.example import SCHEME, SELF, desk_of, drawn, header
from tests.annotate.test_group import ACTS, with_refusal


@settings(max_examples=60, deadline=None)
@given(st.lists(ACTS, min_size=3, max_size=20))
def test_lanes_follow_every_edit(acts: list[tuple[str, int, int, list[int]]]) -> None:
    desk, _ = desk_of(drawn("ooopp..sss"))
    lanes = Lanes(desk)
    for code in SELF.codes:
        assert list(lanes.row(SELF, code.id)) == []
    for act in acts:
        with_refusal(desk, *act)
        for code in SELF.codes:
            anew = [event for event in desk.coding.row("self") if event.code == code.id]
            assert list(lanes.row(SELF, code.id)) == anew
    while desk.undo_label is not None:
        desk.undo()
    assert [list(row) for row in lanes.rows(SELF)] == [[], []]


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)), max_size=12),
    st.integers(0, 60),
)
def test_going_finds_what_a_look_at_all_of_them_finds(spans: list[tuple[int, int]], at_us: int) -> None:
    edge = 0
    events = []
    for gap, length in spans:
        events.append(Event(str(edge), "t", "c", Span(edge + gap, edge + gap + length)))
        edge += gap + length
    rows = [events[::2], events[1::2]]
    onsets = sorted(event.onset_us for event in events)
    edges = sorted({edge for event in events for edge in (event.onset_us, event.offset_us)})
    before, after = seeking.event_before(rows, at_us), seeking.event_from(rows, at_us)
    assert (before and before.onset_us) == max((us for us in onsets if us < at_us), default=None)
    assert (after and after.onset_us) == min((us for us in onsets if us >= at_us), default=None)
    assert seeking.boundary_before(rows, at_us) == max((us for us in edges if us < at_us), default=None)
    assert seeking.boundary_from(rows, at_us) == min((us for us in edges if us >= at_us), default=None)


# ---- the selection


def event(name: str, start: int = 0) -> Event:
    return Event(name, "engage", "off", Span(start * S, (start + 1) * S))


def test_whoever_selects_one_lets_go_of_the_others() -> None:
    selection = Selection()
    selection.choose(event("a"), [event("a"), event("b", 2), event("c", 1)])
    assert [one.id for one in selection.events] == ["a", "c", "b"]
    selection.primary.set(event("d"))
    assert selection.ids == {"d"}
    selection.toggle(event("e"))
    selection.toggle(event("d"))
    assert selection.ids == {"e"}
    selection.toggle(event("e"))
    assert selection.primary.value is None
    assert selection.events == ()


def test_what_an_edit_was_about_is_selected_when_it_is_undone() -> None:
    one, two = event("a"), event("b", 2)
    selection = Selection()
    selection.choose(one, [one, two])
    gone = Edit.of("Delete 2 events", Change(one, None), Change(two, None))
    selection.remember(gone, frozenset({"a", "b"}))
    selection.after(gone)
    assert selection.events == ()
    selection.after(gone.reversed())
    assert selection.ids == {"a", "b"}


# ---- frames, sound


def frame_at(at_us: int) -> FrameMark | None:
    return FrameMark(at_us // 40_000, Span(at_us // 40_000 * 40_000, (at_us // 40_000 + 1) * 40_000))


def test_frames_are_marked_where_they_are_wide_enough() -> None:
    assert [mark.number for mark in frames_in_sight(Scale(100_000, 4_000, 60), frame_at)] == [2, 3, 4, 5, 6, 7, 8]
    assert frames_in_sight(Scale(0, 5_001, 1000), frame_at) == ()
    assert frames_in_sight(Scale(0, 100, 1000), lambda _: None) == ()
    marks = frames_in_sight(Scale(0, 2_000, 400), frame_at)
    assert [label_every(marks, Scale(0, 2_000, 400), room) for room in (20, 21, 70, 190)] == [1, 2, 5, 10]


def test_the_last_frame_of_a_film_ends_the_marks() -> None:
    last = FrameMark(3, Span(120_000, 160_000))
    marks = frames_in_sight(Scale(0, 1_000, 400), lambda us: frame_at(us) if us < 120_000 else last)
    assert [mark.number for mark in marks] == [0, 1, 2, 3]


def test_the_wave_keeps_its_peaks_and_knows_where_the_film_begins() -> None:
    outline = np.zeros((100, 2), np.int16)
    outline[50] = (-16_384, 16_384)
    x, low, high = Wave(outline, 1000.0, 10.0).columns(Scale(900.0, 25.0, 60))
    assert (x[0], x[-1]) == (4, 43)
    assert x[low == -0.5].tolist() == [24]
    assert high[x == 24].tolist() == [0.5]


@pytest.mark.parametrize("us_per_px", [4.0, 10.0, 39.0, 40.0, 200.0])
def test_the_spectrogram_is_shown_from_the_level_that_fits(us_per_px: float) -> None:
    fine = np.zeros((400, 3), np.uint8)
    fine[200, 2] = 255
    coarse = np.maximum.reduceat(fine, np.arange(0, 400, 4), axis=0)
    spectrum = Spectrum((fine, coarse), 4, 1000.0, 10.0)
    left, picture = spectrum.picture(Scale(0.0, us_per_px, 2000))
    assert left == -(-1000 // us_per_px)
    assert picture.shape[0] == 3
    loud = (np.flatnonzero(picture[0]) + left) * us_per_px  # the highest band stands first
    assert len(loud) >= 1
    assert np.all(np.abs(loud - 3000) <= max(us_per_px, 40))
    assert not picture[1:].any()


def test_where_there_is_no_sound_nothing_is_shown() -> None:
    spectrum = Spectrum((np.zeros((10, 3), np.uint8),), 4, 0.0, 10.0)
    assert spectrum.picture(Scale(500.0, 1.0, 100))[1].shape == (3, 0)
    x, low, high = Wave(np.zeros((10, 2), np.int16), 0.0, 10.0).columns(Scale(500.0, 1.0, 100))
    assert len(x) == len(low) == len(high) == 0


def test_an_empty_pass_has_nothing_to_go_to() -> None:
    coding = CodingPass.of(header(), [])
    assert seeking.beside(coding, SCHEME, None, 0, 1, {"engage"}) is None
