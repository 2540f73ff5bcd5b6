"""What must be reached to pass: shown before a test, for whoever is to take it."""

from collections.abc import Callable, Sequence

from PyQt6.QtWidgets import QVBoxLayout, QWidget

from coder.desktop.pieces import Card, button, label, scrolled
from coder.language import later, tr
from coder.model import statistic
from coder.model.scheme import Scheme
from coder.model.training import Rule, RuleChange
from coder.workflows.training.words import rule_words

_KAPPA = later("Kappa: agreement beyond chance. 1 is perfect, 0 is what guessing gives.")
_MEANINGS = (
    (statistic.ACCURACY, later("Estimated accuracy: how often you give the right code, worked out from kappa.")),
    (statistic.F1, later("F1: finding everything and marking nothing extra. 1 is perfect.")),
    (statistic.BIAS, later("Timing bias: how much earlier or later than the master you mark on average.")),
    (statistic.TIME_UNIT_KAPPA, _KAPPA),
    (statistic.EVENT_KAPPA, _KAPPA),
    (statistic.KAPPA, _KAPPA),
    (statistic.WEIGHTED_KAPPA, _KAPPA),
    (statistic.ICC, later("ICC: telling segments apart by your ratings as the master does. 1 is perfect.")),
    (statistic.MEAN_DIFFERENCE, later("Mean difference: how much higher or lower you rate on average.")),
)


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
        used = {one.statistic for one in rule.requirements}
        for meaning in dict.fromkeys(text for name, text in _MEANINGS if name in used):
            lines.addWidget(label(tr(meaning), "muted", wrap=True))
        for made, name in reversed(changes):
            words = tr("Changed on {day} by {name}: {why}", day=made.at[:10], name=name, why=made.why)
            lines.addWidget(label(words, "muted", wrap=True))
        lines.addStretch(1)
        self.column.addWidget(scrolled(inside, tr("What you need to pass")), 1)
