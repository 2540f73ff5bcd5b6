"""Drift, curves, several coders and differences, made into charts. Words and numbers; nothing here paints."""

from collections import Counter
from collections.abc import Sequence
from statistics import fmean, stdev

from coder.desktop.heat_grid import HeatCell, HeatGrid
from coder.desktop.plot import Dot, Level, Plot
from coder.desktop.reliability_texts import (
    IN_SECONDS,
    SMALL_IS_GOOD,
    interval_text,
    number_text,
)
from coder.desktop.reliability_words import said, statistic_name
from coder.language import grouped, plural, tr
from coder.model.agreement import Agreement, Curve, Drift, Estimate, Several
from coder.model.statistic import F1
from coder.model.time import SECOND_US

_LIMITS_SD = 1.96
_LEAST_FOR_LIMITS = 5


def drift_plot(drift: Drift, like: Agreement | None) -> Plot:
    """A statistic of two coders session by session. like: the agreement whose target is drawn, if there is one."""
    name = statistic_name(drift.statistic)
    dots = tuple(
        Dot(
            at,
            point.estimate.value,
            _drift_said(drift, at),
            point.estimate.low,
            point.estimate.high,
            struck=point.outside,
        )
        for at, point in enumerate(drift.points)
    )
    rolling = tuple((float(at), p.rolling) for at, p in enumerate(drift.points) if p.rolling is not None)
    least, most = (-0.5, 0.5) if drift.statistic in SMALL_IS_GOOD else (0.5, 1.0)
    return Plot(
        name=tr("{statistic} over time: {a} and {b}", statistic=name, a=drift.coder_a, b=drift.coder_b),
        x_title=tr("Sessions in the order in which they were submitted"),
        y_title=_with_unit(drift.statistic, name),
        dots=dots,
        least=least,
        most=most,
        line=rolling,
        line_name=tr("over three sessions") if rolling else "",
        band=(drift.low, drift.high),
        levels=_levels(drift.statistic, like),
        x_texts=tuple((float(at), point.session) for at, point in enumerate(drift.points)),
        at=drift.left_at if drift.left_at is not None else len(dots) - 1,
    )


def drift_sentence(drift: Drift) -> str:
    """Whether and where it left its band, and what else must be known."""
    note, lately = said(drift.note), _lately(drift)
    if drift.left_at is None:
        return " ".join(part for part in (_held(drift), lately, note) if part)
    point = drift.points[drift.left_at]
    left = tr(
        "It left its band at “{session}”, session {number} of {count}.",
        session=point.session,
        number=drift.left_at + 1,
        count=len(drift.points),
    )
    return " ".join(part for part in (left, lately, note) if part)


def _held(drift: Drift) -> str:
    """That no session left the band; those that lie beyond it without saying enough are told."""
    if drift.low is None and drift.high is None:
        return ""
    beyond = sum(_beyond(drift, point.estimate.value) for point in drift.points)
    if not beyond:
        return tr("It has stayed within its band.")
    return plural(
        "{count} session lies beyond the band, but alone it is too uncertain to say that it left it.",
        "{count} sessions lie beyond the band, but each alone is too uncertain to say that it left it.",
        beyond,
    )


def _lately(drift: Drift) -> str:
    """Where the last three sessions together lie, if that is beyond the band."""
    rolling = drift.points[-1].rolling
    if not _beyond(drift, rolling):
        return ""
    return tr(
        "The last three sessions together lie beyond it: {value}.", value=number_text(drift.statistic, rolling)
    )


def _beyond(drift: Drift, value: float | None) -> bool:
    low, high = drift.low, drift.high
    return value is not None and ((low is not None and value < low) or (high is not None and value > high))


def curve_plot(curve: Curve, like: Agreement | None) -> Plot:
    """A statistic against tolerance, with the scheme's own tolerance marked."""
    name = _curve_name(curve)
    chosen_s = curve.chosen_us / SECOND_US
    places = [at for at, _ in curve.points]
    return Plot(
        name=tr("{statistic} against tolerance", statistic=name),
        x_title=tr("Tolerance in seconds"),
        y_title=name,
        dots=tuple(
            Dot(
                at_us / SECOND_US,
                found.value,
                _at_tolerance(name, curve.statistic, at_us, found),
                found.low,
                found.high,
            )
            for at_us, found in curve.points
        ),
        least=0.0,
        most=1.0,
        levels=_levels(curve.statistic, like) if not curve.lenient else (),
        upright=(chosen_s, tr("the scheme’s {seconds} s", seconds=f"{chosen_s:g}")),
        at=places.index(curve.chosen_us) if curve.chosen_us in places else 0,
    )


def curve_sentence(curve: Curve) -> str:
    """What the curve is for."""
    chosen = f"{curve.chosen_us / SECOND_US:g}"
    if curve.lenient:
        return tr(
            "Lenient: a unit agrees if the other coder has the same code within the tolerance; the mean of both "
            "directions. Without any tolerance ({seconds} s) it is the plain kappa.",
            seconds=chosen,
        )
    return tr(
        "The scheme says {seconds} s. A tolerance is chosen before coding, never because it flatters.",
        seconds=chosen,
    )


def several_grid(several: Several) -> HeatGrid:
    """Every two coders: the statistic, and how many units or events it rests on."""
    name = statistic_name(several.statistic)
    cells = []
    for row, line in enumerate(several.pairwise):
        made = []
        for column, found in enumerate(line):
            a, b = several.coders[row], several.coders[column]
            if found is None:
                made.append(HeatCell(0, "", "", 0.0, alike=True, said=a))
                continue
            text = number_text(several.statistic, found.value)
            said_all = tr(
                "{a} and {b}: {statistic} {value} from {n}.",
                a=a,
                b=b,
                statistic=name,
                value=text,
                n=grouped(found.n),
            )
            why = f" {said(found.sentence)}" if found.sentence else ""
            share = max(found.value or 0.0, 0.0)
            count = float(found.n) if found.value is not None else 0.0
            made.append(HeatCell(count, text, f"n {grouped(found.n)}", share, True, said_all + why))
        cells.append(tuple(made))
    return HeatGrid(
        tr("{statistic} of every two coders", statistic=name),
        "",
        name,
        several.coders,
        several.coders,
        several.coders,
        several.coders,
        tuple(cells),
        _least_alike(several),
    )


def _least_alike(several: Several) -> tuple[int, int]:
    """The two coders who agree least."""
    found = [
        (one.value, row, column)
        for row, line in enumerate(several.pairwise)
        for column, one in enumerate(line)
        if one is not None and one.value is not None and row < column
    ]
    return min(found)[1:] if found else (0, 0)


def several_sentence(several: Several) -> str:
    """Alpha, Fleiss, Light, Conger, as far as they are defined, each with what limits it."""
    lines = [
        plural(
            "{coders} coders, {count} session that three or more of them coded.",
            "{coders} coders, {count} sessions that three or more of them coded.",
            several.sessions,
            coders=len(several.coders),
        )
    ]
    for one in several.agreements:
        value = number_text(one.statistic, one.estimate.value)
        limits = interval_text(one.statistic, one.estimate)
        text = f"{statistic_name(one.statistic)} {value}" + (f" ({limits})" if limits else "")
        lines.append(f"{text}: {said(one.estimate.sentence)}" if one.estimate.value is None else f"{text}.")
    return " ".join(lines)


def differences_plot(one: Agreement) -> Plot | None:
    """Bland and Altman's plot of two coders' values: their difference against their mean. None without values."""
    pairs = [pair for tally in one.tallies for pair in tally.values]
    if not pairs:
        return None
    gaps = [b - a for a, b in pairs]
    mean = fmean(gaps)
    levels = [Level(0.0, "0", strong=True)]
    if len(gaps) >= 2:
        levels.append(Level(mean, tr("mean {value}", value=_plain(mean))))
    if len(gaps) >= _LEAST_FOR_LIMITS and (spread := _LIMITS_SD * stdev(gaps)) > 0:
        levels += [Level(mean + sign * spread, _plain(mean + sign * spread)) for sign in (-1, 1)]
    times = Counter(pairs)
    dots = tuple(
        Dot((a + b) / 2, b - a, _pair_said(a, b, times[a, b]), times=times[a, b])
        for a, b in sorted(times, key=lambda pair: (sum(pair), pair))
    )
    most = max(1.0, *(abs(gap) for gap in gaps)) * 1.1
    return Plot(
        name=tr("Differences of the two coders"),
        x_title=tr("Mean of both coders"),
        y_title=tr("B − A"),
        dots=dots,
        least=-most,
        most=most,
        levels=tuple(levels),
        joined=False,
    )


def _pair_said(a: float, b: float, times: int) -> str:
    return plural(
        "A gave {a}, B {b}: {gap} apart, once.",
        "A gave {a}, B {b}: {gap} apart, {count} times.",
        times,
        a=_bare(a),
        b=_bare(b),
        gap=_plain(b - a),
    )


def differences_sentence(one: Agreement) -> str:
    """How many values, and what the outer lines are."""
    count = sum(len(tally.values) for tally in one.tallies)
    text = plural("{count} pair of values.", "{count} pairs of values.", count)
    if count < _LEAST_FOR_LIMITS:
        return f"{text} " + tr("Limits of agreement are drawn from five on.")
    return f"{text} " + tr("The outer lines: mean ± 1.96 standard deviations (limits of agreement).")


def _drift_said(drift: Drift, at: int) -> str:
    point = drift.points[at]
    value = number_text(drift.statistic, point.estimate.value)
    text = f"{point.session} ({point.at[:10]}): {statistic_name(drift.statistic)} {value}"
    limits = interval_text(drift.statistic, point.estimate)
    parts = [text + (f" ({limits})" if limits else "") + "."]
    if point.rolling is not None:
        parts.append(tr("Over three sessions {value}.", value=number_text(drift.statistic, point.rolling)))
    if point.outside:
        parts.append(tr("Outside the band."))
    if point.estimate.sentence:
        parts.append(said(point.estimate.sentence))
    return " ".join(parts)


def _at_tolerance(name: str, statistic: str, at_us: int, found: Estimate) -> str:
    seconds = f"{at_us / SECOND_US:g}"
    if found.value is None:
        return tr("At {seconds} s not defined. {why}", seconds=seconds, why=said(found.sentence))
    limits = interval_text(statistic, found)
    value = number_text(statistic, found.value) + (f" ({limits})" if limits else "")
    return tr("At {seconds} s: {statistic} {value}.", seconds=seconds, statistic=name, value=value)


def _curve_name(curve: Curve) -> str:
    return tr("Lenient kappa") if curve.lenient and curve.statistic != F1 else statistic_name(curve.statistic)


def _levels(statistic: str, like: Agreement | None) -> tuple[Level, ...]:
    zero = (Level(0.0, "0", strong=True),) if statistic in SMALL_IS_GOOD else ()
    if like is None or like.target is None or statistic in SMALL_IS_GOOD:
        return zero
    found = [*zero, Level(like.target, tr("target"))]
    return (*found, Level(like.floor, tr("floor"))) if like.floor is not None else tuple(found)


def _with_unit(statistic: str, name: str) -> str:
    return tr("{name}, in seconds", name=name) if statistic in IN_SECONDS else name


def _plain(value: float) -> str:
    return f"{value:+z.2f}".replace("-", "−") if value else "0"


def _bare(value: float) -> str:
    return f"{value:g}" if value == round(value) else f"{value:.2f}"


def like_of(agreements: Sequence[Agreement], tier: str, statistic: str) -> Agreement | None:
    """The agreement of a whole tier that has the target of a statistic, if there is one."""
    mine = [one for one in agreements if (one.tier, one.statistic, one.code) == (tier, statistic, None)]
    return next((one for one in mine if one.target is not None), mine[0] if mine else None)
