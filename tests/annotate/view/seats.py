"""A bench with several cameras whose films say in every picture which frame it is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QWidget

from coder.annotate.desk import Desk
from coder.annotate.view.bench import Bench
from coder.annotate.view.content import BenchContent, Camera, Options, Painted
from coder.annotate.view.picture import Picture
from coder.media import FrameIndex, open_index
from coder.model.coding import CodingPass, Event
from coder.model.problem import CoderError
from coder.model.study import Fingerprint, Media, Session
from coder.model.time import Span
from tests.annotate.example import SCHEME, Writer, header
from tests.annotate.view.hands import pixels
from tests.clips import HEIGHT, WIDTH, read_number


@dataclass(frozen=True)
class Film:
    """A film on the session's clock, and the session times at which its frames begin."""

    path: Path
    offset_us: int = 0
    skew_ppm: int = 0
    proxy: Path | None = None

    @property
    def index(self) -> FrameIndex:
        return open_index(self.path)

    def media(self, n: int) -> Media:
        index = self.index
        return Media(
            f"m{n}",
            self.path.name,
            Fingerprint("", 0),
            f"camera {n + 1}",
            index.duration_us,
            index.frame_count,
            self.offset_us,
            self.skew_ppm,
        )


@dataclass
class Seats:
    """Everything around one bench with several cameras."""

    films: Sequence[Film]
    options: Options = field(default_factory=Options)
    events: tuple[Event, ...] = ()

    def __post_init__(self) -> None:
        known = [film.media(n) if film.path.exists() else _missing(n, film) for n, film in enumerate(self.films)]
        self.media = known
        self.onsets_us = [
            np.array([media.to_session_us(int(at_us)) for at_us in film.index.times_us])
            if film.path.exists()
            else np.zeros(0, np.int64)
            for film, media in zip(self.films, known, strict=True)
        ]
        window = Span(0, max(media.to_session_us(media.duration_us) for media in known))
        self.kept: list[Options] = []
        self.errors: list[CoderError] = []
        self.writer = Writer()
        self.desk = Desk(CodingPass.of(replace(header(), window=window), self.events), self.writer, SCHEME)
        content = BenchContent(
            desk=self.desk,
            scheme=SCHEME,
            session=Session("s", "Session", window, tuple(known)),
            cameras=tuple(
                Camera(media, film.path, film.proxy) for media, film in zip(known, self.films, strict=True)
            ),
            options=self.options,
            keep_options=self.kept.append,
        )
        self.bench = Bench(content, self.errors.append)

    @property
    def front(self) -> int:
        """Which camera is in front."""
        return self.bench.player.cameras.all.index(self.bench.player.front)

    def expected(self, at_us: int) -> list[int | None]:
        """The frames that belong on the screen at a session time: the nearest onset, None outside the film."""
        return [self._nearest(onsets_us, at_us) for onsets_us in self.onsets_us]

    def _nearest(self, onsets_us: np.ndarray, at_us: int) -> int | None:
        if not len(onsets_us):
            return None
        distances = np.abs(onsets_us - at_us)
        half_us = np.median(np.diff(onsets_us)) / 2 + 1
        return int(distances.argmin()) if distances.min() <= half_us else None

    def numbers(self) -> list[int | None]:
        """The numbers in the pictures as they were painted last, one for each camera."""
        return [number_in(camera.picture) for camera in self.bench.player.cameras.all]

    def watch(self) -> "Watch":
        """Compare all pictures with each other from now on, each time that one is painted."""
        return Watch(self)


class Watch:
    """What was painted: (frame in front, session time) each time, and what did not fit."""

    def __init__(self, seats: Seats) -> None:
        self.seen: list[Painted] = []
        self.wrong: list[tuple[Painted, list[int | None], list[int | None]]] = []
        self._seats = seats
        seats.bench.painted.listen(self._look)

    @property
    def frames(self) -> list[int]:
        return [painted.index for painted in self.seen]

    def _look(self, painted: Painted | None) -> None:
        if painted is None:
            return
        self.seen.append(painted)
        there, expected = self._seats.numbers(), self._seats.expected(painted.at_us)
        if there != expected or there[self._seats.front] != painted.index:
            self.wrong.append((painted, there, expected))


def number_in(picture: Picture) -> int | None:
    """The number in the frame that a picture painted last; None if a message covers it."""
    shown = picture.on_screen
    if shown is None:
        return None
    height, width = shown[1].shape[:2]
    image = QImage(shown[1].tobytes(), width, height, width * 4, QImage.Format.Format_RGB32)
    smooth = Qt.TransformationMode.SmoothTransformation
    return read_number(pixels(image.scaled(WIDTH, HEIGHT, transformMode=smooth)))


def grabbed(widget: QWidget) -> QImage:
    """What a widget looks like."""
    return widget.grab().toImage()


def _missing(n: int, film: Film) -> Media:
    return Media(f"m{n}", film.path.name, Fingerprint("", 0), f"camera {n + 1}", 1_000_000, 25, film.offset_us)


Seated = Callable[..., Seats]
