"""What the reliability page has computed off the window's thread, for one scheme and one choice of coders."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from coder.language import tr
from coder.model.agreement import Agreement, Curve, Drift, Several
from coder.model.progress import Progress
from coder.model.scheme import SchemeId
from coder.model.time import Span
from coder.reliability import moments_of_cell
from coder.store import StudyStore
from coder.workflows.compared import agreed_with, curves_of_pairs, drifts_of, several_of, totals_of
from coder.workflows.comparison import Comparison, Pair, Pooled
from coder.workflows.settled import Settled
from coder.workflows.settling import sorted_out
from coder.workflows.steps import Steps

PassIds = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """What is looked at: a scheme, and two coders by name, "" for all sessions.

    against: coder_b's passes are held against the consensus of their sessions, whoever made it.
    """

    scheme_id: SchemeId
    coder_a: str = ""
    coder_b: str = ""
    against: bool = False

    @property
    def one_pair(self) -> bool:
        """True if two coders are chosen."""
        return bool(self.coder_a)


@dataclass(frozen=True, slots=True)
class Walked:
    """How many differences two passes have, and how many of them are not settled."""

    differences: int
    left: int


@dataclass(frozen=True)
class Behind:
    """The moments of one session that stand behind a cell."""

    pair: Pair
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Charts:
    """What stands beside the table for one choice. walked: by the ids of A's and B's pass."""

    choice: Choice
    drifts: tuple[Drift, ...]
    curves: tuple[Curve, ...]
    several: tuple[Several, ...]
    totals: tuple[Agreement, ...]
    walked: Mapping[PassIds, Walked]


def charts_steps(store: StudyStore, comparison: Comparison, choice: Choice) -> Steps[Charts]:
    """All that the charts show, one part after the other."""
    mine = chosen_only(comparison, choice)
    parts = 5
    yield Progress(0, parts, tr("Agreement over time"))
    over_time = drifts_of(mine, choice.scheme_id)
    yield Progress(1, parts, tr("Agreement against tolerance"))
    curves = curves_of_pairs(mine, choice.scheme_id)
    yield Progress(2, parts, tr("Several coders"))
    several = several_of(comparison, choice.scheme_id)
    yield Progress(3, parts, tr("What sessions come to"))
    sums = totals_of(mine, choice.scheme_id)
    walked: dict[PassIds, Walked] = {}
    pairs, settled = pairs_shown(mine, choice), Settled(store)
    for number, pair in enumerate(pairs):
        yield Progress(
            4 * len(pairs) + number, parts * len(pairs), tr("Differences of {session}", session=pair.session.name)
        )
        walked[ids_of(pair)] = walked_of(settled, pair)
    return Charts(choice, over_time, curves, several, sums, walked)


def moments_steps(pairs: Sequence[Pair], one: Agreement, code_a: str, code_b: str) -> Steps[tuple[Behind, ...]]:
    """The moments behind a cell of a confusion table, session by session; sessions without any are left out."""
    found: list[Behind] = []
    for number, pair in enumerate(pairs):
        yield Progress(number, len(pairs), tr("Looking at {session}", session=pair.session.name))
        spans = moments_of_cell(
            pair.pass_a,
            pair.pass_b,
            pair.scheme,
            one.tier,
            code_a,
            code_b,
            statistic=one.statistic,
            code=one.code,
            detail=one.detail,
        )
        if spans:
            found.append(Behind(pair, spans))
    return tuple(found)


def walked_of(settled: Settled, pair: Pair) -> Walked:
    """How far the differences of two passes are settled, whichever of the two was A then."""
    holding, _ = sorted_out(settled.about(*ids_of(pair)), pair.disagreements)
    return Walked(len(pair.disagreements), len(pair.disagreements) - len(holding))


def chosen_only(comparison: Comparison, choice: Choice) -> Comparison:
    """The comparison of one scheme and, if two coders are chosen, of their passes alone, all of them pooled."""
    every = comparison.against_consensus if choice.against else comparison.pairs
    pairs = tuple(pair for pair in every if pair.scheme.id == choice.scheme_id)
    if choice.against:
        mine = {pair.session.id: pair for pair in reversed(pairs) if pair.coder_b.name == choice.coder_b}
        pairs = tuple(replace(pair, pooled=True) for pair in pairs if mine.get(pair.session.id) is pair)
    elif choice.one_pair:
        wanted = (choice.coder_a, choice.coder_b)
        mine = {pair.session.id: pair for pair in reversed(pairs) if names_of(pair) == wanted}
        pairs = tuple(replace(pair, pooled=True) for pair in pairs if mine.get(pair.session.id) is pair)
    return replace(comparison, pairs=pairs)


def pooled_for(comparison: Comparison, choice: Choice) -> Pooled | None:
    """The numbers of a choice; None if there are none."""
    if choice.against:
        held = (one for one in agreed_with(comparison) if one.scheme.id == choice.scheme_id)
        return next((one for one in held if one.coder_b == choice.coder_b), None)
    if not choice.one_pair:
        return next((one for one in comparison.pooled if one.scheme.id == choice.scheme_id), None)
    wanted = (choice.scheme_id, choice.coder_a, choice.coder_b)
    return next((one for one in comparison.by_pair if (one.scheme.id, one.coder_a, one.coder_b) == wanted), None)


def pairs_shown(comparison: Comparison, choice: Choice) -> tuple[Pair, ...]:
    """The pairs of a choice, one per session."""
    return tuple(pair for pair in chosen_only(comparison, choice).pairs if pair.pooled)


def names_of(pair: Pair) -> tuple[str, str]:
    """A's and B's names."""
    return pair.coder_a.name, pair.coder_b.name


def ids_of(pair: Pair) -> PassIds:
    """The ids of A's and B's pass."""
    return pair.pass_a.header.id, pair.pass_b.header.id
