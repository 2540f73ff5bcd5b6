"""How far a pass and the tracks go together: coverage first, then numbers, each with its chance.

These numbers are about a pass and a witness with a field of view. They are never called reliability and never
averaged into it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from coder.evidence.coverage import Faces
from coder.evidence.lag import best_lag
from coder.evidence.reading import Looked, Reading
from coder.evidence.sharpness import sharpness
from coder.evidence.subjects import Subject, subjects
from coder.evidence.tables import UNIT_US, against, no_chance, shifts_of, unit_agreement
from coder.model.coding import CodingPass
from coder.model.evidence import Concordance, ConcordanceSum, Figure, Shifted, Silence
from coder.model.scheme import Evidence, Scheme
from coder.model.track import FeatureTrack
from coder.reliability.intervals import wilson

OF_SESSION = 0.3
"""Below this share of the session with both faces, features cannot speak about anything."""

OF_CODE = 0.5
"""Below this share of a code's own time with a valid value, they cannot speak about the code."""


def concordances(
    coding: CodingPass, scheme: Scheme, tracks: Mapping[str, FeatureTrack]
) -> tuple[Concordance, ...]:
    """One for each rule of the scheme, in the scheme's order, derived states last. tracks: by id of the signal."""
    faces = Faces.of(tracks)
    by = tracks["child_found"].provenance.extractor if faces is not None else ""
    return tuple(
        _concordance(coding.header.id, subject, rule, tracks.get(rule.feature), faces, by)
        for subject in subjects(coding, scheme)
        for rule in subject.rules
    )


def _concordance(
    pass_id: str, subject: Subject, rule: Evidence, track: FeatureTrack | None, faces: Faces | None, by: str
) -> Concordance:
    """by: the extractor that looked for faces; signals that come from elsewhere need none."""
    made = Concordance(
        pass_id=pass_id,
        tier=subject.tier,
        code=subject.code,
        rule=rule,
        why=Silence.UNMEASURED,
        events=len(subject.spans),
    )
    if track is None:
        return made
    reading = Reading(rule, track, subject.window)
    looked = reading.look(*reading.stretches(subject))
    window = subject.window
    made = replace(
        made,
        available=float(reading.held.lasts_within(window).sum()) / max(window.duration_us, 1),
        coverage=_mean_coverage(reading, subject, looked),
    )
    both = faces.share("both", (window,)) if faces is not None and track.provenance.extractor == by else None
    why = _silence(made, reading, both)
    return _numbers(made, subject, reading, looked) if why is Silence.SPEAKS else replace(made, why=why)


def _silence(made: Concordance, reading: Reading, both: float | None) -> Silence:
    """both: share of the window with both faces; None if that says nothing about this signal."""
    if min(made.available or 0.0, 1.0 if both is None else both) < OF_SESSION:
        return Silence.UNSEEN
    if made.coverage is None:
        return Silence.NEVER
    if made.coverage < OF_CODE:
        return Silence.UNSEEN_HERE
    return Silence.FLAT if reading.flat else Silence.SPEAKS


def _mean_coverage(reading: Reading, subject: Subject, looked: Looked) -> float | None:
    """Over all events, each by the length of what is looked at."""
    starts, ends = reading.stretches(subject)
    return float(np.average(looked.coverage, weights=ends - starts)) if starts.size else None


def _numbers(made: Concordance, subject: Subject, reading: Reading, looked: Looked) -> Concordance:
    covered, consistent = (int(flags.sum()) for flags in reading.consistent(looked))
    units = unit_agreement(subject, reading)
    lag_us, lag_why = best_lag(subject, reading)
    return replace(
        made,
        why=Silence.SPEAKS,
        covered=covered,
        consistent=consistent,
        share=share_of(consistent, covered),
        auc=sharpness(subject, reading),
        kappa=units.kappa,
        prevalence=units.prevalence,
        bias=units.bias,
        chance=_chance(subject, reading, consistent, covered),
        kappa_chance=units.chance,
        lag_us=lag_us,
        lag_why=lag_why,
    )


def summed(parts: Sequence[Concordance], coded_us: Sequence[int]) -> ConcordanceSum:
    """Several passes' concordance with one rule. coded_us: how long each part's window is."""
    one = parts[0]
    covered, consistent = sum(part.covered for part in parts), sum(part.consistent for part in parts)
    by_chance = [(part.chance.mean, part.covered) for part in parts if part.chance.mean is not None]
    weight = sum(count for _, count in by_chance)
    return ConcordanceSum(
        tier=one.tier,
        code=one.code,
        rule=one.rule,
        parts=tuple(parts),
        available=float(np.average([part.available or 0.0 for part in parts], weights=coded_us)),
        events=sum(part.events for part in parts),
        covered=covered,
        consistent=consistent,
        share=share_of(consistent, covered),
        baseline=sum(mean * count for mean, count in by_chance) / weight if weight else None,
    )


def share_of(part: int, of: int) -> Figure:
    """part / of with Wilson's limits."""
    if not of:
        return Figure(why=Silence.UNSEEN_HERE)
    low, high = wilson(part, of)
    return Figure(value=part / of, low=low, high=high, n=of)


def _chance(subject: Subject, reading: Reading, consistent: int, covered: int) -> Shifted:
    """The share of consistent events with the code's stream moved round by every whole second.

    What was not seen stays where it is: an event that comes to lie in a gap is no evidence there.
    """
    why = no_chance(subject, subject.looked_at_by(reading.rule))
    if why is not Silence.SPEAKS or not covered:
        return Shifted(why=why or Silence.UNSEEN_HERE)
    starts, ends = reading.stretches(subject)
    moved = (shifts_of(subject.window) * UNIT_US)[:, None]
    seen, found = reading.consistent(reading.look(starts + moved, ends + moved, circular=True))
    n = seen.sum(1)
    shares = np.divide(found.sum(1), n, out=np.full(len(n), np.nan), where=n > 0)
    return against(consistent / covered, shares)
