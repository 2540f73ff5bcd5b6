"""Hosts the bench: the way back, which pass is on it, and submitting. Coding itself is the bench's."""

from collections.abc import Callable

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coder.annotate.view.bench import Bench, BenchContent
from coder.desktop.pieces import button, label
from coder.desktop.remembered import restore_splitters
from coder.desktop.study_actions import called
from coder.desktop.wording import PURPOSE_WORDS
from coder.model.edit import Edit
from coder.model.problem import CoderError
from coder.settings.preferences import PreferencesFile
from coder.workflows.passes import OpenPass


class BenchPage(QWidget):
    """One pass on the bench. `shut` must be called before the page goes: the bench has threads."""

    def __init__(
        self,
        opened: OpenPass,
        preferences: PreferencesFile,
        on_back: Callable[[], None],
        on_submit: Callable[[str, str], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.opened = opened
        self.what = called(opened.session, opened.coder)
        self.refusal = label("", "strip-error", wrap=True)
        self.refusal.hide()
        self.bench = Bench(_content(opened), self.refuse)
        self._stop_listening = opened.desk.listen(self._forget_refusal)
        self.back_button = button("← &Back", on_back, "quiet")
        self.back_button.setToolTip("Back to the study; everything is saved")
        self.submit_button = button("S&ubmit…", lambda: on_submit(opened.header.id, self.what))
        self.submit_button.setVisible(not opened.readonly)
        for one in (self.back_button, self.submit_button):
            # a click must not take the focus, and with it the coding keys, from the bench
            one.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._lay_out()
        restore_splitters(self, preferences)
        self.setFocusProxy(self.bench)

    def refuse(self, error: CoderError) -> None:
        """Say why a key did nothing, without taking the keyboard away; the next edit clears it."""
        self.refusal.setText("\n".join(str(problem) for problem in error.problems))
        self.refusal.show()

    def shut(self) -> None:
        """Stop playing and end the bench's threads."""
        self._stop_listening()
        self.bench.shut()

    def _forget_refusal(self, _edit: Edit) -> None:
        self.refusal.hide()

    def _lay_out(self) -> None:
        opened = self.opened
        head = QHBoxLayout()
        head.setContentsMargins(16, 6, 16, 0)
        head.setSpacing(12)
        head.addWidget(self.back_button)
        head.addWidget(label(opened.session.name, "heading"))
        head.addWidget(label(f"{opened.coder.name} · {opened.scheme.title}", "muted"))
        head.addWidget(label(PURPOSE_WORDS[opened.header.purpose], "badge-muted"))
        if opened.readonly:
            head.addWidget(label("submitted: to look at only", "badge-good"))
        head.addStretch(1)
        head.addWidget(self.submit_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.refusal)
        column.addWidget(self.bench, 1)


def _content(opened: OpenPass) -> BenchContent:
    return BenchContent(
        desk=opened.desk,
        scheme=opened.scheme,
        session=opened.session,
        media=opened.media,
        film=opened.film,
        tracks=opened.tracks,
        coder=opened.coder,
        readonly=opened.readonly,
    )
