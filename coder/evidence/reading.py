"""What each `test` of a rule computes. The words are explained to those who write schemes in docs/schemes.md."""

from dataclasses import dataclass
from functools import cached_property
from math import isfinite

import numpy as np

from coder.evidence.held import Flags, Floats, Held, Total, quantile
from coder.evidence.subjects import Subject
from coder.model.scheme import Evidence
from coder.model.time import Span
from coder.model.track import FeatureTrack

CHANGES = ("rises", "falls", "rises_by", "falls_by")
DOWNWARD = ("off", "lowest_third", "falls", "falls_by")
USUAL = (0.05, 0.95)
"""The range of a signal in a session leaves out its wildest values: motion has a long tail."""

SWITCH = 0.5
"""Between the two values of a 0/1 signal."""

_EXACT = 1e-9


@dataclass(frozen=True, eq=False)
class Looked:
    """What was found in some stretches, arrays of one shape. values: NaN where nothing could be compared.

    coverage: share (0 … 1) of each stretch with a valid value; of a change, of its worse half.
    """

    values: Floats
    coverage: Floats


class Reading:
    """A rule beside a track: the stretches it looks at, what it finds there."""

    def __init__(self, rule: Evidence, track: FeatureTrack, window: Span) -> None:
        self.rule, self.window = rule, window
        self.held = Held.of(track)
        self._within = self.held.lasts_within(window)

    @property
    def changes(self) -> bool:
        """True if it compares before and after."""
        return self.rule.test in CHANGES

    @property
    def level(self) -> float | None:
        """Where the test decides, in the signal's unit; None for a test of change, or without a valid value."""
        match self.rule.test:
            case "on" | "off":
                return SWITCH
            case "lowest_third" | "highest_third":
                level = self._thirds[self.rule.test == "highest_third"]
                return level if isfinite(level) else None
        return None

    @cached_property
    def flat(self) -> bool:
        """True if the signal does not vary enough in the session for the test to mean anything."""
        match self.rule.test:
            case "lowest_third" | "highest_third":
                return not self._thirds[0] < self._thirds[1]
            case "rises" | "falls":
                return not self._quantile(USUAL[0]) < self._quantile(USUAL[1])
        return False

    @cached_property
    def passing(self) -> Flags:
        """(n,): the frames that pass a test which asks for a share of frames. Means nothing where not valid."""
        values = self.held.values
        match self.rule.test:
            case "on":
                return values > SWITCH
            case "off":
                return values <= SWITCH
            case "lowest_third":
                return values <= self._thirds[0]
            case "highest_third":
                return values >= self._thirds[1]
        raise ValueError(f"“{self.rule.test}” asks for no share of frames")

    @cached_property
    def expected(self) -> Floats:
        """(n,): the signal, turned so that more of it is what the rule expects. Means nothing where not valid."""
        return -self.held.values if self.rule.test in DOWNWARD else self.held.values

    def stretches(self, subject: Subject) -> tuple[Floats, Floats]:
        """(starts, ends), in µs on the session clock: what is looked at for each event."""
        onsets = subject.onsets_us
        if self.rule.during == "around":
            return onsets - self.rule.around_us, onsets + self.rule.around_us
        return onsets, np.array([span.end_us for span in subject.spans], np.float64)

    def look(self, start_us: Floats, end_us: Floats, *, circular: bool = False) -> Looked:
        """What it finds in stretches of time; circular: after the window's end its start comes again."""
        if self.flat:
            return Looked(np.full(start_us.shape, np.nan), self._covered(start_us, end_us, circular=circular))
        if self.changes:
            return self._change(start_us, end_us, circular=circular)
        seen = self._over(self._valid, start_us, end_us, circular=circular)
        passed = self._over(self._passed, start_us, end_us, circular=circular)
        return Looked(_ratio(passed, seen), _ratio(seen, end_us - start_us, empty=0.0))

    def consistent(self, looked: Looked) -> tuple[Flags, Flags]:
        """(covered, consistent) of what was found: enough coverage to say anything; as the rule expects."""
        covered = (looked.coverage >= self.rule.min_coverage - _EXACT) & np.isfinite(looked.values)
        return covered, covered & (np.nan_to_num(looked.values) >= self.rule.expect - _EXACT)

    def mean(self, weights: Floats, start_us: Floats, end_us: Floats) -> Looked:
        """The mean of a weight (n,) over the valid time of stretches, and their coverage."""
        seen = self._valid.over(start_us, end_us)
        return Looked(
            _ratio(self.held.total(weights).over(start_us, end_us), seen),
            _ratio(seen, end_us - start_us, empty=0.0),
        )

    def _change(self, start_us: Floats, end_us: Floats, *, circular: bool) -> Looked:
        middle = (start_us + end_us) / 2
        sums, seen = self._summed, self._valid
        before, after = (
            (
                _ratio(
                    self._over(sums, *half, circular=circular), valid := self._over(seen, *half, circular=circular)
                ),
                _ratio(valid, half[1] - half[0], empty=0.0),
            )
            for half in ((start_us, middle), (middle, end_us))
        )
        grown = (after[0] - before[0]) / self._scale
        return Looked(grown, np.minimum(before[1], after[1]))

    def _covered(self, start_us: Floats, end_us: Floats, *, circular: bool) -> Floats:
        return _ratio(self._over(self._valid, start_us, end_us, circular=circular), end_us - start_us, empty=0.0)

    def _over(self, total: Total, start_us: Floats, end_us: Floats, *, circular: bool) -> Floats:
        return (total.round(self.window) if circular else total).over(start_us, end_us)

    @cached_property
    def _scale(self) -> float:
        if self.rule.test in ("rises", "falls"):
            return self._quantile(USUAL[1]) - self._quantile(USUAL[0])
        return 1.0

    @cached_property
    def _valid(self) -> Total:
        return self.held.total(np.ones(len(self.held.values)))

    @cached_property
    def _passed(self) -> Total:
        return self.held.total(self.passing)

    @cached_property
    def _summed(self) -> Total:
        return self.held.total(self.expected)

    @cached_property
    def _thirds(self) -> tuple[float, float]:
        """What the lowest third does not exceed, and what the highest does not fall below."""
        values = self.held.values
        return quantile(values, self._within, 1 / 3), -quantile(-values, self._within, 1 / 3)

    def _quantile(self, share: float) -> float:
        return quantile(self.held.values, self._within, share)


def _ratio(above: Floats, below: Floats, *, empty: float = np.nan) -> Floats:
    """above / below; `empty` where below is 0, up to the rounding of running totals."""
    there = below > 0.5
    shares: Floats = np.divide(above, below, out=np.full(np.shape(below), empty), where=there)
    return shares
