"""Changing a course's rule: each threshold, who changes it, and why. The change is recorded for good."""

from collections.abc import Callable, Sequence

from PyQt6.QtWidgets import QWidget

from coder.desktop.forms import Form
from coder.language import tr
from coder.model.scheme import Scheme
from coder.model.training import Rule, RuleChange


class RuleForm(Form):
    """change(rule, actor, why) keeps the new rule. changes: those made before, newest first."""

    def __init__(
        self,
        parent: QWidget | None,
        rule: Rule,
        scheme: Scheme,
        changes: Sequence[RuleChange],
        change: Callable[[Rule, str, str], object],
    ) -> None:
        super().__init__(parent, tr("Change the rule…"), tr("Change the rule"))
