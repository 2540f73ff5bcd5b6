"""Scores of the simulated coders in the tests of the built-in courses, beside a second implementation.

Written from `statistics.md` B2, B4, B6, B7 and B9 alone, without the package: matching on a line by the
order-preserving recursion, units of time one by one, accuracy by halving, ICC(A,1) from the sums of squares. Tiers
in which the master takes another code as right are left out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from coder.formats.course_file import CourseFile, read_course
from coder.formats.events_csv import read_events
from coder.model.coding import CodingPass, Event, PassHeader, PassStatus
from coder.model.scheme import RATING, Tier, TierKind
from coder.model.statistic import (
    ACCURACY,
    AGREEMENT,
    EXACT,
    F1,
    ICC,
    MEAN_DIFFERENCE,
    PRECISION,
    SENSITIVITY,
    TIME_UNIT_KAPPA,
    WITHIN_ONE,
)
from coder.model.study import Purpose
from coder.model.time import Span
from coder.model.training import Step
from coder.settings.shipped import shipped
from coder.training.scoring import score
from coder.training.tolerance import beside
from tests.training.clips import an_attempt
from tests.training.sampled import SAMPLES

Told = tuple[str, str | None, int | None, float | None]
"""Statistic, code, unit of time in µs, value."""

COURSES = ("cue-response", "face-to-face", "gaze-near", "ratings", "shared-play")
LEAST = {"cue-response": 50, "face-to-face": 20, "gaze-near": 50, "ratings": 10, "shared-play": 30}


@pytest.mark.parametrize("coder", ["careful", "hasty", "confused", "drifting-5"])
@pytest.mark.parametrize("name", COURSES)
def test_scores(name: str, coder: str) -> None:
    file = read_course(SAMPLES / "courses" / f"{name}.toml", Path(shipped("schemes")))
    compared = 0
    for step in file.course.tests(1):
        master, coding, lenient = passes(file, step, name, coder)
        found = score(step, an_attempt(step.id), "2026-01-01", master, coding, file.scheme, limits=False)
        for tier in file.scheme.tiers:
            if tier.id in lenient or (step.tiers and tier.id not in step.tiers):
                continue
            for statistic, code, unit_us, mine in plainly(tier, master, coding):
                theirs = [
                    one.estimate.value
                    for one in found.agreements
                    if (one.statistic, one.tier, one.code, one.detail) == (statistic, tier.id, code, "")
                    and unit_us in (None, one.tallies[0].unit_us)
                ]
                assert theirs == [mine if mine is None else pytest.approx(mine, abs=1e-9)], (
                    step.id,
                    statistic,
                    code,
                )
                compared += 1
    assert compared >= LEAST[name]


def passes(file: CourseFile, step: Step, name: str, coder: str) -> tuple[CodingPass, CodingPass, set[str]]:
    """Master (zones applied) and coder, cut to the clip; the tiers in which other codes are as right."""
    told = file.masters[step.id]
    window = step.clip.span or told.window or Span(0, max(event.offset_us for event in told.events))
    clip = Path(step.clip.film).name.split(".")[0]
    events = cut(read_events(SAMPLES / "passes" / f"{clip}.{name}.{coder}.csv", file.scheme), window)
    header = PassHeader("p", "s", file.scheme.id, coder, Purpose.TRAINING, window, PassStatus.SUBMITTED)
    coding = CodingPass.of(header, [one for one in events if not step.tiers or one.tier in step.tiers])
    key = told.over(window)
    return beside(key, coding, file.scheme), coding, {event.tier for event in key.events if event.either}


def cut(events: Sequence[Event], window: Span) -> list[Event]:
    found = []
    for event in events:
        if event.span.is_moment and window.contains(event.onset_us):
            found.append(replace(event, answer=""))
        elif (span := event.span.intersection(window)) is not None and span.duration_us:
            found.append(replace(event, span=span, answer=""))
    return found


def plainly(tier: Tier, master: CodingPass, coding: CodingPass) -> Iterator[Told]:
    if tier.kind is TierKind.POINT:
        yield from points(tier, master, coding)
    elif tier.kind is TierKind.STATE and tier.exclusive:
        units = dict.fromkeys(one.unit_us for one in tier.targets if one.unit_us)
        for unit_us in units or (1_000_000,):
            yield from states(tier, master, coding, unit_us)
    elif tier.kind is TierKind.RATING:
        yield from ratings(tier, master, coding)


def points(tier: Tier, master: CodingPass, coding: CodingPass) -> Iterator[Told]:
    tolerance_us = next(one.tolerance_us for one in tier.targets if one.statistic == F1)
    all_a = all_b = all_found = 0
    for code in (one.id for one in tier.codes):
        a, b = ([one.onset_us for one in row.row(tier.id) if one.code == code] for row in (master, coding))
        found = matched(sorted(a), sorted(b), tolerance_us)
        all_a, all_b, all_found = all_a + len(a), all_b + len(b), all_found + found
        yield F1, code, None, 2 * found / (len(a) + len(b)) if a or b else None
        yield SENSITIVITY, code, None, found / len(a) if a else None
        yield PRECISION, code, None, found / len(b) if b else None
    yield F1, None, None, 2 * all_found / (all_a + all_b) if all_a + all_b else None


def matched(a: Sequence[int], b: Sequence[int], tolerance_us: int) -> int:
    """As many pairs as can be, none crossing another: on a line the best there is."""
    best = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, one in enumerate(a):
        for j, other in enumerate(b):
            near = abs(one - other) <= tolerance_us
            best[i + 1][j + 1] = max(best[i][j + 1], best[i + 1][j], best[i][j] + near)
    return best[-1][-1]


def states(tier: Tier, master: CodingPass, coding: CodingPass, unit_us: int) -> Iterator[Told]:
    codes = [one.id for one in tier.codes if not one.uncodable]
    window = coding.window
    pairs = []
    for at_us in range(window.start_us + unit_us // 2, window.end_us, unit_us):
        a, b = (
            next((one.code for one in row.row(tier.id) if one.onset_us <= at_us < one.offset_us), tier.default)
            for row in (master, coding)
        )
        if a in codes:
            pairs.append((a, b if b in codes else ""))  # what the trainee leaves open is wrong
    n = len(pairs)
    if not n:
        return
    rates = [sum(a == code for a, _ in pairs) / n for code in codes]
    observed = sum(a == b for a, b in pairs) / n
    expected = sum(rate * sum(b == code for _, b in pairs) / n for rate, code in zip(rates, codes, strict=True))
    kappa = None if expected == 1 else (observed - expected) / (1 - expected)
    yield AGREEMENT, None, unit_us, observed
    yield TIME_UNIT_KAPPA, None, unit_us, kappa
    yield ACCURACY, None, unit_us, None if kappa is None else accuracy(kappa, rates)


def accuracy(kappa: float, rates: Sequence[float]) -> float | None:
    """Of one observer beside a master, errors spread evenly over the other codes: found by halving."""

    def expected(right: float) -> float:
        wrong = (1 - right) / (len(rates) - 1)
        by_chance = sum(rate * (rate * right + (1 - rate) * wrong) for rate in rates)
        return (right - by_chance) / (1 - by_chance)

    low, high = 1 / len(rates), 1.0
    if max(rates) == 1 or kappa <= expected(low):
        return None
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if expected(middle) < kappa else (low, middle)
    return low


def ratings(tier: Tier, master: CodingPass, coding: CodingPass) -> Iterator[Told]:
    given = [{one.code: one.modifier(RATING) or "" for one in row.row(tier.id)} for row in (master, coding)]
    both = [[row.get(code.id, "") for row in given] for code in tier.codes]
    pairs = [(int(a), int(b)) for a, b in both if a.isdecimal() and b.isdecimal()]
    n = len(pairs)
    yield EXACT, None, None, sum(a == b for a, b in pairs) / n
    yield WITHIN_ONE, None, None, sum(abs(a - b) <= 1 for a, b in pairs) / n
    yield MEAN_DIFFERENCE, None, None, sum(b - a for a, b in pairs) / n
    mean = sum(map(sum, pairs)) / (2 * n)
    between = 2 * sum((sum(pair) / 2 - mean) ** 2 for pair in pairs)
    coders = n * sum((sum(column) / n - mean) ** 2 for column in zip(*pairs, strict=True))
    rest = sum((value - mean) ** 2 for pair in pairs for value in pair) - between - coders
    bms, jms, ems = between / (n - 1), coders, rest / (n - 1)
    yield ICC, None, None, (bms - ems) / (bms + ems + 2 * (jms - ems) / n)
