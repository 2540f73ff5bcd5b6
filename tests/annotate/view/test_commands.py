"""Every command of the bench by its key: each does something, and none changes a pass that is locked."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PyQt6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from coder.annotate.commands import COMMANDS, EDITING, Do
from coder.annotate.desk import Desk
from coder.annotate.view.bench import Bench
from coder.annotate.view.content import BenchContent, Camera
from coder.annotate.view.theme import LIGHT, apply_theme
from coder.media import FrameIndex
from coder.model.coding import CodingPass, Event, PassStatus
from coder.model.disagreement import Disagreement, DisagreementKind
from coder.model.problem import CoderError
from coder.model.scheme import Code, Derived, Sampling, Stream, Tier, TierKind
from coder.model.study import Fingerprint, Media, Session
from coder.model.time import SECOND_US as S
from coder.model.time import Span
from tests.annotate.example import BIDS, ENGAGE, GAZE, SCHEME, SELF, Writer, header
from tests.annotate.judged import RATING_OF, SCALE
from tests.annotate.linked import REPLY
from tests.annotate.view.hands import press, show_frame

# Two cameras with the same film of six seconds at 25 frames a second, and every kind of tier.
TWIN = replace(GAZE, id="twin", label="Gaze again", codes=(Code("face", "Parent's face", "F", "The same."),))
STEPS = Tier(
    "steps",
    "Steps",
    Stream.CHILD,
    TierKind.INTERVAL,
    (Code("yes", "Yes", "G", "It is."),),
    every_us=2 * S,
    sampling=Sampling.PARTIAL,
)
BRIDGED = replace(GAZE, codes=tuple(replace(code, absorb_us=S) for code in GAZE.codes))
WARM = Code("warm", "Warmth", "", "Enjoyment is plain.", modifiers=(RATING_OF,))
MOOD = Tier("mood", "Mood", Stream.SESSION, TierKind.RATING, (WARM,), scale=SCALE)
GIVES = Tier("gives", "Gives", Stream.PARENT, TierKind.POINT, (Code("gives", "Gives", "H", "Hands over."),))
ANSWER = replace(REPLY, cues="bids", acts="gives", details=())
EVERYTHING = replace(SCHEME, tiers=(ENGAGE, BRIDGED, TWIN, STEPS, SELF, BIDS, GIVES, MOOD), links=(ANSWER,))


def state(tier: str, code: str, start_s: float, end_s: float) -> Event:
    return Event(f"{tier}-{code}-{start_s}", tier, code, Span(int(start_s * S), int(end_s * S)))


EVENTS = (
    state("engage", "off", 0, 1),
    state("engage", "person", 1, 2),
    state("engage", "object", 2, 4),  # selected, and on the screen
    state("engage", "off", 4, 5),
    state("gaze", "face", 1.2, 2),
    state("gaze", "face", 2.4, 3.4),
    state("twin", "face", 4, 4.6),
    Event("bid", "bids", "bid_c", Span.moment(2 * S)),
    Event("warm", "mood", "warm", Span(0, 6 * S), (("rating", "4"),)),
)
DIFFERENCES = tuple(
    Disagreement(Span(at * S, at * S + 400_000), "engage", "off", "person", DisagreementKind.CODE, 400_000)
    for at in (1, 4)
)
OBJECT, FACE, TWIN_FACE = EVENTS[2].id, EVENTS[4].id, EVENTS[6].id


class Everything:
    """A bench with all there can be on it, standing at 3 s, the state that holds there selected."""

    def __init__(self, film: Path, index: FrameIndex, *, locked: bool) -> None:
        window = Span(0, index.duration_us)
        media = [
            Media(f"m{n}", film.name, Fingerprint("", 0), f"camera {n}", index.duration_us, index.frame_count)
            for n in range(2)
        ]
        status = PassStatus.SUBMITTED if locked else PassStatus.OPEN
        head = replace(header(status=status), window=window, scheme=EVERYTHING.id)
        self.writer = Writer()
        self.desk = Desk(CodingPass.of(head, EVENTS), self.writer, EVERYTHING)
        self.errors: list[CoderError] = []
        content = BenchContent(
            desk=self.desk,
            scheme=EVERYTHING,
            session=Session("s", "Session", window, tuple(media)),
            cameras=tuple(Camera(each, film) for each in media),
            differences=DIFFERENCES,
            persons=lambda _media, _file_us: (),
            derived=(Derived("with_face", "Together", "", "both", ("person", "face")),),
        )
        self.bench = Bench(content, self.errors.append)

    def select(self, event_id: str) -> None:
        """Select an event by its id."""
        self.bench.select(next(event for event in self.desk.coding if event.id == event_id))

    @property
    def refusal(self) -> str:
        """What the strip says could not be done; "" if it says something else."""
        strip = self.bench.strip
        refused = any(part.property("role") == "strip-error" for part in strip.findChildren(QWidget))
        return strip.text if refused else ""


Spread = Callable[..., Everything]


@pytest.fixture
def spread(qtbot: QtBot, qapp: QApplication, film: Path, film_index: FrameIndex) -> Iterator[Spread]:
    apply_theme(qapp, LIGHT)
    threads = set(threading.enumerate())
    made: list[Everything] = []

    def spread_out(*, locked: bool = False) -> Everything:
        table = Everything(film, film_index, locked=locked)
        made.append(table)
        bench = table.bench
        qtbot.addWidget(bench)
        bench.resize(1366, 768)
        bench.show()
        bench.timeline.setFocus()
        qtbot.waitUntil(lambda: all(camera.ready for camera in bench.player.cameras.all), timeout=20_000)
        qtbot.waitUntil(lambda: bench.timeline.sound.wave, timeout=20_000)
        show_frame(qtbot, bench, 75)
        table.select(OBJECT)
        return table

    yield spread_out
    for table in made:
        table.bench.shut()
    assert set(threading.enumerate()) <= threads, "a thread of the bench is still running"


# ---- what each command changes: how it is read from the bench, and what must be done before


def frame(table: Everything) -> object:
    painted = table.bench.painted.value
    return painted.index if painted is not None else None


def playing(table: Everything) -> object:
    return table.bench.player.playing


def rate(table: Everything) -> object:
    return table.bench.player.rate


def loop(table: Everything) -> object:
    return table.bench.player.loop.value


def options(table: Everything) -> object:
    return table.bench.player.options.value


def chosen(table: Everything) -> object:
    return [event.id for event in table.bench.selection.events]


def coded(table: Everything) -> object:
    return sorted((event.id, event) for event in table.desk.coding)


def scale(table: Everything) -> object:
    place = table.bench.place()
    return place.start_us, place.us_per_px


def rows_px(table: Everything) -> object:
    return table.bench.timeline.content_height()


def sound(table: Everything) -> object:
    return table.bench.timeline.sound


def in_play(table: Everything) -> object:
    return table.bench.in_play.value


def pad(table: Everything) -> object:
    return table.bench.side.pad.isVisible()


def front(table: Everything) -> object:
    return table.bench.player.cameras.all.index(table.bench.player.front)


def zoom(table: Everything) -> object:
    return table.bench.player.picture.zoom


def full_screen(table: Everything) -> object:
    return table.bench.full_screen.window is not None


def key_help(table: Everything) -> object:
    return table.bench.key_help.isVisible()


def reviewing(table: Everything) -> object:
    return table.bench.side.answers.on.value


def focus(table: Everything) -> object:
    part = table.bench.window().focusWidget()
    return part.accessibleName() if part is not None else ""


def said(table: Everything) -> object:
    return table.bench.strip.text


Before = Callable[[Everything], object]


def keys(*pressed: str) -> Before:
    return lambda table: press(table.bench, *pressed)


def selected(event_id: str) -> Before:
    return lambda table: table.select(event_id)


def nothing(_table: Everything) -> None:
    """The bench as it is."""


Read = Callable[[Everything], object]
DOES: dict[Do, tuple[Read, Before]] = {
    Do.PLAY: (playing, nothing),
    Do.BACK_FRAME: (frame, nothing),
    Do.NEXT_FRAME: (frame, nothing),
    Do.BACK_SECOND: (frame, nothing),
    Do.NEXT_SECOND: (frame, nothing),
    Do.BACK_STRIDE: (frame, nothing),
    Do.NEXT_STRIDE: (frame, nothing),
    Do.SHUTTLE_BACK: (playing, nothing),
    Do.PAUSE: (playing, keys("Space")),
    Do.SHUTTLE_ON: (playing, nothing),
    Do.SLOWER: (rate, nothing),
    Do.FASTER: (rate, nothing),
    Do.REPLAY: (playing, nothing),
    Do.LOOP: (loop, nothing),
    Do.LOOP_FROM: (loop, nothing),
    Do.LOOP_TO: (loop, nothing),
    Do.MUTE: (options, nothing),
    Do.STEP_SOUND: (options, nothing),
    Do.GO_START: (frame, nothing),
    Do.GO_END: (frame, nothing),
    Do.GO_TIME: (focus, nothing),
    Do.GO_ONSET: (frame, nothing),
    Do.EVENT_BACK: (frame, nothing),
    Do.EVENT_ON: (frame, nothing),
    Do.BOUNDARY_BACK: (frame, nothing),
    Do.BOUNDARY_ON: (frame, nothing),
    Do.DIFFERENCE_BACK: (frame, nothing),
    Do.DIFFERENCE_ON: (frame, nothing),
    Do.INTERVAL_BACK: (frame, nothing),
    Do.INTERVAL_ON: (frame, nothing),
    Do.FINDING: (frame, nothing),
    Do.ANSWERS: (reviewing, nothing),
    Do.BEFORE: (chosen, nothing),
    Do.AFTER: (chosen, nothing),
    Do.TIER_UP: (chosen, selected(FACE)),
    Do.TIER_DOWN: (chosen, nothing),
    Do.MORE_BEFORE: (chosen, nothing),
    Do.MORE_AFTER: (chosen, nothing),
    Do.SELECT_TIER: (chosen, nothing),
    Do.DESELECT: (chosen, nothing),
    Do.SET_ONSET: (coded, nothing),
    Do.SET_OFFSET: (coded, nothing),
    Do.ONSET_EARLIER: (coded, nothing),
    Do.ONSET_LATER: (coded, nothing),
    Do.OFFSET_EARLIER: (coded, nothing),
    Do.OFFSET_LATER: (coded, nothing),
    Do.MOVE_EARLIER: (coded, nothing),
    Do.MOVE_LATER: (coded, nothing),
    Do.TO_TIER_ABOVE: (coded, selected(TWIN_FACE)),
    Do.TO_TIER_BELOW: (coded, selected(FACE)),
    Do.COPY: (said, nothing),
    Do.PASTE: (coded, lambda table: (table.select("bid"), press(table.bench, "Ctrl+C"))),
    Do.SPLIT: (coded, nothing),
    Do.MERGE: (coded, selected(FACE)),
    Do.NOTE: (focus, nothing),
    Do.CERTAINTY: (coded, nothing),
    Do.SETTLE: (coded, selected("gaze-face-2.4")),
    Do.SETTLE_ALL: (coded, nothing),
    Do.MOMENT: (coded, nothing),
    Do.DELETE: (coded, nothing),
    Do.DELETE_FILL: (coded, nothing),
    Do.UNDO: (coded, keys("Delete")),
    Do.REDO: (coded, keys("Delete", "Ctrl+Z")),
    Do.ZOOM_IN: (scale, nothing),
    Do.ZOOM_OUT: (scale, keys("+")),
    Do.ZOOM_ALL: (scale, keys("+")),
    Do.ZOOM_FRAMES: (scale, nothing),
    Do.SOUND_ROW: (sound, nothing),
    Do.DERIVED: (rows_px, nothing),
    Do.FAMILY: (in_play, nothing),
    Do.OTHERS: (in_play, nothing),
    Do.PAD: (pad, nothing),
    Do.NEXT_CAMERA: (front, nothing),
    Do.PICTURE_LARGER: (zoom, nothing),
    Do.PICTURE_SMALLER: (zoom, keys("Alt++")),
    Do.PICTURE_WHOLE: (zoom, keys("Alt++")),
    Do.BRIGHTER: (options, nothing),
    Do.DARKER: (options, keys("Alt+PageUp")),
    Do.PERSONS: (options, nothing),
    Do.FULL_SCREEN: (full_screen, nothing),
    Do.KEYS: (key_help, nothing),
}


@pytest.mark.parametrize("do", Do)
def test_every_command_does_something(spread: Spread, qtbot: QtBot, do: Do) -> None:
    read, before = DOES[do]
    table = spread()
    before(table)
    was = read(table)
    press(table.bench, table.bench.keymap.first_key(do))
    qtbot.waitUntil(lambda: read(table) != was, timeout=20_000)
    assert table.refusal == ""
    assert table.errors == []


EDITS = [command.do for command in COMMANDS if command.group == EDITING and command.do not in (Do.COPY, Do.NOTE)]


def test_what_is_locked_is_looked_at_and_not_changed(spread: Spread) -> None:
    table = spread(locked=True)
    bench = table.bench
    for pressed in (*(bench.keymap.first_key(do) for do in EDITS), "1", "G", "Ctrl+2"):
        bench.strip.say("")
        table.select(OBJECT)
        press(bench, pressed)
        assert table.refusal == "This pass is submitted and can no longer be changed.", pressed
    assert (table.writer.saved, sorted(event.id for event in table.desk.coding)) == (
        [],
        sorted(event.id for event in EVENTS),
    )
    press(bench, "Return")
    assert focus(table) == "Note"
    press(bench, "1")  # a key of a code: the field can be read, not written
    assert table.desk.coding.row("engage")[2].note == ""
