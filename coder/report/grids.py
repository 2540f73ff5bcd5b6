"""Tables whose columns are whatever statistics were computed; what is absent has no column."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from coder.model.agreement import Agreement, Several
from coder.model.scheme import Link, Modifier, Scheme, Tier, TierKind
from coder.report import statistic_words, words
from coder.report.data import MeasurePart
from coder.report.tables import Cell, cell, headlines

_ALL = "All items"


@dataclass(frozen=True)
class GridRow:
    """One line. sub: what stands small below its name. cells: with the marks of the notes that belong to each.

    verdict_words: "" without a target.
    """

    name: str
    sub: str
    n: str
    cells: tuple[tuple[Cell, str] | None, ...]
    verdict: str
    verdict_words: str


@dataclass(frozen=True)
class Grid:
    """A table of estimates. columns: (name, meaning) of each statistic; of_what: what a line is about.

    notes: (mark, sentence): what is said of several cells is said once, below the table.
    """

    caption: str
    of_what: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[GridRow, ...]
    notes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Line:
    """One statistic of a whole tier, on a line of its own."""

    name: str
    unit: str
    cell: Cell
    n: str
    meaning: str
    verdict: str
    verdict_words: str


def lines(agreements: Sequence[Agreement], tier: Tier, shown: Iterable[str]) -> tuple[Line, ...]:
    """The statistics of the whole tier that no other table shows. shown: those that one does."""
    taken = set(shown)
    found = [
        one
        for one in agreements
        if one.tier == tier.id and one.code is None and not one.detail and one.statistic not in taken
    ]
    found.sort(key=lambda one: statistic_words.rank(one.statistic))
    return tuple(_line(one) for one in found)


def _line(one: Agreement) -> Line:
    said = statistic_words.said(one.statistic)
    verdict, verdict_words = words.verdict(one)
    unit = "" if one.unit == "s" else one.unit
    told = verdict_words if one.target is not None else ""
    return Line(said.name, unit, cell(one), words.count(one.estimate.n), said.meaning, verdict, told)


def rating_grid(agreements: Sequence[Agreement], tier: Tier) -> Grid | None:
    """The items of a tier of ratings, and all of them together; None if nothing was rated by both."""
    here = [one for one in agreements if one.tier == tier.id and not one.detail]
    found = [one for one in here if tier.kind is TierKind.RATING]
    caption = f"{tier.label}. Ratings of the same item and stretch by both coders; n counts them."
    return _grid(caption, "Item", found, lambda one: (_label(tier, one.code), _unit(one)))


def code_grid(agreements: Sequence[Agreement], tier: Tier, shown: Iterable[str]) -> Grid | None:
    """What else is known of single codes. shown: statistics that the table of codes itself has."""
    taken = set(shown) | {one.statistic for one in headlines(agreements, tier) if one.code is not None}
    found = [
        one
        for one in agreements
        if one.tier == tier.id and one.code is not None and not one.detail and one.statistic not in taken
    ]
    caption = f"{tier.label}: more about single codes, each against all others together."
    return _grid(caption, "Code", found, lambda one: (_label(tier, one.code), ""))


def detail_grid(agreements: Sequence[Agreement], scheme: Scheme) -> Grid | None:
    """Details of events that both coders have: modifiers, and what came of cues."""
    found = [one for one in agreements if one.detail]
    caption = "Details of matched events; n counts them. What only one coder marked has no detail to compare."
    return _grid(caption, "Detail", found, lambda one: _detail_name(one, scheme))


def several_grid(found: Several, scheme: Scheme) -> Grid | None:
    """All coders together: the tier, and its codes or items where they are compared apart."""
    tier = scheme.tier(found.tier)
    return _grid(
        "All of them together", "Of", found.agreements, lambda one: (_several_name(tier, one), _unit(one))
    )


def _several_name(tier: Tier, one: Agreement) -> str:
    return tier.label if one.code is None else tier.code(one.code).label


def total_grid(agreements: Sequence[Agreement], scheme: Scheme) -> Grid | None:
    """What sessions come to: events, or per cent of the codable time, per code."""
    caption = "What each session comes to, per code; a session is one unit. n counts sessions."
    return _grid(caption, "Code", agreements, lambda one: (_total_name(one, scheme), _unit(one)))


def _total_name(one: Agreement, scheme: Scheme) -> str:
    tier = scheme.tier(one.tier)
    return tier.label if one.code is None else scheme.name_of(one.tier, one.code)


def measure_grid(measures: Sequence[MeasurePart]) -> Grid | None:
    """The numbers that the scheme has computed, session by session."""
    names = {id(one): _measure_name(part) for part in measures for one in part.agreements}
    caption = "What the scheme has computed of each session; a session is one unit. n counts sessions."
    found = [one for part in measures for one in part.agreements]
    return _grid(caption, "Measure", found, lambda one: names[id(one)])


def _measure_name(part: MeasurePart) -> tuple[str, str]:
    return (f"{part.label}: {part.part}" if part.part else part.label), part.unit


def _detail_name(one: Agreement, scheme: Scheme) -> tuple[str, str]:
    tier = scheme.tier(one.tier)
    link = scheme.link_of(tier.id)
    asked, _, option = one.detail.partition("=")  # of several options that may hold at once each is compared apart
    known = {modifier.id: modifier for modifier in _modifiers(tier, link)}
    label = known[asked].label if asked in known else link.label if link is not None else asked
    if option:
        labels = {each.id: each.label for each in known[asked].options} if asked in known else {}
        label += f": {labels.get(option, option)}"
    return label, tier.label if one.code is None else f"{tier.label}: {tier.code(one.code).label}"


def _modifiers(tier: Tier, link: Link | None) -> Iterator[Modifier]:
    for code in tier.codes:
        yield from code.modifiers
    yield from link.details if link is not None else ()


def _label(tier: Tier, code: str | None) -> str:
    return _ALL if code is None else tier.code(code).label


def _unit(one: Agreement) -> str:
    return "" if one.unit == "s" else one.unit


def _grid(
    caption: str, of_what: str, agreements: Sequence[Agreement], name: Callable[[Agreement], tuple[str, str]]
) -> Grid | None:
    """One line for each name, one column for each statistic."""
    if not agreements:
        return None
    statistics = sorted({one.statistic for one in agreements}, key=lambda one: (statistic_words.rank(one), one))
    by_name: dict[tuple[str, str], dict[str, Agreement]] = {}
    for one in agreements:
        by_name.setdefault(name(one), {})[one.statistic] = one
    columns = tuple((statistic_words.said(one).name, statistic_words.said(one).meaning) for one in statistics)
    marks: dict[str, str] = {}
    rows = tuple(_row(*names, [found.get(one) for one in statistics], marks) for names, found in by_name.items())
    return Grid(caption, of_what, columns, rows, tuple((mark, sentence) for sentence, mark in marks.items()))


def _row(name: str, sub: str, found: Sequence[Agreement | None], marks: dict[str, str]) -> GridRow:
    """marks: of each sentence; new ones are added."""
    here = [one for one in found if one is not None]
    goal = next((one for one in here if one.target is not None), None)
    verdict, verdict_words = ("none", "") if goal is None else words.verdict(goal)
    n = max((one.estimate.n for one in here), default=0)
    cells = tuple(None if one is None else _marked(cell(one), marks) for one in found)
    return GridRow(name, sub, words.count(n), cells, verdict, verdict_words)


def _marked(found: Cell, marks: dict[str, str]) -> tuple[Cell, str]:
    """The cell without its sentence, and the mark that stands for it; what is undefined says so in two words."""
    mark = marks.setdefault(found.why, f"{len(marks) + 1})") if found.why else ""
    return replace(found, why="" if found.value else "not defined"), mark
