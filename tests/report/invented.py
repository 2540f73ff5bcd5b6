"""Invented but realistic material for a report: two coders, sessions of some minutes, measured faces."""

from itertools import pairwise

import numpy as np

from coder.analysis import measures, time_budgets
from coder.model.coding import CodingPass, Event, PassHeader
from coder.model.scheme import Code, Derived, Scheme, SchemeId, Stream, Target, Tier, TierKind
from coder.model.study import Purpose, Session
from coder.model.time import SECOND_US, Span
from coder.model.track import Coverage, FeatureTrack, Provenance, Signal
from coder.reliability import compare, disagreements, pool
from coder.report import CoderPass, Measurement, ReportData, SchemePart, SessionPart


def _codes(**labels):
    return tuple(Code(name, label, "", "", uncodable=name.startswith("unc")) for name, label in labels.items())


CHILD = Tier(
    "cg",
    "Child’s gaze",
    Stream.CHILD,
    TierKind.STATE,
    _codes(
        cg_face="Parent’s face",
        cg_body="Parent’s body",
        cg_shared="Shared object",
        cg_obj="Other object",
        cg_away="Elsewhere",
        unc="Not codable",
    ),
    exclusive=True,
    exhaustive=True,
    targets=(
        Target("estimated accuracy", 0.85, 0.7, SECOND_US),
        Target("specific agreement", 0.7, None, SECOND_US),
    ),
)
PARENT = Tier(
    "pg",
    "Parent’s gaze",
    Stream.PARENT,
    TierKind.STATE,
    _codes(pg_face="Child’s face", pg_shared="Shared object", pg_away="Elsewhere", unc_p="Not codable"),
    exclusive=True,
    exhaustive=True,
    targets=(Target("estimated accuracy", 0.85, 0.7, SECOND_US),),
)
NEAR = Tier(
    "dist",
    "Distance",
    Stream.DYAD,
    TierKind.STATE,
    _codes(d_touch="Touching", d_reach="Within reach", d_room="Further away"),
    exclusive=True,
    default="d_reach",
    targets=(Target("time-unit kappa", 0.6, 0.4, SECOND_US),),
)
CUES = Tier(
    "cues",
    "Child’s cues",
    Stream.CHILD,
    TierKind.POINT,
    _codes(cue_look="Looks to face", cue_voice="Calls", cue_smile="Brightens", cue_away="Asks for a break"),
    targets=(Target("F1", 0.75, 0.6, tolerance_us=SECOND_US, min_events=10),),
)
MUTUAL = Derived("mutual_face", "Looking at each other’s face", "", "both", ("cg_face", "pg_face"))
SCHEME = Scheme(
    SchemeId("gaze-near", "1.0", "9f2b6c1e" * 8),
    "Who Looks Where, How Near",
    "",
    "CC-BY-4.0",
    "en",
    "",
    (CHILD, PARENT, NEAR, CUES),
    (MUTUAL,),
)


def _truth(draw, tier, length_us, mean_s):
    codes, at, found = [code.id for code in tier.codes], 0, []
    weights = np.array([0.05 if code.uncodable else 1.0 for code in tier.codes]) * np.linspace(
        1.6, 0.5, len(codes)
    )
    while at < length_us:
        end = min(at + int((0.4 + draw.exponential(mean_s)) * SECOND_US), length_us)
        code = draw.choice(codes, p=weights / weights.sum())
        if found and found[-1][0] == code:
            found[-1] = (code, found[-1][1], end)
        else:
            found.append((code, at, end))
        at = end
    return found


def _seen(draw, tier, truth, right, shift_s):
    """What a coder makes of the truth: boundaries a little off, some states called otherwise."""
    codes = [code.id for code in tier.codes if not code.uncodable]
    edges = [truth[0][1]] + [
        int(np.clip(on + draw.normal(0, shift_s) * SECOND_US, before, off))
        for (_, before, on), (_, _, off) in pairwise(truth)
    ]
    edges = np.maximum.accumulate([*edges, truth[-1][2]]).tolist()
    return [
        (code if draw.random() < right else str(draw.choice(codes)), on, off)
        for (code, _, _), on, off in zip(truth, edges[:-1], edges[1:], strict=True)
        if off > on
    ]


def _header(session, who, length_us, scheme):
    purpose = Purpose.MAIN if who == "Robin" else Purpose.RELIABILITY
    return PassHeader(f"{session}-{who}", session, scheme.id, who, purpose, Span(0, length_us))


def session_part(seed, name, minutes=6.0, right=0.93, scheme=SCHEME):
    """One session that Robin and Sasha coded."""
    draw, length_us = np.random.default_rng(seed), int(minutes * 60 * SECOND_US)
    events = {"Robin": [], "Sasha": []}
    for tier, mean_s in ((CHILD, 3.0), (PARENT, 5.0), (NEAR, 16.0)):
        truth = _truth(draw, tier, length_us, mean_s)
        for who, rows in events.items():
            seen = _seen(draw, tier, truth, right, 0.25)
            rows += [
                Event(f"{who}{tier.id}{at}", tier.id, code, Span(on, off))
                for at, (code, on, off) in enumerate(seen)
            ]
    cues = np.sort(draw.integers(0, length_us, int(minutes * 7)))
    kinds = draw.choice([code.id for code in CUES.codes], len(cues), p=[0.5, 0.3, 0.17, 0.03])
    for who, rows in events.items():
        for place, (at, kind) in enumerate(zip(cues.tolist(), kinds.tolist(), strict=True)):
            if draw.random() < right - 0.05:
                moment = Span.moment(int(np.clip(at + draw.normal(0.1, 0.3) * SECOND_US, 0, length_us - 1)))
                rows.append(Event(f"{who}cue{place}", "cues", kind, moment))
    a, b = (CodingPass.of(_header(name, who, length_us, scheme), rows) for who, rows in events.items())
    return _part(Session(name, name, Span(0, length_us), ()), a, b, scheme)


def _part(session, a, b, scheme):
    coded = [
        CoderPass(coding.header.coder_id, coding, time_budgets(coding, scheme), measures(coding, scheme))
        for coding in (a, b)
    ]
    return SessionPart(session, *coded, compare(a, b, scheme), disagreements(a, b, scheme))


def passes_part(a, b, scheme):
    """Two given passes as a session of a report."""
    return _part(Session(a.header.session_id, "drawn", a.window, ()), a, b, scheme)


def scheme_part(*sessions, scheme=SCHEME):
    """Sessions pooled as a workflow pools them."""
    return SchemePart(scheme, sessions, pool(one for session in sessions for one in session.agreements))


PROVENANCE = Provenance(
    "dyad",
    "1",
    "ab" * 32,
    {"sample_hz": "25", "toward_deg": "20"},
    {"face_landmarker_full_range.task": "cd" * 32},
    {"mediapipe": "0.10.33", "opencv-python": "5.0.0.93"},
    9000,
    3,
)


def track(seed, signal, length_us, lost=0.1):
    """A wandering signal with stretches where it could not be measured."""
    draw = np.random.default_rng(seed)
    times = np.arange(0, length_us, 40_000, dtype=np.int64)
    walk = np.cumsum(draw.normal(0, 1, len(times)))
    share = (np.sin(walk / 30) + 1) / 2
    if signal.unit == "0/1":
        share = (share > 0.6).astype(float)
    valid = np.repeat(draw.random(len(times) // 50 + 1) > lost, 50)[: len(times)]
    return FeatureTrack(signal, times, signal.low + share * (signal.high - signal.low), valid, PROVENANCE)


def measurement(session, coverage=None):
    """Measured faces of one session."""
    length_us = session.window.end_us
    signals = (
        Signal("child_yaw_deg", "Child: head to image right", "deg", -90, 90),
        Signal("parent_yaw_deg", "Parent: head to image right", "deg", -90, 90),
        Signal("mutual_toward", "Heads turned to each other", "0/1", 0, 1),
        Signal("head_distance_heads", "Distance of heads", "head heights", 0, 6),
    )
    seen = coverage or Coverage(0.82, 0.91, 0.77, 0.61, 7_400_000)
    return Measurement(
        session, seen, tuple(track(place, signal, length_us) for place, signal in enumerate(signals))
    )


def report_data(*parts, measurements=(), waiting=()):
    """A report of these parts."""
    return ReportData(
        "Winter playroom", "22 November 2026, 12:30 UTC", "coder-workstation 0.1.0", parts, measurements, waiting
    )
