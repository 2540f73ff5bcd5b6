"""The schemes: a list in groups on the left, and what is chosen to be read like a manual on the right."""

from collections.abc import Callable

from PyQt6.QtCore import QEvent, Qt, QTimer
from PyQt6.QtGui import QAction, QKeySequence, QShortcut
from PyQt6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QSplitter, QVBoxLayout, QWidget

from coder.annotate.view.theme import Theme
from coder.desktop.look import application, scaled, theme_now
from coder.desktop.pieces import Card, button, label, page_head
from coder.desktop.reading import Reading
from coder.desktop.remembered import as_text, from_text
from coder.desktop.scheme_actions import SchemeActions
from coder.desktop.scheme_list import GROUPS, SchemeList
from coder.desktop.scheme_text import reading_html
from coder.desktop.study_forms import conflict_text
from coder.language import plural, tr
from coder.model.problem import CoderError
from coder.workflows.chosen_keys import key_conflicts
from coder.workflows.scheme_library import Entry, Origin
from coder.workflows.scheme_versions import changed_since

_PARTS = "schemes-parts"
_LIST_PX = 420


class SchemesPage(QWidget):
    """Shows the library and keeps the chosen scheme over a refresh."""

    def __init__(self, actions: SchemeActions, on_back: Callable[[], None]) -> None:
        super().__init__()
        self.verbs = actions
        self.entries: tuple[Entry, ...] = ()
        self._recoloured = QTimer(self)
        self._recoloured.setSingleShot(True)
        self._recoloured.timeout.connect(self._recolour)
        self._look = _look()
        self._title = label(tr("Schemes"), "title")
        self._line = label("", "muted")
        self.back_button = button(tr("← &Back"), on_back, "quiet")
        self.import_button = button(tr("&Import…"), actions.import_file)
        self.new_button = button(tr("New from temp&late…"), actions.new)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(tr("Filter by title, code or words (Ctrl+L)"))
        self.filter.setAccessibleName(tr("Filter the schemes"))
        self.filter.setClearButtonEnabled(True)
        self.list = SchemeList()
        self.none = label(tr("No scheme has these words."), "muted", wrap=True)
        self.use_button = button(tr("&Use in this study"), self._with(actions.use))
        self.try_button = button(tr("&Try it…"), self._with(actions.try_it))
        self.edit_button = button(tr("&Edit…"), self._with(actions.edit))
        self.copy_button = button(tr("&Copy…"), self._with(actions.copy))
        self.more_button = button(tr("&More ▾"), self._open_more)
        self.more = QMenu(self.more_button)
        self.export_action = self._line_of_more(tr("E&xport…"), actions.export)
        self.page_action = self._line_of_more(tr("Codebook as a &web page…"), actions.codebook.save_page)
        self.pdf_action = self._line_of_more(tr("Codebook as PD&F…"), actions.codebook.save_pdf)
        self.print_action = self._line_of_more(tr("&Print…"), actions.codebook.print)
        self.delete_action = self._line_of_more(tr("De&lete…"), actions.delete)
        self.note = label("", "strip-warning", wrap=True)
        self.facts = label("", "muted", wrap=True)
        self.reading = Reading(tr("The chosen scheme"))
        self.reading_card = Card("", ())
        self.parts = QSplitter(Qt.Orientation.Horizontal)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.list)
        self.refresh()

    @property
    def entry(self) -> Entry | None:
        """The chosen scheme."""
        return self.list.entry

    def refresh(self, chosen: Entry | None = None) -> None:
        """Read the library again; `chosen` is chosen, else what was."""
        try:
            self.entries = self.verbs.entries()
        except CoderError as error:
            self.verbs.tools.on_error(error)
            return
        if chosen is not None and self.filter.text():
            self.filter.clear()  # or it would not be seen
        self.list.show_entries(self.entries, with_study=self.verbs.store is not None, chosen=chosen)
        self.list.narrow(self.filter.text())
        self._show()

    def changeEvent(self, event: QEvent | None) -> None:
        """The text has colours and sizes of its own, which follow the look once all widgets have it."""
        super().changeEvent(event)
        kinds = (QEvent.Type.PaletteChange, QEvent.Type.StyleChange, QEvent.Type.FontChange)
        if event is not None and event.type() in kinds and self.entries:
            self._recoloured.start()

    def _recolour(self) -> None:
        if self._look != _look():
            self._look = _look()
            self.refresh()

    def sizes(self) -> dict[str, str]:
        """How list and text share the page, under a name for the preferences."""
        return {_PARTS: as_text(self.parts.saveState())}

    def _with(self, do: Callable[[Entry], None]) -> Callable[[], None]:
        """Do something with the chosen scheme."""

        def run() -> None:
            if self.entry is not None:
                do(self.entry)

        return run

    def _line_of_more(self, text: str, do: Callable[[Entry], None]) -> QAction:
        action = QAction(text, self.more)
        action.triggered.connect(self._with(do))
        self.more.addAction(action)
        return action

    def _open_more(self) -> None:
        self.more.popup(self.more_button.mapToGlobal(self.more_button.rect().bottomLeft()))

    def _narrow(self, words: str) -> None:
        self.list.narrow(words)
        shown = bool(self.list.shown)
        self.list.setVisible(shown)
        self.none.setVisible(not shown)

    def _show(self) -> None:
        entry = self.entry
        self._line.setText(self._counted())
        self.reading_card.heading.setText(entry.title if entry is not None else tr("No scheme is chosen"))
        self.facts.setText(_facts(entry) if entry is not None else "")
        self.facts.setVisible(bool(self.facts.text()))
        note = self._note(entry)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.reading.setVisible(entry is not None)
        if entry is not None:
            self.reading.show_html(reading_html(entry))
        self._show_can_do(entry)

    def _show_can_do(self, entry: Entry | None) -> None:
        usable = entry is not None and entry.usable
        own = entry is not None and entry.origin is Origin.OWN
        readable = entry is not None and bool(entry.text)
        installed = entry is not None and entry.origin in (Origin.SHIPPED, Origin.OWN)
        self.use_button.setVisible(self.verbs.store is not None)
        self.use_button.setEnabled(usable and installed)
        self.try_button.setEnabled(usable)
        self.copy_button.setEnabled(usable)
        self.edit_button.setEnabled(usable or (own and readable))
        self.more_button.setEnabled(entry is not None)
        self.export_action.setEnabled(readable)
        for action in (self.page_action, self.pdf_action, self.print_action):
            action.setEnabled(entry is not None and entry.scheme is not None)
        self.delete_action.setEnabled(own)

    def _counted(self) -> str:
        own = sum(entry.origin is Origin.OWN for entry in self.entries)
        return plural("{count} scheme of your own", "{count} schemes of your own", own)

    def _note(self, entry: Entry | None) -> str:
        if entry is None or entry.scheme is None:
            return ""
        conflicts = key_conflicts(self.verbs.tools.preferences.value, entry.scheme)
        changed = changed_since(self.verbs.store, entry.scheme) if self.verbs.store is not None else ""
        problems = [str(problem) for problem in entry.problems]
        return "\n".join(filter(None, (*problems, conflict_text(conflicts), changed)))

    def _connect(self) -> None:
        self.list.chosen.connect(lambda _entry: self._show())
        self.list.opened.connect(self.reading.setFocus)
        self.filter.textChanged.connect(self._narrow)
        self.filter.returnPressed.connect(self.list.setFocus)
        self.verbs.changed.connect(self.refresh)
        QShortcut(QKeySequence("F5"), self).activated.connect(self.refresh)
        QShortcut(QKeySequence("Ctrl+L"), self).activated.connect(self.filter.setFocus)

    def _lay_out(self) -> None:
        head = page_head(self.back_button, self._title, self._line)
        for one in (self.import_button, self.new_button):
            head.addWidget(one, 0, Qt.AlignmentFlag.AlignVCenter)
        left = Card(tr("All schemes"))
        left.column.addWidget(self.filter)
        left.column.addWidget(self.none)
        left.column.addWidget(self.list, 1)
        left.column.addStretch(0)
        self.none.hide()
        verbs = QHBoxLayout()
        verbs.setSpacing(8)
        for one in (self.use_button, self.try_button, self.edit_button, self.copy_button, self.more_button):
            verbs.addWidget(one)
        verbs.addStretch(1)
        right = self.reading_card.column
        right.addWidget(self.facts)
        right.addLayout(verbs)
        right.addWidget(self.note)
        right.addWidget(self.reading, 1)
        right.addStretch(0)
        self.parts.setChildrenCollapsible(False)
        self.parts.setHandleWidth(16)
        self.parts.setProperty("role", "gap")
        self.parts.addWidget(left)
        self.parts.addWidget(self.reading_card)
        self.parts.setStretchFactor(1, 1)
        self.parts.setSizes([scaled(_LIST_PX), 2 * scaled(_LIST_PX)])
        self.parts.restoreState(from_text(self.verbs.tools.preferences.value.splitters.get(_PARTS, "")))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(16)
        column.addLayout(head)
        column.addWidget(self.parts, 1)


def _look() -> tuple[Theme, float]:
    """What the text of a scheme is made for: the theme, and the size of text in points."""
    return theme_now(), application().font().pointSizeF()


def _facts(entry: Entry) -> str:
    """Where it is from, its name and version, who wrote it."""
    group = tr(GROUPS[entry.origin])
    if entry.scheme is None:
        return f"{group} · {entry.file}" if entry.file is not None else group
    named = tr("{scheme}, version {version}", scheme=entry.scheme.id.name, version=entry.scheme.id.version)
    passes = plural("{count} pass", "{count} passes", entry.passes) if entry.passes else ""
    return " · ".join(filter(None, (group, named, entry.scheme.ages, entry.scheme.licence, passes)))
