"""The review before a pass is moved to a newer version of its scheme, word by word."""

from collections.abc import Callable
from dataclasses import dataclass

from PyQt6.QtCore import QEvent, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PyQt6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from coder.desktop.move_rows import MOVE_COLUMNS, MoveRow, rows_of
from coder.desktop.move_word import WordCard
from coder.desktop.pieces import Card, button, label, page_head
from coder.desktop.tables import Rows, Table
from coder.language import plural, tr
from coder.model.coding import CodingPass
from coder.model.recoding import Recoding, Word
from coder.model.scheme_changes import Aspect, compare_schemes
from coder.workflows.moving import Preview, preview
from coder.workflows.moving_words import summary

_TOLD = 3


@dataclass(frozen=True)
class MoveWishes:
    """What the page may ask for. move: carry the plan out. leave: nothing is kept."""

    move: Callable[[Recoding], object]
    leave: Callable[[], object]


class MoveTable(Table):
    """The rows; Space confirms the chosen one, Delete leaves it out."""

    confirmed = pyqtSignal()
    removed = pyqtSignal()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Space and Delete decide, all other keys as in every table."""
        if event is not None and event.key() == Qt.Key.Key_Space:
            self.confirmed.emit()
        elif event is not None and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)


class MovePage(QWidget):
    """Shows a plan (`plan`) and changes it as the person decides. name: what the pass is called."""

    def __init__(self, name: str, coding: CodingPass, plan: Recoding, wishes: MoveWishes) -> None:
        super().__init__()
        self.plan = plan
        self._coding, self._wishes = coding, wishes
        self._found = Preview(None, ())
        versions = plan.old.id.version, plan.new.id.version
        self._title = label(
            tr("{name}: from version {old} to {new}", name=name, old=versions[0], new=versions[1]),
            "title",
            wrap=True,
        )
        self._line = label(
            tr(
                "“{scheme}”. A new, open pass is made; the pass with version {old} stays as it is.",
                scheme=plan.new.title,
                old=versions[0],
            ),
            "muted",
            wrap=True,
        )
        self.back_button = button(tr("← &Back"), wishes.leave, "quiet")
        self.back_button.setToolTip(tr("Nothing is changed (Esc)"))
        self.move_button = button(tr("&Move the pass"), self._move, "primary")
        self.changed_only = QCheckBox(tr("Only what &changed"))
        self.next_button = button(tr("&Next open one"), self.show_next)
        self.table = MoveTable(
            Rows[MoveRow](MOVE_COLUMNS, self), tr("Codes of the pass, and what becomes of them")
        )
        self.word = WordCard(versions, self._choose, self._confirm)
        self.status = label("", "strip-ok", wrap=True)
        self.problems = label("", "strip-error", wrap=True)
        self.added = label(_added_text(plan), "muted", wrap=True)
        self._lay_out()
        self.changed_only.setChecked(any(not step.plain for step in plan.steps))
        self.changed_only.toggled.connect(lambda _on: self._show())
        self.table.chosen.connect(lambda _row: self._show_word())
        self.table.opened.connect(lambda _row: self.word.choice.setFocus())
        self.table.confirmed.connect(self._toggle)
        self.table.removed.connect(lambda: self._choose(None))
        QShortcut(QKeySequence("Esc"), self).activated.connect(wishes.leave)
        self.setFocusProxy(self.table)
        self._show()
        self.table.choose(0)
        self.show_next()

    @property
    def row(self) -> MoveRow | None:
        """The chosen row."""
        rows = self._rows.rows
        return rows[self.table.row] if 0 <= self.table.row < len(rows) else None

    def show_next(self) -> None:
        """Choose the next word, from the chosen one on, that is to be decided or confirmed."""
        rows, at = self._rows.rows, max(self.table.row, 0)
        open_ones = {step.old for step in self.plan.unsettled}
        for number in (*range(at, len(rows)), *range(at)):
            if rows[number].step.old in open_ones:
                self.table.choose(number)
                self.table.setFocus()
                return

    def changeEvent(self, event: QEvent | None) -> None:
        """The marks of both texts follow the theme."""
        super().changeEvent(event)
        if event is not None and event.type() is QEvent.Type.PaletteChange and self.isVisible():
            self._show_word()

    @property
    def _rows(self) -> Rows[MoveRow]:
        return self.table.lines

    def _choose(self, new: Word | None) -> None:
        if self.row is not None and self.row.counts:
            self.plan = self.plan.chosen(self.row.step.old, new)
            self._show()

    def _confirm(self, read: bool) -> None:
        if self.row is not None:
            self.plan = self.plan.confirmed(self.row.step.old, read=read)
            self._show()

    def _toggle(self) -> None:
        if self.row is not None and self.row.step.asks and self.row.counts:
            self._confirm(not self.row.step.confirmed)

    def _move(self) -> None:
        if self.move_button.isEnabled():
            self._wishes.move(self.plan)

    def _show(self) -> None:
        """The plan as it is now, with the chosen word kept."""
        before = self.row.step.old if self.row is not None else None
        rows = rows_of(self.plan, changed_only=self.changed_only.isChecked())
        self._rows.show(rows)
        words = [row.step.old for row in rows]
        self.table.choose(words.index(before) if before in words else 0)
        self._found = preview(self._coding, self.plan)
        self._show_word()
        self._show_state()

    def _show_word(self) -> None:
        self.word.show_row(self.row)

    def _show_state(self) -> None:
        result, left = self._found.result, len(self.plan.unsettled)
        self.next_button.setEnabled(left > 0)
        self.move_button.setEnabled(result is not None and not self._found.problems)
        if self._found.problems and not left:
            self.status.setText(tr("The pass cannot be moved like this."))
        elif result is not None:
            self.status.setText(summary(result))
        else:
            self.status.setText(
                plural(
                    "{count} word is to be decided or confirmed before the pass can be moved.",
                    "{count} words are to be decided or confirmed before the pass can be moved.",
                    left,
                )
            )
        conflicts = () if left else self._found.problems
        told, more = [str(problem) for problem in conflicts[:_TOLD]], len(conflicts) - _TOLD
        if more > 0:
            told.append(
                plural("… and {count} more place like this.", "… and {count} more places like this.", more)
            )
        self.problems.setText("\n".join(told))
        self.problems.setVisible(bool(told))

    def _lay_out(self) -> None:
        head = page_head(self.back_button, self._title, self._line)
        head.addWidget(self.move_button, 0, Qt.AlignmentFlag.AlignVCenter)
        codes = Card(tr("Codes"), (self.changed_only, self.next_button))
        codes.column.addWidget(self.table, 1)
        codes.column.addWidget(self.added)
        keys = tr("Space confirms, Delete leaves out, Enter goes to what it becomes.")
        codes.column.addWidget(label(keys, "muted", wrap=True))
        body = QHBoxLayout()
        body.setSpacing(16)
        body.addWidget(codes, 5)
        body.addWidget(self.word, 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(16)
        column.addLayout(head)
        column.addLayout(body, 1)
        column.addWidget(self.problems)
        column.addWidget(self.status)
        self.added.setVisible(self.added.text() != "")


def _added_text(plan: Recoding) -> str:
    """Codes and tiers that only the new version has: nothing of the old pass can have them by itself."""
    names = [one.after for one in compare_schemes(plan.old, plan.new) if one.aspect is Aspect.ADDED]
    if not names:
        return ""
    return tr("New in version {version}: {names}.", version=plan.new.id.version, names=", ".join(names))
