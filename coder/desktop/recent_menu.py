"""The menu of recent studies, filled each time it opens."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PyQt6.QtWidgets import QMenu

from coder.language import tr
from coder.settings.preferences import RecentStudy


def fill_recent(menu: QMenu, studies: Sequence[RecentStudy], open_study: Callable[[Path], object]) -> None:
    """Put a line for each study into the menu, in the place of the old ones."""
    menu.clear()
    for study in studies:
        action = menu.addAction(study.name.replace("&", "&&"))
        if action is not None:
            action.setToolTip(study.path)
            action.triggered.connect(lambda _checked, path=study.path: open_study(Path(path)))
    if menu.isEmpty():
        none = menu.addAction(tr("None yet"))
        if none is not None:
            none.setEnabled(False)
