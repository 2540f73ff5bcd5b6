"""Learning curves as charts and lines of a table: words and numbers; nothing here paints."""

from dataclasses import dataclass

from coder.desktop.plot import Dot, Level, Plot
from coder.desktop.reliability_rows import detail_label
from coder.desktop.reliability_texts import (
    DASH,
    IN_SECONDS,
    SMALL_IS_GOOD,
    interval_text,
    number_text,
)
from coder.desktop.reliability_words import said, statistic_name
from coder.desktop.tables import Column
from coder.language import later, tr
from coder.model.agreement import Estimate
from coder.model.scheme import Scheme
from coder.model.statistic import BIAS, MEAN_DIFFERENCE
from coder.training.curve import ROLLING, LearningCurve, LearningPoint

_BESIDE_MASTER = {
    BIAS: later("Later or earlier than the master"),
    MEAN_DIFFERENCE: later("Higher or lower than the master"),
}


@dataclass(frozen=True, slots=True)
class CurveRow:
    """A learning curve in the words of its scheme."""

    curve: LearningCurve
    scheme: Scheme

    @property
    def about(self) -> str:
        """The code, or the detail; the tier where it is about all of it."""
        curve, tier = self.curve, self.scheme.tier(self.curve.tier)
        if curve.detail:
            return detail_label(self.scheme, tier, curve.detail)
        return tier.code(curve.code).label if curve.code is not None else tier.label

    @property
    def statistic(self) -> str:
        """What it measures, and in which unit where it says so."""
        name = _BESIDE_MASTER.get(self.curve.statistic)
        name = tr(name) if name is not None else statistic_name(self.curve.statistic)
        return f"{name}, {said(self.curve.unit)}" if self.curve.unit else name

    @property
    def newest(self) -> Estimate | None:
        """Of the newest attempt that has a value; None if none has one."""
        return next((one.estimate for one in reversed(self.curve.points) if one.estimate.value is not None), None)

    @property
    def mean(self) -> float | None:
        """The newest running mean."""
        return next((one.rolling for one in reversed(self.curve.points) if one.rolling is not None), None)


def _newest_text(row: CurveRow) -> str:
    newest = row.newest
    if newest is None:
        return DASH
    number, limits = number_text(row.curve.statistic, newest.value), interval_text(row.curve.statistic, newest)
    return f"{number}\n{limits}" if limits else number


def _needed_text(row: CurveRow) -> str:
    criterion = row.curve.criterion
    if criterion is None:
        return ""
    text = number_text(row.curve.statistic, criterion).lstrip("+")
    return f"±{text}" if row.curve.statistic in SMALL_IS_GOOD else f"≥ {text}"


def _there_text(row: CurveRow) -> str:
    if row.curve.reached is None:
        return ""
    return tr("there") if row.curve.reached else tr("not yet")


CURVE_COLUMNS: tuple[Column[CurveRow], ...] = (
    Column(
        later("Code or tier"),
        lambda row: f"{row.about}\n{row.statistic}",
        tip=lambda row: f"{row.about}: {row.statistic}",
        wide=True,
    ),
    Column(later("Newest"), _newest_text, right=True, width_px=150, least_px=108),
    Column(
        later("Last three"),
        lambda row: number_text(row.curve.statistic, row.mean),
        tip=lambda _row: tr("The mean of the last three attempts that have a value"),
        right=True,
        width_px=84,
        least_px=56,
    ),
    Column(later("Needed"), _needed_text, right=True, width_px=84, least_px=64),
    Column(
        later("So far"),
        _there_text,
        tone=lambda row: "good" if row.curve.reached else "warning",
        width_px=104,
        least_px=76,
    ),
)


def learning_plot(row: CurveRow) -> Plot:
    """The statistic attempt by attempt, with limits, the running mean and what is asked."""
    curve = row.curve
    least, most = (-0.5, 0.5) if curve.statistic in SMALL_IS_GOOD else (0.0, 1.0)
    rolling = tuple((float(at), one.rolling) for at, one in enumerate(curve.points) if one.rolling is not None)
    name = f"{row.about}: {row.statistic}"
    return Plot(
        name=name,
        x_title=tr("Attempts in the order in which they were submitted"),
        y_title=tr("{name}, in seconds", name=row.statistic) if curve.statistic in IN_SECONDS else row.statistic,
        dots=tuple(_dot(row, at, one) for at, one in enumerate(curve.points)),
        least=least,
        most=most,
        line=rolling,
        line_name=tr("mean of three attempts") if rolling else "",
        band=_band(curve),
        levels=_levels(curve),
        x_texts=tuple((float(at), _attempt_text(one)) for at, one in enumerate(curve.points)),
        at=max(len(curve.points) - 1, 0),
    )


def learning_sentence(row: CurveRow) -> str:
    """Where the curve stands, in words."""
    curve = row.curve
    valued = sum(one.estimate.value is not None for one in curve.points)
    if curve.criterion is None:
        return tr("Nothing is asked here; the curve shows how it went.")
    needed = _needed_text(row)
    if valued < ROLLING:
        return tr("Needed is {needed}. A mean of three attempts takes three attempts.", needed=needed)
    mean = number_text(curve.statistic, row.mean)
    if curve.reached:
        return tr(
            "Needed is {needed}; the last three attempts have {mean} on average: there.", needed=needed, mean=mean
        )
    return tr(
        "Needed is {needed}; the last three attempts have {mean} on average: not yet.", needed=needed, mean=mean
    )


def _dot(row: CurveRow, at: int, one: LearningPoint) -> Dot:
    found, statistic = one.estimate, row.curve.statistic
    value = number_text(statistic, found.value)
    limits = interval_text(statistic, found)
    parts = [
        f"{_attempt_text(one)} ({one.at[:10]}): {row.statistic} {value}" + (f" ({limits})." if limits else ".")
    ]
    if one.rolling is not None:
        parts.append(tr("Mean of three attempts: {value}.", value=number_text(statistic, one.rolling)))
    if not one.first_view:
        parts.append(tr("The clip was known already."))
    if found.sentence:
        parts.append(said(found.sentence))
    return Dot(at, found.value, " ".join(parts), found.low, found.high)


def _attempt_text(one: LearningPoint) -> str:
    """The clip; from the second attempt on with its number, which stays where there is little room."""
    return tr("{number} · {clip}", clip=one.clip, number=one.number) if one.number > 1 else one.clip


def _band(curve: LearningCurve) -> tuple[float | None, float | None]:
    """What is as it should be."""
    if curve.criterion is None:
        return (None, None)
    return (-curve.criterion, curve.criterion) if curve.statistic in SMALL_IS_GOOD else (curve.criterion, None)


def _levels(curve: LearningCurve) -> tuple[Level, ...]:
    zero = (Level(0.0, "0", strong=True),) if curve.statistic in SMALL_IS_GOOD else ()
    if curve.criterion is None or curve.statistic in SMALL_IS_GOOD:
        return zero
    return (Level(curve.criterion, tr("needed")),)
