"""The line below the passes that says the study has a newer version of the chosen pass's scheme."""

from collections.abc import Callable

from PyQt6.QtWidgets import QHBoxLayout, QWidget

from coder.desktop.pieces import button, label
from coder.language import tr
from coder.workflows.studies import PassRow


class NewerRow(QWidget):
    """Hidden where there is nothing newer. move: the pass is to be moved to the newest version."""

    def __init__(self, move: Callable[[], object]) -> None:
        super().__init__()
        self._line = label("", "muted", wrap=True)
        self.button = button("", move)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._line, 1)
        row.addWidget(self.button)

    def show_pass(self, row: PassRow | None) -> None:
        """Tell about the chosen pass."""
        newer = row.newer if row is not None else ""
        self.setVisible(bool(newer))
        if row is not None and newer:
            text = tr(
                "This pass keeps version {version} of “{scheme}”; the study has version {newer} now.",
                version=row.version,
                scheme=row.scheme_title,
                newer=newer,
            )
            self._line.setText(text)
            self.button.setText(tr("Move to versio&n {newer}…", newer=newer))
