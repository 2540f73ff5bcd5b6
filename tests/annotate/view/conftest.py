"""A film that says in every picture which frame it is, and a bench around it."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coder.annotate.desk import Desk
from coder.annotate.view.bench import Bench
from coder.annotate.view.content import BenchContent, Camera, FindPersons
from coder.annotate.view.theme import LIGHT, apply_theme
from coder.media import FrameIndex, open_index
from coder.model.coding import CodingPass, Event, PassStatus
from coder.model.problem import CoderError
from coder.model.scheme import Scheme
from coder.model.study import Fingerprint, Media, Session
from coder.model.time import Span
from coder.model.track import Episode, FeatureTrack
from tests.annotate.example import SCHEME, Writer, header
from tests.clips import X264, Recipe, write_film

# The film begins a second after the session's clock, so that film time and session time cannot be mixed up.
OFFSET_US = 1_000_000


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    recipe = Recipe("bench.mp4", frames=150, options=X264 | {"g": "50", "bf": "2"})
    return write_film(recipe, tmp_path_factory.mktemp("film"))


@pytest.fixture(scope="session")
def film_index(film: Path) -> FrameIndex:
    return open_index(film)


class Table:
    """Everything around one bench: what it was given, what was saved, what it complained of."""

    def __init__(
        self,
        film: Path,
        index: FrameIndex,
        events: tuple[Event, ...],
        *,
        submitted: bool,
        scheme: Scheme = SCHEME,
        reaction_us: int = 0,
        keep_viewing: Callable[[Span], None] = lambda _: None,
        persons: FindPersons | None = lambda _media, _file_us: (),
        episodes: tuple[tuple[Episode, ...], ...] = (),
        tracks: tuple[FeatureTrack, ...] = (),
    ) -> None:
        window = Span(OFFSET_US, OFFSET_US + index.duration_us)
        media = Media(
            "m", film.name, Fingerprint("", 0), "camera", index.duration_us, index.frame_count, OFFSET_US
        )
        status = PassStatus.SUBMITTED if submitted else PassStatus.OPEN
        head = replace(header(status=status), window=window, scheme=scheme.id)
        self.index = index
        self.media = media
        self.writer = Writer()
        self.desk = Desk(CodingPass.of(head, events), self.writer, scheme)
        self.errors: list[CoderError] = []
        self.content = BenchContent(
            desk=self.desk,
            scheme=scheme,
            session=Session("s", "Session", window, (media,)),
            cameras=(Camera(media, film),),
            reaction_us=reaction_us,
            keep_viewing=keep_viewing,
            persons=persons,
            episodes=episodes,
            tracks=tracks,
        )
        self.bench = Bench(self.content, self.errors.append)

    def onset(self, frame: int) -> int:
        """Session time of a frame."""
        return self.media.to_session_us(self.index.at_us(frame))


Laid = Callable[..., Table]


@pytest.fixture
def laid(qtbot: QtBot, qapp: QApplication, film: Path, film_index: FrameIndex) -> Iterator[Laid]:
    """Lay a table: `laid(event, …)` shows a bench with these events and waits for its first picture.

    The other arguments are what the bench is given besides. height_px: of the bench, 1366 px wide.
    """
    apply_theme(qapp, LIGHT)
    threads = set(threading.enumerate())
    tables: list[Table] = []

    def lay(
        *events: Event,
        submitted: bool = False,
        scheme: Scheme = SCHEME,
        reaction_us: int = 0,
        keep_viewing: Callable[[Span], None] = lambda _: None,
        persons: FindPersons | None = lambda _media, _file_us: (),
        episodes: tuple[tuple[Episode, ...], ...] = (),
        tracks: tuple[FeatureTrack, ...] = (),
        height_px: int = 768,
    ) -> Table:
        table = Table(
            film,
            film_index,
            events,
            submitted=submitted,
            scheme=scheme,
            reaction_us=reaction_us,
            keep_viewing=keep_viewing,
            persons=persons,
            episodes=episodes,
            tracks=tracks,
        )
        tables.append(table)
        qtbot.addWidget(table.bench)
        table.bench.resize(1366, height_px)
        table.bench.show()
        table.bench.timeline.setFocus()
        qtbot.waitUntil(lambda: table.bench.painted.value is not None, timeout=20_000)
        return table

    yield lay
    for table in tables:
        table.bench.shut()
    assert set(threading.enumerate()) <= threads, "a thread of the bench is still running"
