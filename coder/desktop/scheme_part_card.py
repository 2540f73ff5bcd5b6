"""The middle of the scheme editor: the chosen part with its form, or the keys of all tiers."""

from collections.abc import Callable, Sequence
from typing import Any

from PyQt6.QtCore import Qt

from coder.desktop.pieces import Card, label, scrolled
from coder.desktop.scheme_field_words import ABOUT, PARTS
from coder.desktop.scheme_keyboard import Keyboard
from coder.desktop.scheme_outline import name_of
from coder.desktop.scheme_part_form import PartForm
from coder.formats.scheme_draft import SchemeDraft
from coder.formats.toml_places import Path
from coder.language import tr
from coder.model.problem import Problem


class PartCard(Card):
    """edited(path, value): what a person made of a field; None leaves it out."""

    def __init__(self, edited: Callable[[Path, Any], None]) -> None:
        super().__init__("")
        self.form = PartForm(edited)
        self.keyboard = Keyboard()
        self._about = label("", "muted", wrap=True)
        self.area = scrolled(self.form, tr("Fields of the chosen part"))
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.column.addWidget(self._about)
        self.column.addWidget(self.keyboard)
        self.column.addWidget(self.area, 1)
        self.column.addStretch(0)

    def show_part(
        self, draft: SchemeDraft, path: Path, saved: SchemeDraft, problems: Sequence[tuple[Path, Problem]]
    ) -> None:
        """Show the part at a path. saved: the scheme as it was saved. problems: all of the scheme's."""
        is_list = len(path) == 1
        self.heading.setText(name_of(draft, path))
        kind = PARTS.get(str(path[-2])) if len(path) > 1 else ABOUT.get(str(path[0])) if is_list else None
        self._about.setText(tr(kind) if kind else tr("What stands over the whole scheme."))
        self.area.setVisible(not is_list)
        self.keyboard.setVisible(path == ("tiers",))
        self.keyboard.show_draft(draft)
        if not is_list:
            self.form.show_part(draft, path, saved)
            self.form.show_problems(draft, path, problems)

    def go_to_top(self) -> None:
        """Show the first field."""
        bar = self.area.verticalScrollBar()
        if bar is not None:
            bar.setValue(0)
