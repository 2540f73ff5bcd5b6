"""Changing a course's rule: each threshold, who changes it, and why. The change is recorded for good."""

from collections.abc import Callable
from dataclasses import replace

from PyQt6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QGridLayout, QLineEdit, QSpinBox, QWidget

from coder.desktop.forms import Form
from coder.desktop.look import scaled
from coder.desktop.pieces import label, scrolled
from coder.language import tr
from coder.model.scheme import Scheme
from coder.model.training import Rule
from coder.workflows.training.rule_sentences import requirement_name

_HEIGHT_PX, _WIDTH_PX = 200, 680
_MOST = 10_000
_STEP, _DIGITS = 0.01, 3


class RuleForm(Form):
    """change(rule, supervisor, why) keeps the new rule; supervisor: a name. test_clips: of the shortest test."""

    def __init__(
        self,
        parent: QWidget | None,
        rule: Rule,
        scheme: Scheme,
        test_clips: int,
        change: Callable[[Rule, str, str], object],
    ) -> None:
        lead = tr(
            "Only for supervisors. The change holds for tests that are finished from now on; what was decided "
            "stays. It is kept with its reason, and shown beside the rule."
        )
        super().__init__(parent, tr("Change the rule…"), tr("Change the rule"), lead)
        self.setMinimumWidth(scaled(_WIDTH_PX))
        self._rule = rule
        self.targets = tuple(_decimal(one.target) for one in rule.requirements)
        self.clips = _whole(rule.clips, 1, max(test_clips, 1))
        self.min_events = _whole(rule.min_events, 1, _MOST)
        self.min_sensitivity = _decimal(rule.min_sensitivity)
        self.valid_days = _whole(rule.valid_days, 1, _MOST)
        self.absence_days = _whole(rule.absence_days, 1, _MOST)
        self.who = QLineEdit()
        self.why = QLineEdit()
        self._list_targets(scheme)
        self.add(tr("&Different clips in a row"), self.clips)
        self.add(tr("Least e&vents of each code, over these clips"), self.min_events)
        self.add(tr("Least &share of them that must be found"), self.min_sensitivity)
        self.add(tr("A &certificate holds, in days"), self.valid_days)
        self.add(tr("Not coded for so many &days: re-check"), self.absence_days)
        self.add(tr("&Your name, as a supervisor of this study"), self.who)
        self.add(tr("&Why"), self.why)
        (*self.targets, self.clips)[0].setFocus()
        self.do = lambda: change(self.rule, self.who.text(), self.why.text())

    @property
    def rule(self) -> Rule:
        """The rule as it is set."""
        return replace(
            self._rule,
            requirements=tuple(
                replace(one, target=round(field.value(), _DIGITS))
                for one, field in zip(self._rule.requirements, self.targets, strict=True)
            ),
            clips=self.clips.value(),
            min_events=self.min_events.value(),
            min_sensitivity=round(self.min_sensitivity.value(), _DIGITS),
            valid_days=self.valid_days.value(),
            absence_days=self.absence_days.value(),
        )

    def _list_targets(self, scheme: Scheme) -> None:
        """The targets scroll in a box of their own: a scheme may have many."""
        inside = QWidget()
        rows = QGridLayout(inside)
        rows.setContentsMargins(0, 0, 8, 0)
        rows.setHorizontalSpacing(16)
        rows.setColumnStretch(0, 1)
        for at, (one, field) in enumerate(zip(self._rule.requirements, self.targets, strict=True)):
            words = requirement_name(one, scheme)
            field.setAccessibleName(words)
            rows.addWidget(label(words, wrap=True), at, 0)
            rows.addWidget(field, at, 1)
        area = scrolled(inside, tr("Targets"))
        area.setFixedHeight(min(inside.sizeHint().height(), _HEIGHT_PX))
        self._body.insertWidget(self._body.indexOf(self.fields), area)  # a row of the form would cover the next


def _whole(value: int, low: int, high: int) -> QSpinBox:
    made = QSpinBox()
    made.setRange(low, high)
    made.setValue(value)
    made.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
    return made


def _decimal(value: float) -> QDoubleSpinBox:
    made = QDoubleSpinBox()
    made.setRange(0.0, float(_MOST))
    made.setDecimals(_DIGITS)
    made.setSingleStep(_STEP)
    made.setValue(value)
    made.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
    return made
