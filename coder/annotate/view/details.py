"""Inspector and findings behind two tabs; how much is left to mend is always in sight."""

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QTabWidget, QToolButton

from coder.annotate.view.findings import Findings
from coder.annotate.view.inspector import Inspector
from coder.annotate.view.mending import Mending
from coder.language import tr

_EVENT, _MENDING = 0, 1


class Details(QTabWidget):
    """The selected event, or what is left to mend."""

    def __init__(self, inspector: Inspector, findings: Findings, mending: Mending) -> None:
        super().__init__()
        self._mending = mending
        self.setDocumentMode(True)
        self.addTab(inspector, tr("Event"))
        self.addTab(findings, tr("To mend"))
        bar = self.tabBar()
        assert bar is not None
        bar.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        bar.setAccessibleName(tr("Event, or what is left to mend"))
        bar.setExpanding(False)
        bar.setDrawBase(False)
        bar.setUsesScrollButtons(False)
        for unused in bar.findChildren(QToolButton):
            unused.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumWidth(180)
        mending.listen(self._count)

    def show_event(self) -> None:
        """Bring the selected event to the front."""
        self.setCurrentIndex(_EVENT)

    def _count(self) -> None:
        """The number, with a sign where something stands in the way of submitting."""
        count, hindering = self._mending.count, self._mending.hindering
        if hindering:
            text, tip = tr("To mend: {count} !", count=count), tr("{count} hinder submitting", count=hindering)
        elif count:
            text, tip = tr("To mend: {count}", count=count), tr("None of them hinders submitting")
        else:
            text, tip = tr("To mend ✓"), tr("Nothing to mend.")
        self.setTabText(_MENDING, text)
        self.setTabToolTip(_MENDING, tip)
