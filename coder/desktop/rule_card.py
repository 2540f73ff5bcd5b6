"""What must be reached to pass: shown before a test, for whoever is to take it."""

from collections.abc import Callable, Sequence

from PyQt6.QtWidgets import QVBoxLayout, QWidget

from coder.desktop.pieces import Card, button, label, scrolled
from coder.language import tr
from coder.model.scheme import Scheme
from coder.model.training import Rule, RuleChange
from coder.workflows.training.words import rule_words


class RuleCard(Card):
    """The rule in force, sentence by sentence, and its changes with their reasons. change: the form is wanted."""

    def __init__(
        self,
        rule: Rule,
        scheme: Scheme,
        changes: Sequence[tuple[RuleChange, str]],
        change: Callable[[], object],
    ) -> None:
        """changes: with the name of who made each, oldest first."""
        self.change_button = button(tr("&Change…"), change, "quiet")
        self.change_button.setAccessibleName(tr("Change the rule…"))
        self.change_button.setToolTip(tr("For supervisors: other thresholds, with a reason that is kept"))
        super().__init__(tr("What you need to pass"), (self.change_button,))
        inside = QWidget()
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(0, 0, 8, 0)
        lines.setSpacing(8)
        for sentence in rule_words(rule, scheme):
            lines.addWidget(label(sentence, wrap=True))
        for made, name in reversed(changes):
            words = tr("Changed on {day} by {name}: {why}", day=made.at[:10], name=name, why=made.why)
            lines.addWidget(label(words, "muted", wrap=True))
        lines.addStretch(1)
        self.column.addWidget(scrolled(inside, tr("What you need to pass")), 1)
