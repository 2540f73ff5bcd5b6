"""The rows of a walk: what each says, which are shown, and in which order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from PyQt6.QtCore import QModelIndex

from coder.annotate.view.asked import about_text, answer_badge, asked_text, code_label, rules_asked
from coder.annotate.view.differing import (
    length_text,
    short_item_text,
    side_text,
    span_text,
    time_text,
    verdict_text,
)
from coder.annotate.view.signal_names import feature_name
from coder.desktop.evidence_texts import question_facts, value_text
from coder.desktop.tables import Column, Rows
from coder.desktop.walk_decisions import holds, key_of
from coder.desktop.wording import share_text
from coder.language import later, tr
from coder.model.disagreement import DisagreementKind, Verdict
from coder.model.evidence import Answer, Concern, Question
from coder.model.scheme import Scheme
from coder.model.time import SECOND_US, Span
from coder.workflows.review import Asked, Decision, Review


@dataclass(frozen=True, slots=True)
class WalkRow:
    """What is asked about with what was decided. key: see `key_of`, computed once. number: by weight and score.

    name_a, name_b: the coders. side: whose pass a question is about, "A" or "B"; "" where there is one alone.
    """

    about: Asked
    key: str
    number: int
    scheme: Scheme
    name_a: str
    name_b: str
    side: str = ""
    decision: Decision | None = None

    @property
    def decided(self) -> Verdict | Answer | None:
        """What holds."""
        return holds(self.decision)

    @property
    def badge(self) -> str:
        """The decision in words; "" while there is none."""
        what = self.decided
        if isinstance(what, Verdict):
            return verdict_text(what, self.name_a, self.name_b)
        return answer_badge(what, self.about.concern) if what and isinstance(self.about, Question) else ""

    @property
    def note(self) -> str:
        """What was written with the decision."""
        return self.decision.note if self.decision is not None else ""


class Source(Enum):
    """Where what is asked comes from: two colleagues who differ, or evidence."""

    ALL = "all"
    COLLEAGUES = "colleagues"
    EVIDENCE = "evidence"


class Order(Enum):
    """How the rows are sorted."""

    WEIGHT = "weight"
    TIME = "time"


class Which(Enum):
    """Which rows are shown, by what was decided."""

    ALL = "all"
    OPEN = "open"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class Moments:
    """Where to look: what stands behind a cell of a confusion table. codes: (A's, B's), None: any."""

    spans: Sequence[Span]
    tier: str = ""
    codes: tuple[str | None, str | None] | None = None

    def hold(self, one: Asked) -> bool:
        """True if a disagreement is among them; a question of evidence never is."""
        if isinstance(one, Question):
            return False
        if self.tier and one.tier != self.tier:
            return False
        if self.codes is not None and (one.code_a, one.code_b) != self.codes:
            return False
        return any(_meet(one.span, span) for span in self.spans)


@dataclass(frozen=True, slots=True)
class Choice:
    """What is shown. tier, kind: None for every one. moments: None for the whole session."""

    source: Source = Source.ALL
    tier: str | None = None
    kind: DisagreementKind | Concern | None = None
    which: Which = Which.ALL
    order: Order = Order.WEIGHT
    moments: Moments | None = None

    def takes(self, row: WalkRow) -> bool:
        """True if a row is shown."""
        about = row.about
        if self.source is not Source.ALL and isinstance(about, Question) != (self.source is Source.EVIDENCE):
            return False
        if self.tier not in (None, about.tier) or self.kind not in (None, kind_of(about)):
            return False
        if self.which is not Which.ALL and (row.decided is None) != (self.which is Which.OPEN):
            return False
        return self.moments is None or self.moments.hold(about)

    def rows(self, rows: Sequence[WalkRow]) -> tuple[WalkRow, ...]:
        """The rows that are shown, in order."""
        shown = [row for row in rows if self.takes(row)]
        if self.order is Order.TIME:
            return tuple(sorted(shown, key=lambda row: (row.about.span, row.about.tier)))
        return tuple(sorted(shown, key=lambda row: row.number))


def kind_of(about: Asked) -> DisagreementKind | Concern:
    """The class of what is asked."""
    return about.concern if isinstance(about, Question) else about.kind


def names_in(review: Review) -> tuple[str, str]:
    """The coders' names, A's and B's; "" where there is no B."""
    names = [coder.name for coder in review.coders]
    return names[0], names[1] if len(names) > 1 else ""


def rows_of(review: Review) -> tuple[WalkRow, ...]:
    """All rows, what is in dispute longest first: a second that two coders differ in weighs as much as a second of
    strong evidence, fully seen, against a code."""
    name_a, name_b = names_in(review)
    letters = dict(zip((coding.header.id for coding in review.passes), "AB", strict=False))
    asked: list[Asked] = sorted([*review.differences, *review.questions], key=_weight, reverse=True)

    def side(one: Asked) -> str:
        return letters.get(one.pass_id, "") if isinstance(one, Question) and len(letters) > 1 else ""

    return tuple(
        WalkRow(one, key_of(one), number, review.scheme, name_a, name_b, side(one), review.of(one))
        for number, one in enumerate(asked)
    )


def _weight(one: Asked) -> float:
    return one.score if isinstance(one, Question) else one.weight_us / SECOND_US


class WalkRows(Rows[WalkRow]):
    """As `Rows`, but a single row can be changed, or go, without the others being shown anew."""

    def change(self, row: WalkRow, *, keep: bool) -> None:
        """Show what was decided about a row; keep: it still belongs to what is shown."""
        at = next((n for n, one in enumerate(self.rows) if one.key == row.key), None)
        if at is None:
            return
        if keep:
            self.rows = (*self.rows[:at], row, *self.rows[at + 1 :])
            self.dataChanged.emit(self.index(at, 0), self.index(at, len(self.columns) - 1))
            return
        self.beginRemoveRows(QModelIndex(), at, at)
        self.rows = (*self.rows[:at], *self.rows[at + 1 :])
        self.endRemoveRows()


def decided(row: WalkRow, decision: Decision | None) -> WalkRow:
    """The row after a decision."""
    return replace(row, decision=decision)


_UNDECIDED = (Verdict.UNCLEAR, Verdict.UNKNOWN, Answer.UNCLEAR, Answer.UNKNOWN)
_TO_MEND = (Verdict.NEITHER, Answer.CODE_WRONG)


def decision_tone(what: Verdict | Answer | None) -> str:
    """The colour of a decision's badge."""
    if what is None:
        return ""
    if what in _UNDECIDED:
        return "muted"
    return "warning" if what in _TO_MEND else "good"


def _meet(one: Span, other: Span) -> bool:
    """True if they share time; a moment counts with both ends of a stretch."""
    if one.is_moment or other.is_moment:
        return one.start_us <= other.end_us and other.start_us <= one.end_us
    return one.overlaps(other)


def _class_text(row: WalkRow) -> str:
    about, scheme = row.about, row.scheme
    if not isinstance(about, Question):
        return f"{asked_text(about, scheme)}\n{short_item_text(about, scheme)}"
    place = scheme.tier(about.tier).label if about.tier else tr("Computed from the codes")
    return f"{asked_text(about, scheme)}\n{place}"


def _sides_text(row: WalkRow) -> str:
    about = row.about
    if isinstance(about, Question):
        return f"{_coded_text(about, row)}\n{_measured_text(about, row.scheme)}"
    a, b = (side_text(about, row.scheme, of_b=of_b) for of_b in (False, True))
    return f"A\N{EN SPACE}{a}\nB\N{EN SPACE}{b}"


def _coded_text(about: Question, row: WalkRow) -> str:
    """What the coder has there, or, where nothing is coded, what is not."""
    label = code_label(row.scheme, about.tier, about.code)
    label = tr("no “{code}”", code=label) if about.concern is Concern.UNCODED else label
    return f"{row.side}\N{EN SPACE}{label}" if row.side else label


def _measured_text(about: Question, scheme: Scheme) -> str:
    """`12 % · Heads to each other`: the number first, for there may be little room."""
    if about.concern is Concern.VISIBLE:
        return tr("{share} · faces found", share=share_text(about.value))
    rule = next(iter(rules_asked(about, scheme)), None)
    value = share_text(about.value) if rule is None else value_text(rule, about.value)
    return f"{value} · {feature_name(about.feature)}"


def _sides_tip(row: WalkRow) -> str:
    about = row.about
    if isinstance(about, Question):
        return "\n".join((_coded_text(about, row), *question_facts(about, row.scheme)))
    a, b = (side_text(about, row.scheme, of_b=of_b) for of_b in (False, True))
    return f"{row.name_a}: {a}\n{row.name_b}: {b}"


def _when_text(row: WalkRow) -> str:
    return f"{time_text(row.about.span.start_us)}\n{length_text(row.about.span.duration_us) or tr('moment')}"


WALK_COLUMNS: tuple[Column[WalkRow], ...] = (
    Column(
        later("Class and tier"),
        _class_text,
        tip=lambda row: about_text(row.about, row.scheme),
        wide=True,
    ),
    Column(later("Coded"), _sides_text, tip=_sides_tip, wide=True),
    Column(later("At"), _when_text, tip=lambda row: span_text(row.about.span), right=True, width_px=84),
    Column(
        later("Verdict"),
        lambda row: row.badge,
        tone=lambda row: decision_tone(row.decided),
        tip=lambda row: row.note,
        width_px=150,
        least_px=84,
    ),
)
SIDES_COLUMN = 1
