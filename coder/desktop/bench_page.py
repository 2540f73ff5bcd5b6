"""Hosts the bench: the way back, which pass is on it, and submitting. Coding itself is the bench's."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coder.analysis import derived_states, in_time
from coder.annotate.view.below_film import FIRST_PX
from coder.annotate.view.bench import Bench
from coder.annotate.view.content import BenchContent, Camera, Options, Place
from coder.desktop.errors import OnError
from coder.desktop.film_actions import FilmActions
from coder.desktop.film_watch import FilmBanner, FilmWatch
from coder.desktop.pieces import banner, button, label
from coder.desktop.place_keeper import PlaceKeeper
from coder.desktop.study_actions import called
from coder.desktop.tour import Tour
from coder.desktop.tour_stops import stops
from coder.desktop.wording import PURPOSE_WORDS
from coder.language import tr
from coder.model.problem import CoderError
from coder.model.study import Media, Purpose
from coder.model.time import SECOND_US
from coder.settings.folders import cache_folder
from coder.settings.places import PlacesFile
from coder.settings.preferences import BenchChoices, PreferencesFile
from coder.workflows.cameras import proxy_of
from coder.workflows.chosen_keys import keys_of
from coder.workflows.measured import episodes_of
from coder.workflows.passes import OpenPass

_KEPT = "bench-"
_MARGIN = 0.03  # of a clip, to each side of it


class BenchPage(QWidget):
    """One pass on the bench. `shut` must be called before the page goes: the bench has threads."""

    def __init__(
        self,
        opened: OpenPass,
        preferences: PreferencesFile,
        places: PlacesFile,
        on_error: OnError,
        on_back: Callable[[], None],
        on_submit: Callable[[str, str], None],
    ) -> None:
        super().__init__()
        self.opened = opened
        self._preferences, self._on_error = preferences, on_error
        self._watch: FilmWatch | None = None
        self._keeper = PlaceKeeper(places, opened.header.id, on_error)
        self.bench = Bench(self._content(opened), on_error)
        kept = preferences.value.splitters
        self.bench.set_sizes({name.removeprefix(_KEPT): size for name, size in kept.items()})
        self.back_button = button(tr("← &Back"), on_back, "quiet")
        self.back_button.setToolTip(tr("Back to the study; everything is saved"))
        what = called(opened.session, opened.coder)
        self.submit_button = button(tr("S&ubmit…"), lambda: on_submit(opened.header.id, what))
        for one in (self.back_button, self.submit_button):
            # a click must not take the focus, and with it the coding keys, from the bench
            one.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.tour: Tour | None = None
        self._submitting = ""
        self._lay_out()
        self.setFocusProxy(self.bench)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def sizes(self) -> dict[str, str]:
        """How the bench shares the window, under names for the preferences."""
        return {_KEPT + name: size for name, size in self.bench.sizes().items()}

    def watch_films(self, watch: FilmWatch, films: FilmActions) -> None:
        """Warn above the picture while a film is missing or not the one that was coded."""
        self._watch = watch
        self.banner = FilmBanner(watch, films, self, can_code=not self.opened.readonly)
        self._column.insertWidget(1, self.banner)
        watch.start()

    def practise(self, words: str) -> None:
        """Say above the picture that this pass is for practice; there is nothing to submit."""
        self.submit_button.hide()
        self.remind(words, tr("Back to the schemes; nothing of this is kept"))

    def remind(self, words: str, back: str, submitting: str = "") -> None:
        """Say something lasting above the picture.

        back: what Back does, for its tool tip. submitting: what submitting means, if not what it means elsewhere.
        """
        self.back_button.setToolTip(back)
        self._submitting = submitting
        self._column.insertWidget(1, banner(words))

    def start_tour(self) -> None:
        """Show the bench part by part; one tour at a time."""
        if self.tour is None:
            self.tour = Tour(self, tuple(stops(self.bench, self.submit_button, self._submitting)), self._end_tour)

    def _end_tour(self) -> None:
        self.tour = None
        self._keep_preferences(tour_seen=True)

    def shut(self) -> None:
        """Stop playing, end the bench's threads, and keep the place."""
        if self._watch is not None:
            self._watch.stop()
        self.bench.shut()
        self._keeper.finish()

    def _lay_out(self) -> None:
        opened = self.opened
        head = QHBoxLayout()
        head.setContentsMargins(12, 4, 12, 4)
        head.setSpacing(12)
        head.addWidget(self.back_button)
        head.addWidget(label(opened.session.name, "heading"))
        head.addWidget(label(f"{opened.coder.name} · {opened.scheme.title}", "muted"))
        head.addWidget(label(tr(PURPOSE_WORDS[opened.header.purpose]), "muted"))
        if opened.readonly:
            head.addWidget(label(tr("submitted"), "badge-good"), 0, Qt.AlignmentFlag.AlignVCenter)
        head.addStretch(1)
        head.addWidget(self.submit_button)
        if opened.readonly:
            self.submit_button.hide()
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.bench, 1)

    def _content(self, opened: OpenPass) -> BenchContent:
        return BenchContent(
            desk=opened.desk,
            scheme=opened.scheme,
            session=opened.session,
            cameras=cameras_of(opened.films),
            tracks=opened.tracks,
            episodes=episodes_of(opened.tracks, opened.session.window),
            persons=opened.persons,
            differences=opened.differences,
            readonly=opened.readonly,
            remark=opened.remark,
            reaction_us=opened.coder.reaction_us,
            keys=keys_of(self._preferences.value, opened.scheme),
            options=Options(**self._preferences.value.bench.model_dump()),
            place=self._keeper.begin() or _begin(opened),
            cache=cache_folder() / "spectrograms",
            keep_place=self._keeper.keep,
            keep_options=self._keep_options,
            viewings=opened.viewings,
            keep_viewing=opened.keep_viewing,
            derived=in_time(opened.scheme),
            derive=lambda coding: derived_states(coding, opened.scheme),
        )

    def _keep_options(self, options: Options) -> None:
        chosen = BenchChoices(**asdict(options))
        if chosen != self._preferences.value.bench:
            self._keep_preferences(bench=chosen)

    def _keep_preferences(self, **fields: object) -> None:
        try:
            self._preferences.change(**fields)
        except CoderError as error:
            self._on_error(error)


def _begin(opened: OpenPass) -> Place | None:
    """In a clip of a course a second before what was kept of an attempt ends, else where the clip begins, with the
    clip as wide as the timeline. None, where a film begins, in all other passes."""
    window = opened.session.window
    if opened.header.purpose is not Purpose.TRAINING:
        return None
    ends = [one.offset_us for one in opened.desk.coding if one.offset_us < window.end_us]
    at_us = max([window.start_us, *(end - SECOND_US for end in ends)])
    margin = window.duration_us * _MARGIN
    return Place(at_us, window.start_us - margin, window.duration_us * (1 + 2 * _MARGIN) / FIRST_PX)


def cameras_of(films: Sequence[tuple[Media, Path]]) -> tuple[Camera, ...]:
    """The films that are there, for the pass can be gone on with; all of them where none is."""
    cameras = tuple(Camera(media, film, proxy_of(media)) for media, film in films)
    return tuple(camera for camera in cameras if camera.film.is_file()) or cameras
