"""The rows of the review of a move: one for each word that the pass uses, as it was and as it will be."""

from dataclasses import dataclass

from coder.desktop.tables import Column
from coder.language import grouped, later, tr
from coder.model.recoding import Recoding, Step
from coder.workflows.moving_words import word_text

_INDENT = "\N{EM SPACE}\N{EM SPACE}"


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One step of a plan. counts: False for a detail of a code that is left out: it has nothing to decide."""

    plan: Recoding
    step: Step

    @property
    def counts(self) -> bool:
        """True unless it is a detail of a code that is left out."""
        return not self.step.old.is_detail or not self.plan.step(self.step.old.of_code).left_out


def rows_of(plan: Recoding, *, changed_only: bool) -> tuple[MoveRow, ...]:
    """The rows that are shown. changed_only: those that simply stay are left out."""
    return tuple(MoveRow(plan, step) for step in plan.steps if not (changed_only and step.plain))


def old_text(row: MoveRow) -> str:
    """What the word is called in the old version, a detail under its code."""
    return (_INDENT if row.step.old.is_detail else "") + word_text(row.plan.old, row.step.old)


def new_text(row: MoveRow) -> str:
    """What it will be."""
    step = row.step
    if step.new is None:
        return tr("left out") if step.decided else "?"
    name = word_text(row.plan.new, step.new)
    return tr("{code}, the onset only", code=name) if step.onset_only else name


def state_text(row: MoveRow) -> str:
    """What is left to do about it, or that it is done; "" where nothing was to be done."""
    if not row.counts:
        return ""
    if not row.step.decided:
        return tr("to be decided")
    if row.step.asks:
        return tr("confirmed") if row.step.confirmed else tr("to be confirmed")
    return "" if row.step.plain else tr("settled")


def state_tone(row: MoveRow) -> str:
    """The colour of its badge."""
    if not state_text(row):
        return ""
    return "good" if row.step.settled else "warning"


MOVE_COLUMNS: tuple[Column[MoveRow], ...] = (
    Column(later("Code"), old_text, tip=lambda row: row.step.old.code, wide=True),
    Column(later("Events"), lambda row: grouped(row.step.events), right=True, width_px=72),
    Column(later("Becomes"), new_text, wide=True),
    Column("", state_text, tone=state_tone, width_px=160),
)
