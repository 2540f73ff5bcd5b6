"""The page on which a scheme is written: its parts, the form of one, and all that is wrong, told as it arises."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from PyQt6.QtCore import Qt, QTimer
from PyQt6.QtGui import QKeySequence, QShortcut
from PyQt6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from coder.desktop.pieces import OneLine, button, label, page_head
from coder.desktop.scheme_editor_parts import PartVerbs, columns, part_buttons, parts_card
from coder.desktop.scheme_history import History
from coder.desktop.scheme_outline import Outline
from coder.desktop.scheme_part_card import PartCard
from coder.desktop.scheme_places import with_kind
from coder.desktop.scheme_problems import ProblemsCard
from coder.desktop.scheme_wishes import EditorWishes
from coder.formats.scheme_draft import SchemeDraft
from coder.formats.scheme_entries import with_label
from coder.formats.toml_places import Path
from coder.language import plural, tr
from coder.model.problem import CoderError

_TYPING_MS, _KEEP_MS = 180, 600


class SchemeEditor(QWidget):
    """saved: the scheme as it is kept. origin: in one line, what is edited here and what becomes of it.

    now: what the editor begins with, if it is not the saved one; undo leads back to that.
    """

    def __init__(
        self, saved: SchemeDraft, origin: str, wishes: EditorWishes, now: SchemeDraft | None = None
    ) -> None:
        super().__init__()
        self.history = History(saved)
        self.history.add(now or saved, ())
        self.wishes = wishes
        self._origin = origin
        self._pending: dict[Path, Any] = {}
        self._typing = self._timer(_TYPING_MS, self.flush)
        self._keeping = self._timer(_KEEP_MS, self._keep)
        self.title = OneLine("", "title")
        self.line = OneLine("", "muted")
        self.back_button = button(tr("← &Back"), self.leave, "quiet")
        self.undo_button = button(tr("&Undo"), self.undo)
        self.redo_button = button(tr("&Redo"), self.redo)
        self.try_button = button(tr("&Try it…"), self.try_it)
        self.save_button = button(tr("Sav&e"), self.save, "primary")
        self.strip = label("", "strip-error", wrap=True)
        self.strip.hide()
        self.verbs = PartVerbs(self._change, lambda: self.draft, lambda: self.outline.path)
        self.add_button = QPushButton(tr("&Add"))
        self.add_menu = QMenu(self.add_button)
        self.outline = Outline(self.verbs.keys(self._open_add_menu))
        self.part_buttons = part_buttons(self.verbs)
        self.part = PartCard(self._edited)
        self.form = self.part.form
        self.problems = ProblemsCard(self.go_to)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.outline)
        self._show()
        self.outline.choose(())

    @property
    def draft(self) -> SchemeDraft:
        """The scheme as it is written now, what is being typed included."""
        self.flush()
        return self.history.draft

    def go_to(self, path: Path) -> None:
        """Show the part that a path belongs to, with the keyboard in its field."""
        self.flush()
        self.outline.choose(path)
        self._show_part()
        self.form.go_to(path)

    def undo(self) -> None:
        """Take the last edit back, and show where it was."""
        self.flush()
        if self.history.can_undo:
            self._show_place(self.history.undo())

    def redo(self) -> None:
        """Do what was taken back again, and show where it is."""
        self.flush()
        if self.history.can_redo:
            self._show_place(self.history.redo())

    def save(self) -> None:
        """Keep the scheme, if nothing is wrong with it; else go to the first problem."""
        draft = self.draft
        if count := len(problems := draft.problems()):
            self.go_to(problems[0][0])
            self._say(
                plural(
                    "Mend {count} problem, then the scheme can be saved. Until then it is kept here as it is.",
                    "Mend {count} problems, then the scheme can be saved. Until then it is kept here as it is.",
                    count,
                ),
                wrong=True,
            )
            return
        try:
            said = self.wishes.save(draft.text())
        except CoderError as error:
            self._keep()  # where another window saved the same scheme, what was kept went with it
            self._say("\n".join(str(problem) for problem in error.problems), wrong=True)
            return
        self.history.mark_saved(draft)
        self._origin = tr("One of your own schemes.")
        self._keeping.stop()
        self.wishes.drop()
        self._say(said)
        self._show()

    def try_it(self) -> None:
        """Put the scheme as it is written on a sample."""
        self._keep()
        if problems := self.draft.problems():
            self.go_to(problems[0][0])
            self._say(tr("A scheme can be tried once nothing is wrong with it."), wrong=True)
        else:
            self.wishes.try_it(self.draft.text())

    def leave(self) -> None:
        """Go back. What is not saved is kept, and is here again when the scheme is edited the next time.

        Where it cannot be kept the page stays, and says why.
        """
        self.flush()
        if self._keep():
            self.wishes.back()

    def shut(self) -> None:
        """Keep what is not saved, for the page goes away."""
        self.flush()
        self._keep()

    def flush(self) -> None:
        """Make edits of what was typed."""
        self._typing.stop()
        pending, self._pending = self._pending, {}
        draft = self.history.draft
        for path, value in pending.items():
            draft = self._with(draft, path, value)
            self.history.add(draft, path, typed=True)
        if pending:
            self._changed()

    def _edited(self, path: Path, value: Any) -> None:
        """A field was edited; what is typed waits for the next pause."""
        self._pending[path] = value
        self._typing.start()
        if not self.form.is_typed(path):
            self.flush()

    def _with(self, draft: SchemeDraft, path: Path, value: Any) -> SchemeDraft:
        if path[-1] == "kind" and path[:-2] == ("tiers",):
            return with_kind(draft, path[:-1], value)
        if path[-1] == "label" and isinstance(value, str) and len(path) > 1:
            return with_label(draft, path[:-1], value, self.history.saved)
        if value is None:
            return draft.without(path) if draft.value(path) is not None else draft
        return draft.with_value(path, value)

    def _change(self, draft: SchemeDraft, path: Path, *, name_it: bool = False) -> None:
        """An edit of whole parts. path: the part to show then. name_it: its label is to be written next."""
        self._typing.stop()
        self.history.add(draft, path)
        self._changed()
        self.outline.choose(path)
        if name_it:
            self.form.go_to((*path, "label"))
            self.form.select_text()
        else:
            self.outline.setFocus()

    def _changed(self) -> None:
        self.strip.hide()
        self._keeping.start()
        self._show()

    def _show(self) -> None:
        draft = self.history.draft
        problems = draft.problems()
        counted = Counter(path[:at] for path, _ in problems for at in range(len(path) + 1))
        self.outline.show_draft(draft, counted)
        self.problems.show_problems(draft, problems)
        name, version = draft.value(("title",)), draft.value(("version",))
        self.title.setText(f"{name or tr('Scheme')} {version or ''}".strip())
        unsaved = "" if self.history.is_saved else tr("Not saved yet; what you write is kept all the same.")
        self.line.setText(f"{self._origin} {unsaved}".strip())
        self.undo_button.setEnabled(self.history.can_undo)
        self.redo_button.setEnabled(self.history.can_redo)
        self.try_button.setEnabled(not problems)
        self.save_button.setEnabled(not self.history.is_saved)
        self._show_part()

    def _show_part(self) -> None:
        path = self.outline.path
        self.part.show_part(self.history.draft, path, self.history.saved, self.problems.problems)
        self.verbs.show_can_do(self.part_buttons, path)
        for field in list(self.form.fields.values())[-1:]:
            self.setTabOrder(field.focusProxy() or field, self.problems.list)

    def _show_place(self, path: Path) -> None:
        self._changed()
        self.go_to(path)

    def _open_add_menu(self) -> None:
        self.add_button.showMenu()

    def _fill_add_menu(self) -> None:
        self.flush()
        self.verbs.fill(self.add_menu)

    def _choose(self) -> None:
        self.flush()
        self._show_part()
        self.part.go_to_top()

    def _keep(self) -> bool:
        """Keep what is not saved; False, with the reason on the page, if it cannot be kept."""
        self._keeping.stop()
        if self.history.is_saved:
            self.wishes.drop()
            return True
        try:
            self.wishes.keep(self.history.draft.text())
        except CoderError as error:
            lost = tr(
                "What you write here is not kept, so the page stays open. Save it, or undo all of it to leave."
            )
            self._say("\n".join((*(str(problem) for problem in error.problems), lost)), wrong=True)
            return False
        return True

    def _say(self, text: str, *, wrong: bool = False) -> None:
        self.strip.setProperty("role", "strip-error" if wrong else "strip-ok")
        style = self.strip.style()
        if style is not None:
            style.polish(self.strip)
        self.strip.setText(text)
        self.strip.show()

    def _timer(self, pause_ms: int, do: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(pause_ms)
        timer.timeout.connect(do)
        return timer

    def _connect(self) -> None:
        self.outline.chosen.connect(lambda _path: self._choose())
        self.add_menu.aboutToShow.connect(self._fill_add_menu)
        self.add_button.setMenu(self.add_menu)
        for keys, do in (("Ctrl+Z", self.undo), ("Ctrl+Shift+Z", self.redo), ("Ctrl+S", self.save)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(do)

    def _lay_out(self) -> None:
        head = page_head(self.back_button, self.title, self.line)
        for one in (self.undo_button, self.redo_button, self.try_button, self.save_button):
            head.addWidget(one, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(16)
        column.addLayout(head)
        column.addWidget(self.strip)
        column.addWidget(
            columns(parts_card(self.outline, self.add_button, self.part_buttons), self.part, self.problems), 1
        )
