"""The walk: coders and supervisor look at each disagreement in front of the film and settle it by one key."""

from collections.abc import Callable, Sequence
from dataclasses import asdict

from PyQt6.QtCore import QEvent, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QResizeEvent
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from coder.annotate.commands import HOLDABLE
from coder.annotate.keymap import Command, Do
from coder.annotate.view.content import Options
from coder.annotate.view.differing import time_text, verdict_text
from coder.annotate.view.in_question import InQuestion
from coder.annotate.view.keyhelp import KeyHelp
from coder.annotate.view.keys import key_texts
from coder.annotate.view.verdict_bar import VerdictBar
from coder.annotate.view.walk_content import WalkContent
from coder.annotate.view.walk_view import WalkView
from coder.desktop.bench_page import cameras_of
from coder.desktop.film_actions import FilmActions
from coder.desktop.film_watch import FilmBanner, FilmWatch
from coder.desktop.shared import Tools
from coder.desktop.walk_consensus import ConsensusBar
from coder.desktop.walk_decisions import Decisions, first_actor
from coder.desktop.walk_keys import NEXT_OPEN, Commands, sections, verdict_of
from coder.desktop.walk_layout import WalkHead, spread_out
from coder.desktop.walk_list import WalkList
from coder.desktop.walk_rows import Moments, WalkRow, rows_of
from coder.language import tr
from coder.model.disagreement import Verdict
from coder.model.problem import CoderError, CodingError, Problem
from coder.model.time import Span
from coder.settings.preferences import BenchChoices
from coder.store import StudyStore
from coder.workflows.chosen_keys import keys_of
from coder.workflows.settling import Walk


class WalkPage(QWidget):
    """Walks one `Walk`. Every verdict is on the disk before it is shown. `shut` must be called before it goes.

    consensus_wanted(str): the consensus of these passes, by id, is to be shown on the bench.
    """

    consensus_wanted = pyqtSignal(str)

    def __init__(self, walk: Walk, store: StudyStore, tools: Tools, on_back: Callable[[], object]) -> None:
        super().__init__()
        self._tools = tools
        self._watch: FilmWatch | None = None
        coders = store.coders()
        self._names = {coder.id: coder.name for coder in coders}
        names = walk.coder_a.name, walk.coder_b.name
        content = self._content(walk)
        self._keymap = content.keymap
        self.head = WalkHead(walk, coders, first_actor(store, walk), on_back, self._consensus, self._leave)
        self.decisions = Decisions(store, walk, self.head.actor.value)
        self.head.actor.currentIndexChanged.connect(self._change_actor)
        self.view = WalkView(content, self.keyPressEvent, self._leave)
        self.list = WalkList(rows_of(walk.differences, walk.settled, walk.scheme, *names), walk.scheme)
        self.question = InQuestion(content, self.view.play_span, self._leave)
        note_key = self._keymap.first_key(Do.NOTE)
        self.bar = VerdictBar(*names, note_key, self._settle, self._keep_note, self._leave)
        self.consensus = ConsensusBar(store, tools, self.consensus_wanted.emit, self._leave)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        whole = spread_out(self.list, self.question, self.view, self.bar)
        for part in (self.head, self.consensus, whole, self.view.strip):
            self._column.addWidget(part, 1 if part is whole else 0)
        self.key_help = KeyHelp(self, sections(self._keymap, self._commands(), *names))
        self.setFocusProxy(self.list.table)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.list.chosen.connect(self._show)
        self._show(self.list.row)

    # for whoever shows the page

    @property
    def walk(self) -> Walk:
        """As it is on the disk."""
        return self.decisions.walk

    def show_moments(
        self, moments: Sequence[Span], tier: str = "", codes: tuple[str | None, str | None] | None = None
    ) -> None:
        """Show only the disagreements at these moments, e.g. those behind a cell of a confusion table.

        tier: only of this one. codes: only where A has the first and B the second (None: nothing).
        """
        self.list.show_moments(Moments(tuple(moments), tier, codes))

    def watch_films(self, watch: FilmWatch, films: FilmActions) -> None:
        """Warn above the page while a film is missing or not the one that was coded."""
        self._watch = watch
        self._column.insertWidget(1, FilmBanner(watch, films, self, can_code=False))
        watch.start()

    def shut(self) -> None:
        """Stop playing and end all threads; may be called twice."""
        if self._watch is not None:
            self._watch.stop()
        self.view.shut()

    # Qt's events

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        """Verdicts and commands; fields that are typed into keep their keys."""
        if a0 is None:
            return
        texts = key_texts(a0)
        verdict, meaning = verdict_of(texts), self._keymap.first_meaning(texts)
        do = meaning.do if isinstance(meaning, Command) else None
        if self.key_help.isVisible():
            if do in (Do.KEYS, Do.DESELECT):
                self.key_help.toggle()
        elif a0.isAutoRepeat() and do not in HOLDABLE:
            return
        elif verdict is not None:
            self._settle(verdict)
        elif NEXT_OPEN in texts:
            self._next_open()
        elif do is not None and do in (commands := self._commands(held=a0.isAutoRepeat())):
            self.view.strip.calm()
            commands[do]()
        else:
            super().keyPressEvent(a0)

    def event(self, a0: QEvent | None) -> bool:
        """F1 shows the keys of this page; elsewhere it is the menu's."""
        override = a0 is not None and a0.type() is QEvent.Type.ShortcutOverride
        if override and isinstance(a0, QKeyEvent) and a0.key() == Qt.Key.Key_F1:
            a0.accept()
            return True
        return super().event(a0)

    def resizeEvent(self, a0: QResizeEvent | None) -> None:
        """The sheet of keys covers the page."""
        super().resizeEvent(a0)
        self.key_help.setGeometry(self.rect().adjusted(24, 24, -24, -24))

    # what the keys do

    def _commands(self, *, held: bool = False) -> Commands:
        return {
            **self.view.commands(held=held),
            Do.BEFORE: lambda: self.list.step(-1),
            Do.AFTER: lambda: self.list.step(+1),
            Do.DIFFERENCE_BACK: lambda: self.list.step(-1),
            Do.DIFFERENCE_ON: lambda: self.list.step(+1),
            Do.NOTE: self._write_note,
            Do.DELETE: self._take_back,
            Do.UNDO: self._undo,
            Do.DESELECT: self._leave,
            Do.KEYS: self._toggle_keys,
        }

    def _leave(self) -> None:
        self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _toggle_keys(self) -> None:
        self.key_help.toggle()

    def _write_note(self) -> None:
        if self.list.row is not None:
            self.bar.write_note()

    def _next_open(self) -> None:
        if not self.list.next_open():
            self.view.strip.say(tr("Nothing more is to be settled among what is shown."))

    def _settle(self, verdict: Verdict) -> None:
        row = self.list.row
        if row is None:
            self.view.refuse(CodingError(Problem(tr("No disagreement is chosen."))))
            return
        note = self.bar.note.text().strip()
        if self._written(lambda: self.decisions.settle(row.about, verdict, note)):
            self._show_decided(row, go_on=True)

    def _keep_note(self, note: str) -> None:
        row = self.list.row
        if row is None:
            return
        if self._written(lambda: self.decisions.keep_note(row.about, note)):
            self._show_decided(row, go_on=False)

    def _take_back(self) -> None:
        row = self.list.row
        if row is not None and self._written(lambda: self.decisions.take_back(row.about)):
            self._show_decided(row, go_on=False)

    def _undo(self) -> None:
        if self._written(self.decisions.undo) and self.decisions.undone is not None:
            self.list.choose_key(self.decisions.undone.key)
            if self.list.row is not None:
                self._show_decided(self.list.row, go_on=False)

    def _written(self, write: Callable[[], object]) -> bool:
        """Write a decision. True once it is on the disk; else nothing has changed, and the person is told."""
        try:
            write()
        except CodingError as error:
            self.view.refuse(error)
            return False
        except CoderError as error:
            self._tools.on_error(error)
            return False
        return True

    def _change_actor(self) -> None:
        self.decisions.actor = self.head.actor.value

    def _consensus(self) -> None:
        if self.walk.consensus is not None:
            self.consensus_wanted.emit(self.walk.consensus.id)
        else:
            try:
                who = self.decisions.who()
            except CodingError as error:
                self.view.refuse(error)
                self.head.actor.setFocus()
                return
            self.consensus.ask(self.walk, who)

    # showing

    def _show_decided(self, row: WalkRow, *, go_on: bool) -> None:
        settlement = self.decisions.of(row.key)
        at = time_text(row.about.span.start_us)
        if settlement is not None and settlement.verdict is not None:
            words = verdict_text(settlement.verdict, row.name_a, row.name_b)
            self.view.strip.say(tr("Saved: {verdict}, {time}", verdict=words, time=at))
        elif self.decisions.draft(row.key):
            self.view.strip.say(tr("The note is saved with your verdict."))
        else:
            self.view.strip.say(tr("Not settled any more: {time}", time=at))
        self.list.settled(row.key, settlement, go_on=go_on)

    def _show(self, row: WalkRow | None) -> None:
        """Show the chosen disagreement; the film stays where it is if only the verdict is another."""
        about = row.about if row is not None else None
        if about != self.view.chosen.value:
            self.view.choose(about)
            self.question.show_one(about)
        if row is None:
            self.bar.show_settled(None, "", "", can=False)
            return
        settlement, draft = self.decisions.of(row.key), self.decisions.draft(row.key)
        if settlement is None:
            told = tr("The note is saved with your verdict.") if draft else tr("Not settled yet")
            self.bar.show_settled(None, draft, told)
            return
        who = self._names.get(settlement.actor, "")
        told = tr("Settled by {coder} on {day}", coder=who, day=settlement.at[:10])
        self.bar.show_settled(settlement.verdict, settlement.note, told)

    def _content(self, walk: Walk) -> WalkContent:
        preferences = self._tools.preferences.value
        return WalkContent(
            scheme=walk.scheme,
            session=walk.session,
            cameras=cameras_of(walk.films),
            pass_a=walk.pass_a,
            pass_b=walk.pass_b,
            name_a=walk.coder_a.name,
            name_b=walk.coder_b.name,
            differences=tuple(sorted(walk.differences, key=lambda one: (one.span, one.tier))),
            tracks=walk.tracks,
            keys=keys_of(preferences, walk.scheme),
            options=Options(**preferences.bench.model_dump()),
            keep_options=self._keep_options,
        )

    def _keep_options(self, options: Options) -> None:
        try:
            self._tools.preferences.change(bench=BenchChoices(**asdict(options)))
        except CoderError as error:
            self._tools.on_error(error)
