"""A code and a thresholded signal in units of one second: kappa, and kappa in shifted time.

A unit's code and frame are those at its middle, as for kappa between coders (Bakeman & Quera 2011).
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from coder.analysis.spans import Spans, shared, total_us
from coder.evidence.held import Flags, Floats
from coder.evidence.reading import Reading
from coder.evidence.subjects import Subject
from coder.model.evidence import Figure, Shifted, Silence
from coder.model.time import SECOND_US, Span
from coder.reliability.formulas import kappa
from coder.reliability.table_formulas import bias_index, prevalence

UNIT_US = SECOND_US
NEAREST = 10
"""Nearer than so many seconds, shifted time still resembles the time itself."""


@dataclass(frozen=True, eq=False)
class Units:
    """Units of a window, (n,) each. coded, passing: mean nothing where not codable, not valid."""

    coded: Flags
    codable: Flags
    passing: Flags
    valid: Flags

    @classmethod
    def of(cls, subject: Subject, reading: Reading) -> "Units":
        """Of a rule that looks at the time of events."""
        window = subject.window
        count = window.duration_us // UNIT_US
        middles = window.start_us + (np.arange(count, dtype=np.float64) + 0.5) * UNIT_US
        frames = reading.held.at(middles)
        return cls(
            inside(subject.held, middles),
            inside(subject.codable, middles),
            reading.passing[frames] if reading.passing.size else np.zeros(count, np.bool_),
            frames >= 0,
        )

    def table(self) -> Floats:
        """(2, 2): rows the code, columns the signal, there and not there; of units that are codable and valid."""
        unmoved: Floats = self.shifted(np.array([0]))[0]
        return unmoved

    def shifted(self, shifts: NDArray[np.int64]) -> Floats:
        """(s, 2, 2): the same with the code, and what is codable, moved round by so many units; gaps stay."""
        seen, on = self.valid, self.passing & self.valid
        codable, coded = self.codable, self.coded & self.codable
        n, a_and_b, a_rows, b_columns = (
            _met(x, y)[shifts] for x, y in ((codable, seen), (coded, on), (coded, seen), (codable, on))
        )
        found = np.empty((len(shifts), 2, 2))
        found[:, 0, 0], found[:, 0, 1] = a_and_b, a_rows - a_and_b
        found[:, 1, 0], found[:, 1, 1] = b_columns - a_and_b, n - a_rows - b_columns + a_and_b
        return found


@dataclass(frozen=True)
class UnitAgreement:
    """Kappa of a code and a signal with its indices, and what it is by chance."""

    kappa: Figure
    prevalence: float | None = None
    bias: float | None = None
    chance: Shifted = field(default_factory=Shifted)


def unit_agreement(subject: Subject, reading: Reading) -> UnitAgreement:
    """Of a rule that looks at the time of events; a moment has no time inside."""
    if reading.rule.during == "around":
        return UnitAgreement(Figure(why=Silence.NO_LENGTH), chance=Shifted(why=Silence.NO_LENGTH))
    if subject.window.duration_us < UNIT_US:
        return UnitAgreement(Figure(why=Silence.SHORT), chance=Shifted(why=Silence.SHORT))
    units = Units.of(subject, reading)
    table = units.table()
    n = int(table.sum())
    if not (table.sum(0).all() and table.sum(1).all()):
        return UnitAgreement(Figure(n=n, why=Silence.FLAT), chance=Shifted(why=Silence.FLAT))
    value = float(kappa(table))
    why = no_chance(subject)
    chance = Shifted(why=why) if why else against(value, kappa(units.shifted(shifts_of(subject.window))))
    return UnitAgreement(
        Figure(value=value, n=n), float(prevalence(table)), float(bias_index(table)), chance=chance
    )


def shifts_of(window: Span) -> NDArray[np.int64]:
    """All whole seconds from `NEAREST` after the start of the window to `NEAREST` before its end."""
    return np.arange(NEAREST, window.duration_us // UNIT_US - NEAREST + 1)


def no_chance(subject: Subject, held: Spans | None = None) -> Silence:
    """Why there is no baseline of shifted time; SPEAKS if there is one. held: where the code is there."""
    if subject.window.duration_us < 60 * SECOND_US:
        return Silence.SHORT
    held_us = total_us(shared(subject.held if held is None else held, subject.codable))
    codable_us = total_us(subject.codable)
    return Silence.SPEAKS if 0.03 * codable_us <= held_us <= 0.97 * codable_us else Silence.RARE


def against(value: float, shifted: Floats) -> Shifted:
    """A statistic beside what it is in shifted time; NaN where it is not defined, which is no shift."""
    there = shifted[np.isfinite(shifted)]
    if not there.size:
        return Shifted(why=Silence.FLAT)
    reached = int((there >= value - 1e-9).sum())
    return Shifted(
        mean=float(there.mean()),
        top=float(np.quantile(there, 0.95)),
        p=(1 + reached) / (1 + there.size),
        shifts=int(there.size),
    )


def inside(spans: Spans, moments_us: Floats) -> Flags:
    """Whether each moment lies in one of some spans, which are in order and without overlap."""
    starts = np.array([span.start_us for span in spans], np.int64)
    ends = np.array([span.end_us for span in spans], np.int64)
    found = np.searchsorted(starts, moments_us, side="right") - 1
    there: Flags = found >= 0
    there[there] = moments_us[there] < ends[found[there]]
    return there


def _met(moved: Flags, still: Flags) -> NDArray[np.int64]:
    """(n,): how many units both have after moving the first by 0, 1, … n - 1 units round."""
    n = len(moved)
    across = np.fft.irfft(np.fft.rfft(still) * np.conj(np.fft.rfft(moved)), n)
    met: NDArray[np.int64] = np.rint(across).astype(np.int64)
    return met
