"""How much could be seen while each code held."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from coder.analysis.spans import Spans
from coder.analysis.witnesses import sampled
from coder.evidence.held import Flags, Held, Total
from coder.evidence.subjects import Subject, subjects
from coder.model.coding import CodingPass
from coder.model.evidence import CodeCoverage
from coder.model.scheme import Scheme
from coder.model.track import FeatureTrack

Tracks = Mapping[str, FeatureTrack]

FOUND = {"child": "child_found", "parent": "parent_found"}
HEADS = ("child_yaw_deg", "parent_yaw_deg")


@dataclass(frozen=True, eq=False)
class Faces:
    """Which faces were seen when: running totals of that time, by "child", "parent", "both" and "both_heads"."""

    seen: Mapping[str, Total]

    @classmethod
    def of(cls, tracks: Tracks) -> "Faces | None":
        """None if faces were not looked for. Each of two people may be seen by another camera, at other times."""
        if not set(FOUND.values()) <= set(tracks):
            return None
        child, parent = (tracks[name] for name in FOUND.values())
        seen = {"child": _total(child, _there(child)), "parent": _total(parent, _there(parent))}
        values, valid = sampled(parent, child.times_us)
        seen["both"] = _total(child, _there(child) & valid & (values > 0.5))
        if set(HEADS) <= set(tracks):
            heads = [sampled(tracks[name], child.times_us)[1] for name in HEADS]
            seen["both_heads"] = _total(child, heads[0] & heads[1])
        return cls(seen)

    def share(self, what: str, spans: Spans) -> float | None:
        """Share (0 … 1) of some time in which it was seen; None without any time, or if it was not looked for."""
        length = sum(span.duration_us for span in spans)
        if not length or what not in self.seen:
            return None
        starts = np.array([span.start_us for span in spans], np.float64)
        ends = np.array([span.end_us for span in spans], np.float64)
        return float(self.seen[what].over(starts, ends).sum() / length)


def coverage_by_code(coding: CodingPass, scheme: Scheme, tracks: Tracks) -> tuple[CodeCoverage, ...]:
    """Of the time of each code that has a rule, in the scheme's order, derived states last.

    Of moments, the time around them that their first rule looks at. () if no faces were looked for.
    """
    faces = Faces.of(tracks)
    return tuple(_by_code(faces, subjects(coding, scheme))) if faces is not None else ()


def _by_code(faces: Faces, found: tuple[Subject, ...]) -> Iterator[CodeCoverage]:
    for subject in found:
        looked_at = subject.looked_at_by(subject.rules[0])
        yield CodeCoverage(
            tier=subject.tier,
            code=subject.code,
            coded_us=sum(span.duration_us for span in looked_at),
            child=faces.share("child", looked_at),
            parent=faces.share("parent", looked_at),
            both=faces.share("both", looked_at),
            both_heads=faces.share("both_heads", looked_at),
        )


def pooled_coverage(rows: Sequence[CodeCoverage]) -> CodeCoverage:
    """Several passes' coverage of one code, each by how long the code held in it."""

    def share(shares: Sequence[float | None]) -> float | None:
        known = [(one, row.coded_us) for one, row in zip(shares, rows, strict=True) if one is not None]
        return sum(one * us for one, us in known) / sum(us for _, us in known) if known else None

    return CodeCoverage(
        tier=rows[0].tier,
        code=rows[0].code,
        coded_us=sum(row.coded_us for row in rows),
        child=share([row.child for row in rows]),
        parent=share([row.parent for row in rows]),
        both=share([row.both for row in rows]),
        both_heads=share([row.both_heads for row in rows]),
    )


def _there(track: FeatureTrack) -> Flags:
    return track.valid & (track.values > 0.5)


def _total(track: FeatureTrack, seen: Flags) -> Total:
    held = Held.of(track)
    return Total.of(held.start_us, held.end_us, seen.astype(np.float64))
