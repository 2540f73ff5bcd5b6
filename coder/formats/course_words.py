"""From a course file's form to the model's words."""

import re
from collections.abc import Mapping

from coder.formats.cells import parse_time
from coder.formats.course_document import CourseDocument, RuleDocument, StepDocument
from coder.formats.course_steps import clip_name
from coder.formats.master_file import MasterFile
from coder.model.scheme import SchemeId
from coder.model.study import Fingerprint
from coder.model.time import MILLISECOND_US, Span
from coder.model.training import Ask, Clip, Course, CourseId, Exercise, Requirement, Rule, Step, StepKind

_APART = re.compile(r"\n[ \t\r]*\n")


def prose(text: str) -> str:
    """A text for people: lines of a file run on, and a blank line parts two paragraphs."""
    paragraphs = (" ".join(part.split()) for part in _APART.split(text))
    return "\n\n".join(part for part in paragraphs if part)


def course_of(
    document: CourseDocument, scheme: SchemeId, sha256: str, masters: Mapping[str, MasterFile]
) -> Course:
    """The course of a document without mistakes. masters: by the step's id, for where exactly exercises begin."""
    return Course(
        CourseId(document.name, document.version, sha256),
        prose(document.title),
        prose(document.summary),
        scheme,
        tuple(_step(step, masters[step.id]) for step in document.steps),
        rule_of(document.rule),
        document.language,
        tuple(document.authors),
        document.licence,
        prose(document.notice),
    )


def rule_of(document: RuleDocument) -> Rule:
    """The rule of a document without mistakes."""
    return Rule(
        tuple(
            Requirement(
                one.statistic,
                one.tier,
                float(one.target),
                one.code,
                one.detail or "",
                None if one.unit_ms is None else one.unit_ms * MILLISECOND_US,
            )
            for one in document.requirements
        ),
        tuple((group.tier, code) for group in document.codes for code in group.codes),
        document.clips,
        document.min_events,
        float(document.min_sensitivity),
        document.valid_days,
        document.absence_days,
    )


def _step(document: StepDocument, master: MasterFile) -> Step:
    stretch = None
    if document.from_ is not None and document.to is not None:
        stretch = Span(parse_time(document.from_), parse_time(document.to))
    fingerprint = None
    if document.film_sha256 is not None and document.film_bytes is not None:
        fingerprint = Fingerprint(document.film_sha256, document.film_bytes)
    onsets = {(event.tier, event.onset_us) for event in master.events}
    return Step(
        document.id,
        StepKind(document.kind),
        Clip(document.clip or clip_name(document.film, stretch), document.film, stretch, fingerprint),
        document.master,
        prose(document.title),
        prose(document.text),
        tuple(document.tiers),
        tuple(
            Exercise(Ask(one.ask), one.tier, _onset(one.tier, parse_time(one.at), onsets))
            for one in document.exercises
        ),
        document.test_set,
    )


def _onset(tier: str, at_us: int, onsets: set[tuple[str, int]]) -> int:
    """The onset that was meant, which a file gives to the millisecond."""
    return min((at for own, at in onsets if own == tier), key=lambda at: abs(at - at_us))
