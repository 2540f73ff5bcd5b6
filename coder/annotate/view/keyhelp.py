"""All keys at a glance, over the bench: the player's, the scheme's codes and the details of the selected code."""

from collections.abc import Iterator

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from coder.annotate.keymap import groups, option_keys
from coder.annotate.view.keys import shown
from coder.annotate.view.layout import timeline_tiers
from coder.model.scheme import Scheme

Entry = tuple[tuple[str, ...], str]
Section = tuple[str, list[Entry]]


def columns(scheme: Scheme) -> Iterator[list[Section]]:
    """What the overview lists, column by column: headings with their keys."""
    commands: list[Section] = [(name, [(one.keys, one.label) for one in group]) for name, group in groups()]
    codes: list[Section] = []
    details: dict[str, list[Entry]] = {}
    for tier in timeline_tiers(scheme):
        codes.append((tier.label, [((code.key,), code.label) for code in tier.codes if code.key]))
        for code in tier.codes:
            for option in option_keys(code):
                entries = details.setdefault(option.modifier.label, [])
                if ((option.key,), option.label) not in entries:
                    entries.append(((option.key,), option.label))
    playing, going, looking, editing, viewing = commands
    yield [playing, looking]
    yield [going, viewing]
    yield from _halves([editing, *codes, *((f"Detail: {name}", entries) for name, entries in details.items())])


def _halves(sections: list[Section]) -> tuple[list[Section], list[Section]]:
    """Cut where the longer column is shortest."""
    lengths = [len(entries) + 2 for _, entries in sections]
    at = min(range(1, len(sections)), key=lambda n: max(sum(lengths[:n]), sum(lengths[n:])), default=1)
    return sections[:at], sections[at:]


class KeyHelp(QScrollArea):
    """Covers its parent while it is shown; F1 or Esc puts it away."""

    def __init__(self, parent: QWidget, scheme: Scheme) -> None:
        super().__init__(parent)
        card = QFrame()
        card.setProperty("role", "card")
        row = QHBoxLayout()
        row.setSpacing(40)
        for column in columns(scheme):
            stack = QVBoxLayout()
            stack.setSpacing(12)
            for name, entries in column:
                stack.addLayout(_group(name, entries))
            stack.addStretch(1)
            row.addLayout(stack)
        row.addStretch(1)
        hint = QLabel("F1 or Esc puts this away.")
        hint.setProperty("role", "muted")
        whole = QVBoxLayout(card)
        whole.setContentsMargins(24, 20, 24, 16)
        whole.setSpacing(8)
        whole.addLayout(row, 1)
        whole.addWidget(hint, 0, Qt.AlignmentFlag.AlignRight)
        self.setWidget(card)
        self.setWidgetResizable(True)
        self.setAccessibleName("All keys")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def toggle(self) -> None:
        """Show it, or put it away."""
        parent = self.parentWidget()
        if parent is not None and not self.isVisible():
            self.setGeometry(parent.rect().adjusted(24, 24, -24, -24))
            self.raise_()
        self.setVisible(not self.isVisible())


def _group(name: str, entries: list[Entry]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    title = QLabel(name)
    title.setProperty("role", "heading")
    grid.addWidget(title, 0, 0, 1, 2)
    for n, (keys, label) in enumerate(entries, 1):
        caps = QHBoxLayout()
        caps.setSpacing(4)
        for key in keys:
            cap = QLabel(shown(key))
            cap.setProperty("role", "key")
            caps.addWidget(cap)
        caps.addStretch(1)
        grid.addLayout(caps, n, 0)
        grid.addWidget(QLabel(label), n, 1)
    grid.setColumnStretch(1, 1)
    return grid
