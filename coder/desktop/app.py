"""Starting the workstation: the application, its last line of defence, the window."""

import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from PyQt6.QtCore import QEvent, QTimer
from PyQt6.QtWidgets import QApplication

from coder.desktop.errors import LastDefence
from coder.desktop.speaking import speak_chosen
from coder.desktop.start_page import APP_NAME
from coder.desktop.workstation import Workstation
from coder.settings.preferences import PreferencesFile


def run(study: Path | None = None, argv: Sequence[str] = ()) -> int:
    """Open the workstation, on a study if one is named, and return its exit status when it is closed.

    argv: arguments for Qt itself, as behind the program's name.
    """
    app = QApplication([APP_NAME, *argv])
    app.setApplicationName("coder-workstation")
    app.setApplicationDisplayName(APP_NAME)
    preferences = PreferencesFile()
    speak_chosen(app, preferences.value.language)
    workstation = Workstation(preferences)
    defence = LastDefence(lambda: workstation.window)
    usual, sys.excepthook = sys.excepthook, defence
    threading.excepthook = defence.of_thread
    # Ctrl+C in the terminal that started it ends the program the way it ends any other.
    interrupted = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        workstation.window.show()
        if study is not None:
            wanted = study
            QTimer.singleShot(0, lambda: workstation.open_study(wanted))
        return app.exec()
    finally:
        signal.signal(signal.SIGINT, interrupted)
        sys.excepthook = usual
        threading.excepthook = threading.__excepthook__
        # The window goes before the application does: Python would drop the two in an order of its own, and a
        # widget that outlives its application can take the program down at its very end.
        workstation.window.deleteLater()
        app.sendPostedEvents(workstation.window, QEvent.Type.DeferredDelete.value)
