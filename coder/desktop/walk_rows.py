"""The rows of a walk through disagreements: what each says, which are shown, and in which order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from PyQt6.QtCore import QModelIndex

from coder.annotate.view.differing import (
    holding,
    item_text,
    kind_text,
    length_text,
    short_item_text,
    side_text,
    span_text,
    time_text,
    verdict_text,
)
from coder.desktop.tables import Column, Rows
from coder.language import later, tr
from coder.model.disagreement import Disagreement, DisagreementKind, Settlement, Verdict
from coder.model.scheme import Scheme
from coder.model.time import Span


@dataclass(frozen=True, slots=True)
class WalkRow:
    """One disagreement with what was decided. key: its `Disagreement.key`, computed once. number: by weight."""

    about: Disagreement
    key: str
    number: int
    scheme: Scheme
    name_a: str
    name_b: str
    settlement: Settlement | None = None

    @property
    def verdict(self) -> Verdict | None:
        """The one that holds."""
        return holding(self.settlement)

    @property
    def badge(self) -> str:
        """The verdict in words; "" while there is none."""
        return "" if self.verdict is None else verdict_text(self.verdict, self.name_a, self.name_b)


class Order(Enum):
    """How the rows are sorted."""

    WEIGHT = "weight"
    TIME = "time"


class Which(Enum):
    """Which rows are shown, by their verdict."""

    ALL = "all"
    OPEN = "open"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class Moments:
    """Where to look: what stands behind a cell of a confusion table. codes: (A's, B's), None: any."""

    spans: Sequence[Span]
    tier: str = ""
    codes: tuple[str | None, str | None] | None = None

    def hold(self, one: Disagreement) -> bool:
        """True if a disagreement is among them."""
        if self.tier and one.tier != self.tier:
            return False
        if self.codes is not None and (one.code_a, one.code_b) != self.codes:
            return False
        return any(_meet(one.span, span) for span in self.spans)


@dataclass(frozen=True, slots=True)
class Choice:
    """What is shown. tier, kind: None for every one. moments: None for the whole session."""

    tier: str | None = None
    kind: DisagreementKind | None = None
    which: Which = Which.ALL
    order: Order = Order.WEIGHT
    moments: Moments | None = None

    def takes(self, row: WalkRow) -> bool:
        """True if a row is shown."""
        about = row.about
        if self.tier not in (None, about.tier) or self.kind not in (None, about.kind):
            return False
        if self.which is not Which.ALL and (row.verdict is None) != (self.which is Which.OPEN):
            return False
        return self.moments is None or self.moments.hold(about)

    def rows(self, rows: Sequence[WalkRow]) -> tuple[WalkRow, ...]:
        """The rows that are shown, in order."""
        shown = [row for row in rows if self.takes(row)]
        if self.order is Order.TIME:
            return tuple(sorted(shown, key=lambda row: (row.about.span, row.about.tier)))
        return tuple(sorted(shown, key=lambda row: row.number))


def rows_of(
    differences: Sequence[Disagreement],
    settled: Mapping[str, Settlement],
    scheme: Scheme,
    name_a: str,
    name_b: str,
) -> tuple[WalkRow, ...]:
    """All rows. differences: heaviest first."""
    keyed = [(one, one.key) for one in differences]
    return tuple(
        WalkRow(one, key, number, scheme, name_a, name_b, settled.get(key))
        for number, (one, key) in enumerate(keyed)
    )


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


def decided(row: WalkRow, settlement: Settlement | None) -> WalkRow:
    """The row after a decision."""
    return replace(row, settlement=settlement)


def verdict_tone(verdict: Verdict | None) -> str:
    """The colour of a verdict's badge."""
    if verdict is None:
        return ""
    if verdict in (Verdict.UNCLEAR, Verdict.UNKNOWN):
        return "muted"
    return "warning" if verdict is Verdict.NEITHER else "good"


def _meet(one: Span, other: Span) -> bool:
    """True if they share time; a moment counts with both ends of a stretch."""
    if one.is_moment or other.is_moment:
        return one.start_us <= other.end_us and other.start_us <= one.end_us
    return one.overlaps(other)


def _sides_text(row: WalkRow) -> str:
    a, b = (side_text(row.about, row.scheme, of_b=of_b) for of_b in (False, True))
    return f"A\N{EN SPACE}{a}\nB\N{EN SPACE}{b}"


def _sides_tip(row: WalkRow) -> str:
    a, b = (side_text(row.about, row.scheme, of_b=of_b) for of_b in (False, True))
    return f"{row.name_a}: {a}\n{row.name_b}: {b}"


def _when_text(row: WalkRow) -> str:
    return f"{time_text(row.about.span.start_us)}\n{length_text(row.about.span.duration_us) or tr('moment')}"


WALK_COLUMNS: tuple[Column[WalkRow], ...] = (
    Column(
        later("Class and tier"),
        lambda row: f"{kind_text(row.about, row.scheme)}\n{short_item_text(row.about, row.scheme)}",
        tip=lambda row: item_text(row.about, row.scheme),
        wide=True,
    ),
    Column(later("A and B"), _sides_text, tip=_sides_tip, wide=True),
    Column(later("At"), _when_text, tip=lambda row: span_text(row.about.span), right=True, width_px=84),
    Column(
        later("Verdict"),
        lambda row: row.badge,
        tone=lambda row: verdict_tone(row.verdict),
        tip=lambda row: row.settlement.note if row.settlement is not None else "",
        width_px=150,
        least_px=84,
    ),
)
SIDES_COLUMN = 1
