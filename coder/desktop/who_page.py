"""Who is who: look at the boxes over a film, and confirm, swap or say; what is measured follows at once."""

from collections.abc import Callable, Generator
from dataclasses import asdict

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from coder.annotate.commands import HOLDABLE
from coder.annotate.keymap import Command, Do
from coder.annotate.view.content import Camera, Options
from coder.annotate.view.keys import key_texts
from coder.annotate.view.who_lanes import stretch_at, stretches
from coder.annotate.view.who_rows import WhoLanes
from coder.annotate.view.who_view import WhoView
from coder.desktop.forms import Choice
from coder.desktop.jobs import Job
from coder.desktop.pieces import OneLine, button, label, page_head
from coder.desktop.shared import Tools
from coder.desktop.who_side import CONFIRM, FROM_HERE, ROLE_KEYS, SWAP, TO_HERE, SaidRow, WhoSide, WhoWishes
from coder.language import tr
from coder.model.persons import Role
from coder.model.problem import CoderError, CodingError, Problem
from coder.model.progress import Progress
from coder.model.study import Coder, Media
from coder.model.time import Span
from coder.settings.preferences import BenchChoices
from coder.store import StudyStore
from coder.workflows.cameras import proxy_of
from coder.workflows.persons import confirm, say, swap, withdraw_mark
from coder.workflows.who import WhoIsWho, film_persons


class WhoPage(QWidget):
    """One measured film. Everything that is said is on the disk before it is shown. `shut` it before it goes."""

    def __init__(
        self,
        known: WhoIsWho,
        films: "tuple[Media, ...]",
        store: StudyStore,
        tools: Tools,
        on_back: Callable[[], object],
        on_film: Callable[[Media], object],
    ) -> None:
        super().__init__()
        self._store, self._tools, self._known = store, tools, known
        self._media = known.media
        self._job: Job | None = None
        self._own_span = False
        coders = store.coders()
        self._names = {coder.id: coder.name for coder in coders}
        self.actor = Choice[Coder]([(one.name, one) for one in coders])
        self.actor.setAccessibleName(tr("Said by"))
        options = Options(**tools.preferences.value.bench.model_dump())
        camera = Camera(known.media, known.film, proxy_of(known.media))
        self.view = WhoView(
            known.session,
            camera,
            lambda _media, file_us: self._known.persons.at(file_us),
            options,
            self._keep,
            self._leave,
        )
        self.side = WhoSide(
            WhoWishes(
                self._confirm,
                self._swap,
                self._say,
                self._take_back,
                self._from_here,
                self._to_here,
                self._as_found,
                self.view.face.set,
            )
        )
        self._lay_out(films, on_back, on_film)
        self.view.painted.listen(lambda _: self._on_frame())
        self.view.chosen.listen(self.side.show_stretch)
        self.setFocusProxy(self.view.rows)
        self.view.rows.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._show_known()

    def shut(self) -> None:
        """Stop playing and end all threads; may be called twice."""
        self.view.shut()
        if self._job is not None and self._job.running:
            self._job.wait()

    # Qt's events

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        """What is said by key, then what the film understands."""
        if a0 is None:
            return
        texts = key_texts(a0)
        meaning = self.view.keymap.first_meaning(texts)
        do = meaning.do if isinstance(meaning, Command) else None
        own = next((self._own_keys()[text] for text in texts if text in self._own_keys()), None)
        if a0.isAutoRepeat() and do not in HOLDABLE:
            return
        if own is not None:
            own()
        elif do is Do.DELETE:
            self._take_back()
        elif do is Do.UNDO:
            self.side.choose_newest()
            self._take_back()
        elif do in (Do.BEFORE, Do.AFTER):
            self._point(+1 if do is Do.AFTER else -1)
        elif do is Do.DESELECT:
            self._as_found()
        elif do is not None and do in self.view.commands():
            self.view.do(do, held=a0.isAutoRepeat())
        else:
            super().keyPressEvent(a0)

    def _own_keys(self) -> dict[str, Callable[[], None]]:
        roles = {key: (lambda role=role: self._say(role)) for key, role in ROLE_KEYS.items()}
        return {
            **roles,
            CONFIRM: self._confirm,
            SWAP: self._swap,
            FROM_HERE: self._from_here,
            TO_HERE: self._to_here,
        }

    # what is said

    def _confirm(self) -> None:
        self._write(lambda span, actor: confirm(self._store, self._media.id, span, actor=actor))

    def _swap(self) -> None:
        self._write(lambda span, actor: swap(self._store, self._media.id, span, actor=actor))

    def _say(self, role: Role) -> None:
        persons, frame = self.view.seen(), self.view.painted.value
        at = self.view.face.value
        if frame is None or at is None or at >= len(persons):
            self._refuse(
                tr("Nobody is chosen."), tr("Choose somebody in this frame first, with the arrows up and down.")
            )
            return
        one = persons[at]
        x, y = (one.left + one.right) / 2, (one.top + one.bottom) / 2
        at_us = self._media.to_file_us(frame.at_us)
        self._write(lambda span, actor: say(self._store, self._media.id, at_us, x, y, role, span, actor=actor))

    def _take_back(self) -> None:
        row = self.side.said_row
        if row is None:
            self._refuse(tr("Nothing is chosen."), tr("Choose what was said in the list."))
        else:
            self._write(lambda _span, actor: withdraw_mark(self._store, row.mark.id, actor=actor))

    def _write(self, write: Callable[[Span, str], object]) -> None:
        """Put it on the disk and follow it, on a thread; what is shown changes when it has."""
        span = self.view.chosen.value
        if self._job is not None and self._job.running:
            self._refuse(tr("What was said before is still being followed."))
        elif not self._names:
            self._refuse(tr("This study has no coder yet."), tr("Add one on the page of the study."))
        elif span is not None:
            media, actor = self._media, self.actor.value.id
            span = Span(media.to_file_us(span.start_us), media.to_file_us(span.end_us))

            def steps() -> Generator[Progress, None, WhoIsWho]:
                yield Progress(0, 0, tr("Following what you said"))
                write(span, actor)
                return film_persons(self._store, self._known.session.id, media.id)

            job = Job(tr("Following what you said"), steps, self)
            job.finished.connect(self._on_written)
            job.failed.connect(self._on_failed)
            job.broke.connect(self._tools.on_error)
            self._job = job
            self.view.strip.say(tr("Following what you said …"))
            job.start()

    def _on_written(self, known: WhoIsWho) -> None:
        self._known = known
        self._own_span = False
        self._show_known()
        self.view.strip.say(tr("Said, and everything that was measured follows."))

    def _on_failed(self, error: CoderError) -> None:
        self.view.refuse(error)

    def _refuse(self, what: str, hint: str = "") -> None:
        self.view.refuse(CodingError(Problem(what, hint=hint)))

    # the stretch

    def _from_here(self) -> None:
        frame, span = self.view.painted.value, self.view.chosen.value
        if frame is not None and span is not None:
            self._choose(Span(frame.at_us, max(span.end_us, frame.at_us)))

    def _to_here(self) -> None:
        frame, span = self.view.painted.value, self.view.chosen.value
        if frame is not None and span is not None:
            end_us = self.view.player.front.offset_us(frame.index)
            self._choose(Span(min(span.start_us, frame.at_us), end_us))

    def _as_found(self) -> None:
        self._own_span = False
        self._on_frame()

    def _choose(self, span: Span) -> None:
        self._own_span = True
        self.view.chosen.set(span)

    # what is shown

    def _on_frame(self) -> None:
        frame, lanes = self.view.painted.value, self.view.lanes.value
        if frame is None:
            return
        if not self._own_span:
            both = (lanes.child, lanes.parent)
            self.view.chosen.set(stretch_at(frame.at_us, self.view.bounds, both, lanes.marked))
        self._show_faces()

    def _show_faces(self) -> None:
        persons = self.view.seen()
        at = self.view.face.value
        if persons and (at is None or at >= len(persons)):
            self.view.face.set(0)
        self.side.show_faces(persons, self.view.face.value)

    def _point(self, by: int) -> None:
        persons = self.view.seen()
        if persons:
            at = self.view.face.value
            self.view.face.set(0 if at is None else (at + by) % len(persons))
            self.side.show_faces(persons, self.view.face.value)

    def _show_known(self) -> None:
        known, media = self._known, self._media
        rows = tuple(
            SaidRow(
                mark,
                Span(media.to_session_us(mark.span.start_us), media.to_session_us(mark.span.end_us)),
                self._names.get(mark.actor, mark.actor),
            )
            for mark in known.marks
        )
        found = [known.tracks.get(f"{who}_found") for who in ("child", "parent")]
        child, parent = (stretches(track) if track is not None else () for track in found)
        self.view.lanes.set(WhoLanes(child, parent, tuple(row.span for row in rows)))
        self.side.show_said(rows)
        self.view.find_anew(lambda _media, file_us: known.persons.at(file_us))
        self._on_frame()

    def _lay_out(
        self, films: "tuple[Media, ...]", on_back: Callable[[], object], on_film: Callable[[Media], object]
    ) -> None:
        self.back_button = button(tr("← &Back"), on_back, "quiet")
        self.back_button.setToolTip(tr("Everything is saved"))
        self.back_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        title = OneLine(tr("Who is who: {session}", session=self._known.session.name), "heading")
        row = page_head(self.back_button, title, OneLine(self._media.role or self._known.film.name, "muted"))
        row.setContentsMargins(12, 4, 12, 4)
        if len(films) > 1:
            choice = Choice[Media]([(film.role or film.path, film) for film in films], self._media)
            choice.setAccessibleName(tr("Film"))
            choice.activated.connect(lambda _at: on_film(choice.value))
            row.addWidget(choice, 0, Qt.AlignmentFlag.AlignVCenter)
        by = label(tr("&Said by"))
        by.setBuddy(self.actor)
        self.actor.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.actor.activated.connect(lambda _at: self._leave())
        for part in (by, self.actor):
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        head = QWidget()
        head.setLayout(row)
        whole = QSplitter(Qt.Orientation.Horizontal)
        whole.setChildrenCollapsible(False)
        whole.setHandleWidth(1)
        whole.addWidget(self.view)
        whole.addWidget(self.side)
        whole.setStretchFactor(0, 1)
        whole.setSizes([1000, 366])
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(0)
        stack.addWidget(head)
        stack.addWidget(whole, 1)

    def _leave(self) -> None:
        self.view.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep(self, options: Options) -> None:
        try:
            self._tools.preferences.change(bench=BenchChoices(**asdict(options)))
        except CoderError as error:
            self._tools.on_error(error)
