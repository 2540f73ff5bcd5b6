"""What the rows of the timeline show: intervals, rated segments, disagreements, tiers out of play, curves."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coder.annotate.desk import Desk
from coder.annotate.families import InPlay
from coder.annotate.view.canvas import TimelineState
from coder.annotate.view.content import BenchContent, Camera, Painted
from coder.annotate.view.lanes import Lanes
from coder.annotate.view.layout import LABELS_PX, RULER_PX
from coder.annotate.view.pointer import PointerWishes
from coder.annotate.view.scale import Scale
from coder.annotate.view.selection import Selection
from coder.annotate.view.theme import DARK, LIGHT, Theme, apply_theme
from coder.annotate.view.timeline import Timeline, TimelineWishes
from coder.annotate.view.watched import Watched
from coder.annotate.view.wave import Spectrum
from coder.model.coding import CodingPass, Event
from coder.model.disagreement import Disagreement, DisagreementKind
from coder.model.edit import Edit
from coder.model.scheme import Code, Sampling, Scheme, Stream, Tier, TierKind
from coder.model.scheme import Scale as Ratings
from coder.model.study import Fingerprint, Media, Session
from coder.model.time import SECOND_US as S
from coder.model.time import Span
from tests.annotate.example import ENGAGE, SCHEME, Writer, header
from tests.annotate.view.hands import pixels
from tests.annotate.view.test_curve import track

TOUCH = Tier(
    "touch",
    "Touch",
    Stream.DYAD,
    TierKind.INTERVAL,
    (Code("aff", "Affectionate", "F", ""), Code("care", "Care", "G", "")),
    every_us=5 * S,
    sampling=Sampling.PARTIAL,
)
RATED = Tier(
    "rated",
    "Ratings",
    Stream.SESSION,
    TierKind.RATING,
    tuple(Code(f"item{n}", f"Item {n}", "", "") for n in range(4)),
    scale=Ratings(1, 5),
    every_us=10 * S,
)


class Table:
    """A timeline by itself over twenty seconds, fifty pixels the second."""

    def __init__(self, qtbot: QtBot, scheme: Scheme, *events: Event, **more: object) -> None:
        self.desk = Desk(CodingPass.of(header(20), events), Writer(), scheme)
        media = Media("m", "", Fingerprint("", 0), "", 20 * S, 500)
        self.content = replace(
            BenchContent(
                desk=self.desk,
                scheme=scheme,
                session=Session("s", "", Span(0, 20 * S), (media,)),
                cameras=(Camera(media, Path()),),
            ),
            **more,  # type: ignore[arg-type]  # fields of the content
        )
        self.painted: Watched[Painted | None] = Watched(None)
        self.in_play = Watched(InPlay(frozenset(tier.id for tier in scheme.tiers)))
        self.loop: Watched[Span | None] = Watched(None)
        scale = Watched(Scale(0, 20 * S / 1000, 1000))
        state = TimelineState(scale, Selection(), self.painted, self.in_play, self.loop)
        pointer = PointerWishes(lambda _: None, lambda *_: None, lambda _: None, lambda at: at)
        self.timeline = Timeline(
            self.content, state, Lanes(self.desk), TimelineWishes(pointer, lambda *_: None, lambda _: None)
        )
        self.timeline.setFrameStyle(0)
        self.timeline.resize(1000 + LABELS_PX, 400)
        qtbot.addWidget(self.timeline)
        self.timeline.show()

    def row(self, label: str) -> NDArray[np.uint8]:
        """What one row shows, without its name: (height, width, 3)."""
        row = next(row for row in self.timeline._canvas.layout if row.label == label)
        top = RULER_PX + row.top_px
        return pixels(self.timeline.grab().toImage())[top : top + row.height_px, LABELS_PX : LABELS_PX + 1000]


def changed(before: NDArray[np.uint8], after: NDArray[np.uint8]) -> tuple[int, int]:
    """The first and last column in which two pictures differ."""
    columns = np.flatnonzero((before != after).any(axis=(0, 2)))
    return int(columns[0]), int(columns[-1])


@pytest.fixture(autouse=True, params=[LIGHT, DARK], ids=["light", "dark"])
def look(request: pytest.FixtureRequest, qapp: QApplication) -> Theme:
    apply_theme(qapp, request.param)
    return request.param  # type: ignore[no-any-return]  # pytest does not type its parameters


SAMPLED = replace(SCHEME, tiers=(ENGAGE, TOUCH, RATED))


def test_a_coded_interval_is_filled_and_the_present_one_outlined(qtbot: QtBot) -> None:
    table = Table(qtbot, SAMPLED)
    empty = table.row("Touch")
    table.desk.apply(Edit.adding("", [Event("1", "touch", "care", Span(5 * S, 10 * S))]))
    coded = table.row("Touch")
    first, last = changed(empty, coded)
    assert 250 <= first <= 252
    assert 497 <= last <= 500
    table.painted.set(Painted(150, 6 * S))
    first, last = changed(coded, table.row("Touch"))
    assert 248 <= first <= 251
    assert 499 <= last <= 502


def test_a_rated_segment_fills_up_with_its_items(qtbot: QtBot) -> None:
    table = Table(qtbot, SAMPLED)
    shares = []
    before = table.row("Ratings")
    for n in range(4):
        rating = Event(f"r{n}", "rated", f"item{n}", Span(0, 10 * S), (("rating", "3"),))
        table.desk.apply(Edit.adding("", [rating]))
        after = table.row("Ratings")
        shares.append(changed(before[2:5], after[2:5])[1])  # above the words
        before = after
    assert [round(share / 500, 2) for share in shares] == [0.25, 0.5, 0.75, 1.0]


def test_a_tier_out_of_play_is_faint_and_another_is_not_touched(qtbot: QtBot) -> None:
    table = Table(qtbot, SCHEME, Event("1", "engage", "off", Span(2 * S, 8 * S)))
    full, gaze = table.row("Engagement"), table.row("Child gaze")
    table.in_play.set(InPlay(frozenset({"gaze"})))
    faint = table.row("Engagement")
    assert np.array_equal(table.row("Child gaze"), gaze)
    ground = full[14, 900].astype(int)
    strong, weak = (abs(picture[4, 250].astype(int) - ground).sum() for picture in (full, faint))
    assert 0.2 < weak / strong < 0.6


def test_disagreements_are_marked_where_they_are(qtbot: QtBot) -> None:
    differences = (
        Disagreement(Span(4 * S, 6 * S), "engage", "off", "person", DisagreementKind.CODE, 2 * S),
        Disagreement(Span.moment(12 * S), "bids", None, "bid_c", DisagreementKind.EXTRA, 1),
    )
    table = Table(qtbot, SCHEME, differences=differences)
    marked = (table.row("Disagreements") != table.row("Disagreements")[0, 990]).any(axis=(0, 2))
    edges = np.flatnonzero(np.diff(marked.astype(int)))
    assert [round(edge / 50) for edge in edges] == [4, 6, 12, 12]


def test_a_gap_of_a_curve_is_hatched_and_its_lone_sample_is_drawn(qtbot: QtBot) -> None:
    valid = "x" * 200 + "." * 149 + "x" + "." * 50 + "x" * 100
    curve = track([5.0] * 500, valid, step_us=40_000)
    table = Table(qtbot, SCHEME, tracks=(curve,))
    row = table.row("Signal")[:-1]
    vivid = row.astype(int).max(axis=2) - row.astype(int).min(axis=2)  # curves have a colour, hatching is grey
    near = vivid > vivid[1, 1] + 40
    drawn = near.any(axis=0)
    hatched = (row != row[1, 1]).any(axis=(0, 2)) & ~drawn
    assert hatched[410:690].any()
    assert drawn[5:395].all()
    assert not drawn[402:695].any()
    assert drawn[696:701].any()
    assert not drawn[704:797].any()
    assert drawn[805:995].all()


def test_the_spectrogram_says_how_far_it_is_and_then_shows_loud_as_dark_on_light_and_light_on_dark(
    qtbot: QtBot, look: Theme
) -> None:
    table = Table(qtbot, SCHEME)
    table.timeline.show_sound(replace(table.timeline.sound, wave=False, spectrum=True))
    empty = table.row("Spectrogram")
    table.timeline.set_spectrum(None, "Computing the spectrogram … 40 %")
    assert changed(empty, table.row("Spectrogram"))[1] < 400
    levels = np.zeros((2000, 128), np.uint8)
    levels[1000:, 100:] = 255  # high sounds in the second half
    table.timeline.set_spectrum(Spectrum((levels,), 4, 0.0, 10_000.0))
    shown = table.row("Spectrogram").astype(int).sum(axis=2)
    quiet, loud = shown[50, 100], shown[5, 800]
    assert shown[50, 800] == quiet
    assert (loud < quiet - 200) if look is LIGHT else (loud > quiet + 200)


def test_the_loop_is_drawn_down_all_rows(qtbot: QtBot) -> None:
    table = Table(qtbot, SCHEME)
    before = table.row("Child gaze")
    table.loop.set(Span(5 * S, 9 * S))
    after = table.row("Child gaze")
    columns = np.flatnonzero((before != after).any(axis=(0, 2)))
    assert columns.tolist() == [250, 450]
