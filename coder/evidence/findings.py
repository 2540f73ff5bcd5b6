"""What a rule finds for each event: consistent, inconsistent, or no evidence."""

from collections.abc import Iterator, Mapping
from math import isnan

from coder.evidence.reading import Reading
from coder.evidence.subjects import Subject, subjects
from coder.model.coding import CodingPass
from coder.model.evidence import EventEvidence, Finding
from coder.model.scheme import Evidence, Scheme
from coder.model.track import FeatureTrack


def findings(coding: CodingPass, scheme: Scheme, tracks: Mapping[str, FeatureTrack]) -> tuple[EventEvidence, ...]:
    """Every rule of the scheme on every event it is about, tier by tier in order of time; derived states last.

    tracks: by id of the signal, on the session clock. A rule whose signal is not there finds no evidence.
    """
    return tuple(
        found
        for subject in subjects(coding, scheme)
        for rule in subject.rules
        for found in findings_of(coding.header.id, subject, rule, tracks.get(rule.feature))
    )


def findings_of(
    pass_id: str, subject: Subject, rule: Evidence, track: FeatureTrack | None
) -> Iterator[EventEvidence]:
    """One rule on the events of its code, in order of time."""

    def one(place: int, finding: Finding, value: float | None, coverage: float) -> EventEvidence:
        span, event = subject.spans[place], subject.event_ids[place]
        return EventEvidence(pass_id, event, subject.tier, subject.code, span, rule, finding, value, coverage)

    places = range(len(subject.spans))
    if track is None:
        yield from (one(place, Finding.NONE, None, 0.0) for place in places)
        return
    reading = Reading(rule, track, subject.window)
    looked = reading.look(*reading.stretches(subject))
    covered, consistent = reading.consistent(looked)
    for place in places:
        value, coverage = float(looked.values[place]), float(looked.coverage[place])
        finding = Finding.CONSISTENT if consistent[place] else Finding.INCONSISTENT
        if covered[place]:
            yield one(place, finding, value, coverage)
        else:
            yield one(place, Finding.NONE, None if isnan(value) else value, coverage)
