"""The rows of feedback: what each difference from the master says, and which are shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from coder.annotate.view.differing import (
    item_text,
    kind_text,
    length_text,
    short_item_text,
    side_text,
    span_text,
    time_text,
)
from coder.desktop.tables import Column
from coder.desktop.walk_rows import Moments
from coder.language import later, tr
from coder.model.disagreement import DisagreementKind
from coder.model.scheme import Scheme
from coder.training.differences import Difference
from coder.workflows.training.words import difference_words


@dataclass(frozen=True, slots=True)
class FeedbackRow:
    """A difference in the words of its scheme."""

    difference: Difference
    scheme: Scheme


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What is shown. kind: of one class. code: (tier, code) that the master or the trainee has there. moments: of
    a habit. None: all of them."""

    kind: DisagreementKind | None = None
    code: tuple[str, str] | None = None
    moments: Moments | None = None

    def takes(self, one: Difference) -> bool:
        """True if a difference is shown."""
        if self.kind not in (None, one.kind):
            return False
        if self.code is not None and (self.code[0] != one.tier or self.code[1] not in one.codes):
            return False
        return self.moments is None or self.moments.hold(one.about)

    def rows(self, rows: Sequence[FeedbackRow]) -> tuple[FeedbackRow, ...]:
        """The rows that are shown, in order."""
        return tuple(row for row in rows if self.takes(row.difference))


def kinds_of(rows: Sequence[FeedbackRow]) -> tuple[DisagreementKind, ...]:
    """The classes that there are, in their usual order."""
    there = {row.difference.kind for row in rows}
    return tuple(kind for kind in DisagreementKind if kind in there)


def codes_of(rows: Sequence[FeedbackRow], scheme: Scheme) -> tuple[tuple[str, str], ...]:
    """The codes that they are about, (tier, code) in the scheme's order."""
    there = {(row.difference.tier, code) for row in rows for code in row.difference.codes}
    return tuple((tier.id, code.id) for tier in scheme.tiers for code in tier.codes if (tier.id, code.id) in there)


def _class_text(row: FeedbackRow) -> str:
    about = row.difference.about
    return f"{kind_text(about, row.scheme)}\n{short_item_text(about, row.scheme)}"


def _sides_text(row: FeedbackRow) -> str:
    about = row.difference.about
    master, own = (side_text(about, row.scheme, of_b=of_b) for of_b in (False, True))
    return tr("Master: {code}", code=master) + "\n" + tr("You: {code}", code=own)


def _when_text(row: FeedbackRow) -> str:
    span = row.difference.span
    return f"{time_text(span.start_us)}\n{length_text(span.duration_us) or tr('moment')}"


FEEDBACK_COLUMNS: tuple[Column[FeedbackRow], ...] = (
    Column(
        later("Class and tier"),
        _class_text,
        tip=lambda row: item_text(row.difference.about, row.scheme),
        wide=True,
    ),
    Column(
        later("Coded"),
        _sides_text,
        tip=lambda row: difference_words(row.difference, row.scheme),
        wide=True,
    ),
    Column(later("At"), _when_text, tip=lambda row: span_text(row.difference.span), right=True, width_px=84),
)
SIDES_COLUMN = 1
