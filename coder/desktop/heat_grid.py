"""A table of counts as a heat map shows it: values and where their cells lie. Nothing here paints."""

from collections.abc import Sequence
from dataclasses import dataclass

from coder.desktop.wording import share_text
from coder.language import grouped, later, tr
from coder.model.agreement import Agreement
from coder.model.scheme import Scheme
from coder.reliability.words import CHOSEN, NOBODY, NOT_CHOSEN, OTHER

_NO_CODES = {
    NOBODY: later("nothing"),
    OTHER: later("anything else"),
    NOT_CHOSEN: later("not chosen"),
    CHOSEN: later("chosen"),
}


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One cell. count: what it stands for, 0 for nothing. text: what stands in it, below: a smaller line under it.

    share: how strong it is, 0 … 1. alike: both coders say the same there. said: all of it in words.
    """

    count: float
    text: str
    below: str
    share: float
    alike: bool
    said: str


@dataclass(frozen=True, slots=True)
class HeatGrid:
    """rows, columns: their labels. row_ids, column_ids: what the computation calls them.

    first: the cell to look at first.
    """

    name: str
    row_title: str
    column_title: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    row_ids: tuple[str, ...]
    column_ids: tuple[str, ...]
    cells: tuple[tuple[HeatCell, ...], ...]
    first: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class GridFrame:
    """Where the cells lie, in pixels."""

    left: float
    top: float
    cell_width: float
    cell_height: float

    def cell(self, row: int, column: int) -> tuple[float, float, float, float]:
        """Left, top, width and height of a cell."""
        return (
            self.left + column * self.cell_width,
            self.top + row * self.cell_height,
            self.cell_width,
            self.cell_height,
        )

    def at(self, x: float, y: float, rows: int, columns: int) -> tuple[int, int] | None:
        """The cell at a pixel; None beside the table."""
        column, row = int((x - self.left) // self.cell_width), int((y - self.top) // self.cell_height)
        return (row, column) if 0 <= row < rows and 0 <= column < columns else None


def framed(
    width: float, height: float, rows: int, columns: int, *, left: float, top: float, most: tuple[float, float]
) -> GridFrame:
    """Cells that fill what is left beside the labels, none larger than `most` (width, height)."""
    wide = min((width - left) / max(columns, 1), most[0])
    high = min((height - top) / max(rows, 1), most[1])
    return GridFrame(left, top, max(wide, 1.0), max(high, 1.0))


def confusion_grid(scheme: Scheme, one: Agreement, coder_a: str, coder_b: str) -> HeatGrid:
    """A confusion table: counts, and which share of A's row each is. coder_a, coder_b: names, "" for A and B."""
    assert one.confusion is not None
    used = _used(one)
    names = [category_label(scheme, one, one.confusion.categories[at]) for at in used]
    ids = tuple(one.confusion.categories[at] for at in used)
    a, b = coder_a or "A", coder_b or "B"
    cells = []
    for row, at in enumerate(used):
        total = sum(one.confusion.table[at])
        line = []
        for column, beside in enumerate(used):
            count = one.confusion.table[at][beside]
            share = count / total if total else 0.0
            said = tr(
                "{a}: {code_a}, {b}: {code_b}: {count}, {share} of what {a} called so.",
                a=a,
                b=b,
                code_a=names[row],
                code_b=names[column],
                count=count_text(count),
                share=share_text(share),
            )
            below = share_text(share) if count else ""
            line.append(HeatCell(count, count_text(count), below, share, at == beside, said))
        cells.append(tuple(line))
    name = tr("What {a} called what {b} called", a=a, b=b)
    labels = tuple(names)
    return HeatGrid(name, a, b, labels, labels, ids, ids, tuple(cells), _most_apart(cells))


def _most_apart(cells: Sequence[Sequence[HeatCell]]) -> tuple[int, int]:
    """The largest cell in which the coders differ, the first of all if they never do."""
    places = [(r, c) for r, row in enumerate(cells) for c, cell in enumerate(row) if not cell.alike and cell.count]
    return max(places, key=lambda place: cells[place[0]][place[1]].count, default=(0, 0))


def category_label(scheme: Scheme, one: Agreement, category: str) -> str:
    """What a row of a confusion table is called: a code, an option of a detail, or that there is nothing."""
    if category in _NO_CODES:
        return tr(_NO_CODES[category])
    tier = scheme.tier(one.tier)
    if not one.detail:
        return next((code.label for code in tier.codes if code.id == category), category)
    link = scheme.link_of(tier.id)
    if link is not None and (outcome := link.outcome(category)) is not None:
        return outcome.label
    details = [modifier for code in tier.codes for modifier in code.modifiers] + list(link.details if link else ())
    options = [option for modifier in details if modifier.id == one.detail for option in modifier.options]
    return next((option.label for option in options if option.id == category), category)


def count_text(count: float) -> str:
    """A count; a whole one without decimals."""
    return grouped(round(count)) if count == round(count) else f"{count:.1f}"


def _used(one: Agreement) -> Sequence[int]:
    """The categories that either coder used: empty rows and columns say nothing."""
    assert one.confusion is not None
    table = one.confusion.table
    return [at for at in range(len(table)) if any(table[at]) or any(row[at] for row in table)]
