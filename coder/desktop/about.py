"""What this program is, its version and its licence."""

from importlib.metadata import PackageNotFoundError, distribution

from PyQt6.QtCore import QT_VERSION_STR, Qt
from PyQt6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from coder import __version__
from coder.desktop.pieces import button, label
from coder.desktop.start_page import APP_LINE, APP_NAME
from coder.language import later, tr

FREE = later(
    "Free software under the GNU General Public License, version 3 or later, without any warranty. "
    "Nothing leaves this computer: no account, no network, no statistics about you."
)
RESTS_ON = later(
    "Rests on Qt {qt} and PyQt (GPL), FFmpeg through PyAV (LGPL, BSD), SQLite through SQLCipher "
    "(BSD), MediaPipe and its models (Apache 2.0), OpenCV (Apache 2.0) and the typeface Inter (SIL Open Font "
    "License)."
)


class AboutWindow(QDialog):
    """Version, licence and what the program rests on."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("About {program}", program=APP_NAME))
        self.setMinimumWidth(620)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 20)
        column.setSpacing(12)
        column.addWidget(label(APP_NAME, "title"))
        column.addWidget(label(tr("Version {version}", version=__version__), "muted"))
        column.addWidget(label(tr(APP_LINE), wrap=True))
        column.addWidget(label(tr(FREE), wrap=True))
        column.addWidget(label(tr(RESTS_ON, qt=QT_VERSION_STR), "muted", wrap=True))
        self.licence = QPlainTextEdit(licence_text())
        self.licence.setReadOnly(True)
        self.licence.setAccessibleName(tr("Text of the licence"))
        self.licence.setTabChangesFocus(True)
        self.licence.setMinimumHeight(200)
        column.addWidget(self.licence)
        close = button(tr("&Close"), self.close)
        close.setDefault(True)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        column.addLayout(foot)
        close.setFocus()


def licence_text() -> str:
    """The whole licence as it was installed; where to read it if the install has lost it."""
    try:
        text = distribution("coder-workstation").read_text("licenses/LICENSE")
    except PackageNotFoundError:
        text = None
    return text or tr(
        "See the file LICENSE that came with the program, or https://www.gnu.org/licenses/gpl-3.0.html"
    )
