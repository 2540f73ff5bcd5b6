"""Making a course from a study's sessions: its clips in order, its texts, its rule, and what is still wrong."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PyQt6.QtCore import Qt, QTimer
from PyQt6.QtGui import QHideEvent, QKeySequence, QShortcut
from PyQt6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from coder.desktop.course_making_forms import AddClipForm, ClipWish, EditClipForm, Place, prose_field
from coder.desktop.course_making_rows import CLIP_COLUMNS
from coder.desktop.look import scaled
from coder.desktop.pieces import Card, OneLine, button, label, page_head, scrolled
from coder.desktop.shared import Tools
from coder.desktop.tables import Rows, Table
from coder.language import plural, tr
from coder.model.problem import CoderError
from coder.model.training import StepKind
from coder.store import StudyStore
from coder.workflows.scheme_languages import in_language
from coder.workflows.training.course_draft import CourseDraft, DraftStep, id_of, new_step, suggested_rule
from coder.workflows.training.making import draft_problems
from coder.workflows.training.masters import Source, sources
from coder.workflows.training.rule_sentences import rule_words

_SIDE_PX = 210
_RESTS_MS = 400
_MOST_EVENTS = 1000


@dataclass(frozen=True, slots=True)
class MakingWishes:
    """What the page asks for. keep: the draft has changed. master(step id): its events. write: the course."""

    back: Callable[[], object]
    keep: Callable[[CourseDraft], object]
    master: Callable[[str], object]
    write: Callable[[], object]
    discard: Callable[[], object]


class CourseMakingPage(QWidget):
    """Shows one draft; every change is told at once (`wishes.keep`)."""

    def __init__(self, store: StudyStore, draft: CourseDraft, tools: Tools, wishes: MakingWishes) -> None:
        super().__init__()
        self._store, self._tools, self._wishes = store, tools, wishes
        self.draft = draft
        self._own_clips: int | None = None  # what was set by hand
        self._found: tuple[Source, ...] = sources(store, draft.scheme.id.name)
        self.back_button = button(tr("← &Back"), wishes.back, "quiet")
        self.discard_button = button(tr("D&iscard…"), wishes.discard)
        self.write_button = button(tr("&Write the course…"), wishes.write, "primary")
        self.add_button = button(tr("&Add a clip…"), self._ask_clip)
        self.edit_button = button(tr("&Edit…"), self._ask_step)
        self.master_button = button(tr("&Master…"), self._to_master)
        self.up_button = button(tr("Move u&p"), lambda: self._move(-1))
        self.remove_button = button(tr("&Remove"), self._remove)
        self.table = Table(Rows[DraftStep](CLIP_COLUMNS, self), tr("Clips of the course"))
        self.keys = label(tr("Enter shows a clip’s master; Alt+↑ and Alt+↓ move it."), "muted", wrap=True)
        self.none = label(self._empty_words(), "muted", wrap=True)
        self.title = QLineEdit(draft.title)
        self.version = QLineEdit(draft.version)
        self.summary = prose_field(draft.summary)
        self.notice = prose_field(draft.notice)
        self.authors = QLineEdit(", ".join(draft.authors))
        self.clips = _spin(1, 100, draft.rule.clips)
        self.min_events = _spin(0, _MOST_EVENTS, draft.rule.min_events)
        self.rule = label("", wrap=True)
        self.wrong = label("", "strip-warning", wrap=True)
        self.fine = label(tr("Nothing is missing: the course can be written."), "muted", wrap=True)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_RESTS_MS)
        self._later.timeout.connect(self._check)
        self._lay_out()
        self._connect()
        self._show()

    @property
    def step(self) -> DraftStep | None:
        """The chosen clip."""
        steps = self.draft.steps
        return steps[self.table.row] if 0 <= self.table.row < len(steps) else None

    def texts(self) -> CourseDraft:
        """The draft with what stands in the fields now."""
        names = (name.strip() for name in self.authors.text().split(","))
        title = " ".join(self.title.text().split())
        return replace(
            self.draft,
            title=title,
            name=id_of(title),
            version=self.version.text().strip(),
            summary=self.summary.toPlainText().strip(),
            notice=self.notice.toPlainText().strip(),
            authors=tuple(name for name in names if name),
        )

    def _change(self, draft: CourseDraft, *, clips: bool = False) -> None:
        """Another draft. clips: other ones are in it, so the scheme asks for other things.

        The rule of a next version stays as it is, but for what is set here.
        """
        if clips and all(step.before is None for step in draft.steps):
            suggested = suggested_rule(draft, self.min_events.value())
            tests = sum(step.kind is StepKind.TEST and step.test_set == 1 for step in draft.steps)
            own = min(self._own_clips or suggested.clips, max(tests, 1))
            draft = replace(draft, rule=replace(suggested, clips=own))
        self.draft = draft
        self._wishes.keep(draft)
        self._show()

    def _type(self) -> None:
        """Texts are kept once the keyboard rests, or the page is left."""
        self.draft = self.texts()
        self._later.start()

    def let_go(self) -> None:
        """The draft is done with: nothing of it is kept any more."""
        self._later.stop()

    def hideEvent(self, event: QHideEvent | None) -> None:
        """What was typed last is kept."""
        if self._later.isActive():
            self._later.stop()
            self._wishes.keep(self.draft)
        super().hideEvent(event)

    def _show(self) -> None:
        chosen = max(self.table.row, 0)
        steps = self.draft.steps
        self.table.lines.show(steps)
        self.table.choose(min(chosen, len(steps) - 1))
        self.table.setVisible(bool(steps))
        self.none.setVisible(not steps)
        self.keys.setVisible(bool(steps))
        self.add_button.setEnabled(bool(self._found))
        for one in (self.edit_button, self.master_button, self.up_button, self.remove_button):
            one.setEnabled(bool(steps))
        if not self.clips.hasFocus():
            self.clips.setValue(self.draft.rule.clips)
        words = rule_words(self.draft.rule, in_language(self.draft.scheme)) if self.draft.rule.requirements else ()
        self.rule.setText("\n".join(words) or tr("What it takes to pass follows from the clips of the test."))
        self._later.start()

    def _check(self) -> None:
        """Keep the draft, and say what is still wrong; writing would be refused for it."""
        self._wishes.keep(self.draft)
        problems = draft_problems(self.draft)
        self.wrong.setText("\n".join(str(problem) for problem in problems))
        self.wrong.setVisible(bool(problems and self.draft.steps))
        self.fine.setVisible(not problems)
        self.write_button.setEnabled(not problems)

    def _empty_words(self) -> str:
        if not self._found:
            return tr(
                "No session of this study is submitted with “{scheme}” yet, or all of them are still blind. A "
                "course is made of what was coded and agreed on.",
                scheme=in_language(self.draft.scheme).title,
            )
        return plural(
            "A course begins with a clip to watch, goes on with clips to practise on, and ends with a test. "
            "{count} coding of this study can be a master.",
            "A course begins with a clip to watch, goes on with clips to practise on, and ends with a test. "
            "{count} codings of this study can be masters.",
            len(self._found),
        )

    def _ask_clip(self) -> None:
        def add(wish: ClipWish) -> None:
            kind, test_set = wish.place
            margins = {tier.id: wish.margin_us for tier in self.draft.scheme.tiers}
            step = new_step(
                self._store, self.draft, wish.source, kind, media=wish.media, span=wish.span, margins_us=margins
            )
            step = replace(step, tiers=wish.tiers, test_set=test_set)
            self._change(self.draft.with_step(step), clips=True)
            self.table.choose([one.id for one in self.draft.steps].index(step.id))

        try:
            form = AddClipForm(self.window(), in_language(self.draft.scheme), self._found, add)
        except CoderError as error:
            self._tools.on_error(error)
        else:
            form.open()

    def _ask_step(self) -> None:
        step = self.step
        if step is None:
            return

        def change(title: str, text: str, place: Place) -> None:
            kind, test_set = place
            changed = replace(step, title=title, text=text, kind=kind, test_set=test_set)
            moved = kind is not step.kind or test_set != step.test_set
            draft = self.draft.without_step(step.id) if moved else self.draft
            self._change(draft.with_step(changed), clips=moved)

        EditClipForm(self.window(), step, change).open()

    def _to_master(self) -> None:
        if self.step is not None:
            self._wishes.master(self.step.id)

    def _move(self, by: int) -> None:
        step, at = self.step, self.table.row
        if step is not None and 0 <= at + by < len(self.draft.steps):
            self._change(self.draft.moved_step(step.id, by))
            self.table.choose(at + by)

    def _remove(self) -> None:
        if self.step is not None:
            self._change(self.draft.without_step(self.step.id), clips=True)

    def _connect(self) -> None:
        for field in (self.title, self.version, self.authors):
            field.textEdited.connect(lambda _text: self._type())
        for prose in (self.summary, self.notice):
            prose.textChanged.connect(self._type)
        self.clips.valueChanged.connect(self._set_clips)
        self.min_events.valueChanged.connect(self._set_events)
        self.table.opened.connect(lambda _row: self._to_master())
        for key, do in (
            ("Alt+Up", lambda: self._move(-1)),
            ("Alt+Down", lambda: self._move(+1)),
            ("Delete", self._remove),
        ):
            shortcut = QShortcut(QKeySequence(key), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(do)
        self.setFocusProxy(self.add_button)

    def _set_clips(self, clips: int) -> None:
        if clips != self.draft.rule.clips:
            self._own_clips = clips
            self._change(replace(self.draft, rule=replace(self.draft.rule, clips=clips)))

    def _set_events(self, least: int) -> None:
        if least != self.draft.rule.min_events:
            rule = replace(self.draft.rule, min_events=least)
            self._change(replace(self.draft, rule=rule), clips=True)

    def _lay_out(self) -> None:
        line = OneLine(tr("With “{scheme}”", scheme=in_language(self.draft.scheme).title), "muted")
        head = page_head(self.back_button, label(tr("Make a course"), "title"), line)
        head.addWidget(self.discard_button)
        head.addWidget(self.write_button)
        clips = Card(
            tr("Clips"),
            (self.remove_button, self.up_button, self.edit_button, self.master_button, self.add_button),
        )
        clips.column.addWidget(self.none)
        clips.column.addWidget(self.table, 1)
        clips.column.addWidget(self.keys)
        clips.column.addWidget(self.wrong)
        clips.column.addWidget(self.fine)
        self.wrong.hide()
        self.fine.hide()
        clips.column.addStretch(0)
        about = QWidget()
        column = QVBoxLayout(about)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        column.addLayout(self._fields())
        column.addWidget(label(tr("What it takes to pass"), "heading"))
        column.addLayout(self._thresholds())
        column.addWidget(self.rule)
        column.addStretch(1)
        side = Card(tr("About the course"))
        side.column.addWidget(scrolled(about, tr("About the course")), 1)
        side.setFixedWidth(_SIDE_PX + scaled(_SIDE_PX))
        body = QHBoxLayout()
        body.setSpacing(16)
        body.addWidget(clips, 1)
        body.addWidget(side)
        page = QVBoxLayout(self)
        page.setContentsMargins(24, 16, 24, 16)
        page.setSpacing(16)
        page.addLayout(head)
        page.addLayout(body, 1)

    def _fields(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(4)
        for name, field in (
            (tr("&Title"), self.title),
            (tr("Versi&on"), self.version),
            (tr("What it is, and what it &can say"), self.summary),
            (tr("&Line on every certificate"), self.notice),
            (tr("A&uthors, with commas between"), self.authors),
        ):
            text = label(name)
            text.setBuddy(field)
            field.setAccessibleName(name.replace("&", ""))
            column.addWidget(text)
            column.addWidget(field)
        return column

    def _thresholds(self) -> QFormLayout:
        rows = QFormLayout()
        for name, field in (
            (tr("Clips in a row"), self.clips),
            (tr("Least events of each code"), self.min_events),
        ):
            text = label(name)
            text.setBuddy(field)
            field.setAccessibleName(name.replace("&", ""))
            rows.addRow(text, field)
        return rows


def _spin(low: int, high: int, value: int) -> QSpinBox:
    made = QSpinBox()
    made.setRange(low, high)
    made.setValue(value)
    made.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
    return made
