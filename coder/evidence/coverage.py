"""How much could be seen at all: of a session, and while each code held."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from coder.analysis.spans import Spans
from coder.evidence.held import Flags, Held
from coder.evidence.subjects import Subject, subjects
from coder.model.coding import CodingPass
from coder.model.evidence import CodeCoverage
from coder.model.scheme import Scheme
from coder.model.time import Span
from coder.model.track import Coverage, FeatureTrack

Tracks = Mapping[str, FeatureTrack]

FOUND = {"child": "child_found", "parent": "parent_found"}
HEADS = ("child_yaw_deg", "parent_yaw_deg")


@dataclass(frozen=True, eq=False)
class Faces:
    """Which faces the frames of one measurement show; seen: by "child", "parent", "both", "both_heads"."""

    held: Held
    seen: Mapping[str, Flags]

    @classmethod
    def of(cls, tracks: Tracks) -> "Faces | None":
        """None if faces were not looked for, or not in the same frames."""
        if not set(FOUND.values()) <= set(tracks):
            return None
        child, parent = (tracks[name] for name in FOUND.values())
        if not np.array_equal(child.times_us, parent.times_us):
            return None
        seen = {who: tracks[name].valid & (tracks[name].values > 0.5) for who, name in FOUND.items()}
        seen["both"] = seen["child"] & seen["parent"]
        heads = [tracks[name].valid for name in HEADS if name in tracks]
        if len(heads) == len(HEADS) and all(head.shape == seen["both"].shape for head in heads):
            seen["both_heads"] = heads[0] & heads[1]
        everything = np.ones(len(child.times_us), np.bool_)
        held = Held.of(child)
        return cls(Held(held.start_us, held.end_us, child.values, everything), seen)

    def share(self, what: str, spans: Spans) -> float | None:
        """Share (0 … 1) of some time in which it was seen; None without any time, or if it was not looked for."""
        length = sum(span.duration_us for span in spans)
        if not length or what not in self.seen:
            return None
        starts = np.array([span.start_us for span in spans], np.float64)
        ends = np.array([span.end_us for span in spans], np.float64)
        return float(self.held.total(self.seen[what]).over(starts, ends).sum() / length)

    def longest_without(self, what: str, window: Span) -> int:
        """The longest stretch of the window in which it was not seen, in µs."""
        there = self.seen[what]
        starts, ends = self.held.start_us[there], self.held.end_us[there]
        edges = np.clip(np.column_stack((starts, ends)).ravel(), window.start_us, window.end_us)
        knots = np.concatenate(([window.start_us], edges, [window.end_us]))
        return int((knots[1::2] - knots[::2]).max())


def coverage_of(tracks: Tracks, window: Span) -> Coverage | None:
    """Of a window, by time and not by number of frames; None if no faces were looked for."""
    faces = Faces.of(tracks)
    if faces is None:
        return None
    child, parent, both, heads = (
        faces.share(what, (window,)) for what in ("child", "parent", "both", "both_heads")
    )
    return Coverage(child, parent, both, heads, faces.longest_without("both", window))


def coverage_by_code(coding: CodingPass, scheme: Scheme, tracks: Tracks) -> tuple[CodeCoverage, ...]:
    """Of the time of each code that has a rule, in the scheme's order, derived states last.

    Of moments, the time around them that their first rule looks at. () if no faces were looked for.
    """
    faces = Faces.of(tracks)
    return tuple(_by_code(faces, subjects(coding, scheme))) if faces is not None else ()


def _by_code(faces: Faces, found: tuple[Subject, ...]) -> Iterator[CodeCoverage]:
    for subject in found:
        held = subject.looked_at_by(subject.rules[0])
        child, parent, both, heads = (
            faces.share(what, held) for what in ("child", "parent", "both", "both_heads")
        )
        coded_us = sum(span.duration_us for span in held)
        yield CodeCoverage(
            tier=subject.tier,
            code=subject.code,
            coded_us=coded_us,
            child=child,
            parent=parent,
            both=both,
            both_heads=heads,
        )
