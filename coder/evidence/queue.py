"""What the tracks ask about: events they speak against, missing codes, uncodable time that shows faces."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping

from coder.analysis.spans import Spans, rest, shared
from coder.evidence.coverage import Faces
from coder.evidence.findings import findings_of
from coder.evidence.reading import Reading
from coder.evidence.subjects import Subject, subjects
from coder.model.codable import union
from coder.model.coding import CodingPass
from coder.model.evidence import Concern, EventEvidence, Finding, Question
from coder.model.scheme import Scheme, Stream, TierKind
from coder.model.time import SECOND_US, Span
from coder.model.track import FeatureTrack, Provenance

SEEN = 0.7
"""From this coverage on an event is asked about."""

LASTING_US = 1_500_000
"""A strong signal without its code is asked about if it lasts so long."""

LONG_US = 3 * SECOND_US
"""Uncodable time is asked about if it lasts so long and shows what it is said not to show."""

STRENGTHS: Mapping[str, float] = {"strong": 1.0, "medium": 2 / 3, "weak": 1 / 3, "none": 0.0}
_VISIBLE_STRENGTH = STRENGTHS["medium"]  # a face that is found may still be too dark or small to be coded

_FACES = {Stream.CHILD: "child", Stream.PARENT: "parent", Stream.DYAD: "both", Stream.SESSION: "both"}


def questions(coding: CodingPass, scheme: Scheme, tracks: Mapping[str, FeatureTrack]) -> tuple[Question, ...]:
    """Highest score first: duration in seconds × strength × coverage; see `Concern`."""
    found = [
        *_against(coding, scheme, tracks),
        *_uncoded(coding, scheme, tracks),
        *_visible(coding, scheme, tracks),
    ]
    return tuple(sorted(found, key=lambda one: (-one.score, one.span, one.tier, one.code, one.feature)))


def measured_by(provenance: Provenance) -> str:
    """What identifies a measurement: the extractor, its version, and a sum over all that it was made from."""
    parts = (
        provenance.media_sha256,
        *(f"{key}={value}" for key, value in sorted(provenance.settings.items())),
        *(f"{key}={value}" for key, value in sorted(provenance.models.items())),
    )
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]
    return f"{provenance.extractor} {provenance.version} {digest}"


def _against(coding: CodingPass, scheme: Scheme, tracks: Mapping[str, FeatureTrack]) -> Iterator[Question]:
    """Events with a rule that speaks against them. Rules of one code are alternatives: one that fits is enough."""
    for subject in subjects(coding, scheme):
        by_event: dict[int, list[EventEvidence]] = defaultdict(list)
        for rule in subject.rules:
            for place, found in enumerate(findings_of(coding.header.id, subject, rule, tracks.get(rule.feature))):
                by_event[place].append(found)
        for said in by_event.values():
            counted = [one for one in said if STRENGTHS.get(one.rule.strength, 0.0) > 0]
            if any(one.finding is Finding.CONSISTENT for one in counted):
                continue
            against = [one for one in counted if one.finding is Finding.INCONSISTENT and one.coverage >= SEEN]
            if against:
                yield _question(Concern.AGAINST, max(against, key=_score_of), tracks)


def _score_of(one: EventEvidence) -> float:
    """A moment counts as long as what was looked at around it."""
    looked_us = one.span.duration_us if one.rule.during == "event" else 2 * one.rule.around_us
    return looked_us / SECOND_US * STRENGTHS[one.rule.strength] * one.coverage


def _question(concern: Concern, one: EventEvidence, tracks: Mapping[str, FeatureTrack]) -> Question:
    return Question(
        concern=concern,
        pass_id=one.pass_id,
        tier=one.tier,
        code=one.code,
        span=one.span,
        feature=one.rule.feature,
        coverage=one.coverage,
        value=one.value,
        score=_score_of(one),
        event_id=one.event_id,
        measured_by=measured_by(tracks[one.rule.feature].provenance),
    )


def _uncoded(coding: CodingPass, scheme: Scheme, tracks: Mapping[str, FeatureTrack]) -> Iterator[Question]:
    """Where a strong signal lasts and its code is not given, in time that could be coded."""
    for subject in subjects(coding, scheme):
        for rule in subject.rules:
            track = tracks.get(rule.feature)
            if rule.strength != "strong" or rule.during != "event" or track is None:
                continue
            reading = Reading(rule, track, subject.window)
            lasting = _runs(reading)
            for span in _missing(lasting, subject):
                score = span.duration_us / SECOND_US * STRENGTHS[rule.strength]
                yield Question(
                    concern=Concern.UNCODED,
                    pass_id=coding.header.id,
                    tier=subject.tier,
                    code=subject.code,
                    span=span,
                    feature=rule.feature,
                    coverage=1.0,
                    value=1.0,
                    score=score,
                    measured_by=measured_by(track.provenance),
                )


def _runs(reading: Reading) -> Spans:
    """Unbroken stretches of frames that are valid and pass."""
    if reading.flat:
        return ()
    there = reading.held.valid & reading.passing
    starts, ends = reading.held.start_us[there], reading.held.end_us[there]
    return union(Span(int(start), int(end)) for start, end in zip(starts, ends, strict=True))


def _missing(lasting: Spans, subject: Subject) -> Iterator[Span]:
    """What of the lasting stretches is long enough when the code's own time is taken away."""
    could = shared(lasting, subject.codable)
    return (span for span in rest(could, shared(could, subject.held)) if span.duration_us >= LASTING_US)


def _visible(coding: CodingPass, scheme: Scheme, tracks: Mapping[str, FeatureTrack]) -> Iterator[Question]:
    """Long uncodable time that shows the face, or both faces, whose behaviour the tier describes."""
    faces = Faces.of(tracks)
    if faces is None:
        return
    by = measured_by(tracks["child_found"].provenance)
    for tier in scheme.tiers:
        uncodable = {code.id for code in tier.codes if code.uncodable}
        if tier.kind is TierKind.RATING or not uncodable:
            continue
        for event in coding.row(tier.id):
            span = event.span.intersection(coding.window)
            if event.code not in uncodable or span is None or span.duration_us < LONG_US:
                continue
            share = faces.share(_FACES[tier.stream], (span,)) or 0.0
            if share >= SEEN:
                score = span.duration_us / SECOND_US * _VISIBLE_STRENGTH * share
                yield Question(
                    concern=Concern.VISIBLE,
                    pass_id=coding.header.id,
                    tier=tier.id,
                    code=event.code,
                    span=span,
                    feature="",
                    coverage=share,
                    value=share,
                    score=score,
                    event_id=event.id,
                    measured_by=by,
                )
