"""Reliability for people: the headline table first, drift and several coders in a line each."""

from collections.abc import Iterable, Sequence

import click

from coder.cli.show import number, print_table
from coder.model import statistic as s
from coder.model.agreement import Agreement, Drift, Several
from coder.model.scheme import Scheme
from coder.report.tables import headlines
from coder.workflows.compared import drifts_of, several_of
from coder.workflows.comparison import Comparison, Pooled, limits_of
from coder.workflows.file_comparison import FileComparison

# what stands beside the headline even if nobody asks for details
_BESIDE = (s.BIAS, s.EVENT_KAPPA, s.ACCURACY, s.AGREEMENT, s.WITHIN_ONE, s.MEAN_DIFFERENCE)
_IN_UNITS = (s.ACCURACY, s.AGREEMENT)
_OF_DETAIL = (s.KAPPA, s.EXACT)
_PART = "="  # of a detail: agreement on one of its options
_TIMING = "Timing is B − A: positive where B marks later."


def print_study(comparison: Comparison, *, details: bool) -> None:
    """The pooled numbers of each scheme; with details every number, each two coders and each pair of passes."""
    for pooled in comparison.pooled:
        click.echo(f"{pooled.scheme.title}, {pooled.sessions} double-coded session(s)")
        click.echo(f"{_who(pooled)} {_TIMING}\n")
        _print(pooled.agreements, pooled.scheme, details=details)
        _print_lines(_drift_lines(drifts_of(comparison, pooled.scheme.id), pooled.scheme))
        _print_lines(_several_lines(several_of(comparison, pooled.scheme.id), pooled.scheme))
    if details:
        _print_pairs(comparison)
    for remark in comparison.waiting:
        click.echo(str(remark))
    if not comparison.pooled:
        click.echo("There is nothing to compare yet: two coders must have submitted a pass of the same session.")


def print_files(a: str, b: str, found: FileComparison, *, details: bool) -> None:
    """The numbers of two files."""
    click.echo(f"A is {a}, B is {b}. {_TIMING}\n")
    _print(found.agreements, found.scheme, details=details)
    count = len(found.differences)
    click.echo("1 difference." if count == 1 else f"{count:,} differences.")
    for remark in found.remarks:
        click.echo(remark)


def _print_pairs(comparison: Comparison) -> None:
    several = {pooled.scheme.id for pooled in comparison.pooled if not (pooled.coder_a and pooled.coder_b)}
    for pooled in comparison.by_pair:
        if pooled.scheme.id in several:
            click.echo(f"{pooled.scheme.title}, {pooled.coder_a} (A) and {pooled.coder_b} (B) alone\n")
            _print(pooled.agreements, pooled.scheme, details=True)
    for pair in comparison.pairs:
        click.echo(f"{pair.session.name}: {pair.coder_a.name} (A) and {pair.coder_b.name} (B)\n")
        _print(limits_of(pair), pair.scheme, details=True)


def _who(pooled: Pooled) -> str:
    """Whose the letters A and B are in the pooled numbers."""
    if pooled.coder_a and pooled.coder_b:
        return f"A is {pooled.coder_a}, B is {pooled.coder_b}."
    return "A and B are not the same two in every session; --details names them."


def _print(agreements: Sequence[Agreement], scheme: Scheme, *, details: bool) -> None:
    """A table; what a reader must know beside a number stands below it, once, by its sign."""
    shown = list(agreements) if details else [one for one in agreements if _first(one, agreements, scheme)]
    remarks = list(dict.fromkeys(one.estimate.sentence for one in shown if one.estimate.sentence))
    signs = {remark: f"[{place}]" for place, remark in enumerate(remarks, 1)}
    rows = [(*_row(one, scheme), signs.get(one.estimate.sentence, "")) for one in shown]
    print_table(("tier", "code", "statistic", "unit", "value", "95 % limits", "n", "target", ""), rows)
    for remark, sign in signs.items():
        click.echo(f"{sign} {remark}")
    click.echo()


def _first(one: Agreement, agreements: Sequence[Agreement], scheme: Scheme) -> bool:
    """True for what stands for its tier, what belongs beside it, and for agreement on a detail as a whole."""
    tops = headlines(agreements, scheme.tier(one.tier))
    if any(one is headline for headline in tops):
        return True
    if one.code is not None or _PART in one.detail:
        return False
    if one.detail:
        return one.statistic in _OF_DETAIL
    # of several time units the first is enough to go by
    return one.statistic in _BESIDE and (one.statistic not in _IN_UNITS or one.unit == tops[0].unit)


def _row(one: Agreement, scheme: Scheme) -> tuple[str, ...]:
    seen = one.estimate
    return (
        scheme.tier(one.tier).label,
        _code(one, scheme),
        one.statistic,
        one.unit,
        number(seen.value),
        "" if seen.low is None or seen.high is None else f"{number(seen.low)} to {number(seen.high)}",
        str(seen.n),
        "" if one.target is None else number(one.target),
    )


def _code(one: Agreement, scheme: Scheme) -> str:
    code = scheme.code(one.tier, one.code).label if one.code else "all"
    if not one.detail:
        return code
    name, _, option = one.detail.partition(_PART)
    found = (detail for kind in scheme.tier(one.tier).codes for detail in kind.modifiers if detail.id == name)
    detail = next(found, None)
    if detail is None:
        return f"{code}, {one.detail}"
    labels = {choice.id: choice.label for choice in detail.options}
    return f"{code}, {detail.label}" + (f": {labels.get(option, option)}" if option else "")


def _drift_lines(drifts: Iterable[Drift], scheme: Scheme) -> Iterable[str]:
    """Only what has left its band."""
    for drift in drifts:
        if drift.left_at is not None:
            ends = [
                f"{word} {number(limit)}"
                for word, limit in (("above", drift.high), ("below", drift.low))
                if limit is not None
            ]
            tier, point = scheme.tier(drift.tier).label, drift.points[drift.left_at]
            said = (
                f"{tier}: {drift.statistic} of {drift.coder_a} and {drift.coder_b} left its band "
                f"({' or '.join(ends)}) at “{point.session}”. {drift.note}"
            )
            yield said.rstrip()


def _several_lines(found: Iterable[Several], scheme: Scheme) -> Iterable[str]:
    for one in found:
        told = [f"{agreement.statistic} {number(agreement.estimate.value)}" for agreement in one.agreements]
        coders = ", ".join(one.coders)
        yield f"{scheme.tier(one.tier).label}: {coders}, {one.sessions} session(s): {', '.join(told)}"


def _print_lines(lines: Iterable[str]) -> None:
    found = list(lines)
    for line in found:
        click.echo(line)
    if found:
        click.echo()
