"""What the pages share."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PyQt6.QtCore import QUrl
from PyQt6.QtGui import QDesktopServices

from coder.desktop.errors import OnError
from coder.desktop.strip import Strip
from coder.settings.preferences import PreferencesFile


@dataclass(frozen=True)
class Tools:
    """What pages share: the strip for slow work, where errors go, what is remembered, how a file is shown."""

    strip: Strip
    on_error: OnError
    preferences: PreferencesFile
    show_file: Callable[[Path], object] = lambda path: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    @property
    def measuring(self) -> Strip:
        """The strip for measuring, which takes hours and hinders nothing else."""
        return self.strip.beside or self.strip
