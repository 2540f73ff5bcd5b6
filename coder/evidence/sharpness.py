"""How well a signal tells the time of a code from other time: the area under the ROC curve."""

import numpy as np
from numpy.typing import NDArray

from coder.analysis.spans import Spans
from coder.evidence.held import Floats, Total
from coder.evidence.reading import Reading
from coder.evidence.subjects import Subject
from coder.evidence.tables import UNIT_US, inside
from coder.model.evidence import Figure, Silence


def auc(values: Floats, inside_weight: Floats, outside_weight: Floats) -> float:
    """P(inside > outside) + P(inside = outside) / 2 of weighted values (Mann & Whitney 1947); NaN without either.

    values, inside_weight, outside_weight: (n,); a value may stand on both sides.
    """
    _, place = np.unique(values, return_inverse=True)
    inner = np.bincount(place, inside_weight, minlength=1)
    outer = np.bincount(place, outside_weight, minlength=1)
    below = np.cumsum(outer) - outer
    both = inner.sum() * outer.sum()
    return float((inner * (below + outer / 2)).sum() / both) if both > 0 else float("nan")


def sharpness(subject: Subject, reading: Reading) -> Figure:
    """The signal where the code holds against where it could be coded and does not, frames by how long they last.

    Of a rule around onsets: what is found at onsets against what is found elsewhere, second by second. n: frames,
    or moments.
    """
    if reading.flat:
        return Figure(why=Silence.FLAT)
    found = _at_onsets(subject, reading) if reading.rule.during == "around" else _of_time(subject, reading)
    values, inner, outer = found
    if not (inner.any() and outer.any()) or np.ptp(values) == 0:
        return Figure(n=len(values), why=Silence.FLAT)
    return Figure(value=auc(values, inner, outer), n=len(values))


def _of_time(subject: Subject, reading: Reading) -> tuple[Floats, Floats, Floats]:
    held = reading.held
    starts, ends = held.start_us.astype(np.float64), held.end_us.astype(np.float64)
    inner = np.where(held.valid, _time_in(subject.held, starts, ends), 0)
    codable = np.where(held.valid, _time_in(subject.codable, starts, ends), 0)
    counted = codable > 0
    inner = np.minimum(inner, codable)
    return reading.expected[counted], inner[counted], (codable - inner)[counted]


def _time_in(spans: Spans, starts: Floats, ends: Floats) -> Floats:
    first = np.array([span.start_us for span in spans], np.int64)
    last = np.array([span.end_us for span in spans], np.int64)
    return Total.of(first, last, np.ones(len(spans))).over(starts, ends)


def _at_onsets(subject: Subject, reading: Reading) -> tuple[Floats, Floats, Floats]:
    """Elsewhere: whole seconds in codable time whose stretch meets the stretch of no onset."""
    around, onsets = reading.rule.around_us, subject.onsets_us
    seconds = np.arange(subject.window.start_us, subject.window.end_us, UNIT_US, dtype=np.float64)
    seconds = seconds[inside(subject.codable, seconds)]
    elsewhere = seconds[_nearest(seconds, np.sort(onsets)) >= 2 * around]
    moments = np.concatenate((onsets, elsewhere))
    looked = reading.look(moments - around, moments + around)
    covered, _ = reading.consistent(looked)
    at_onset = np.arange(len(moments)) < len(onsets)
    found: NDArray[np.float64] = looked.values[covered]
    return found, at_onset[covered].astype(np.float64), (~at_onset)[covered].astype(np.float64)


def _nearest(moments: Floats, sorted_us: Floats) -> Floats:
    """How far each moment is from the nearest of others; infinite if there is none."""
    edges = np.concatenate(([-np.inf], sorted_us, [np.inf]))
    at = np.searchsorted(edges, moments, side="right")
    near: Floats = np.minimum(moments - edges[at - 1], edges[at] - moments)
    return near
