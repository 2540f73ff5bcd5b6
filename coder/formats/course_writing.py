"""A course as the text of its file."""

from collections.abc import Mapping
from typing import Any

from coder.formats.cells import seconds
from coder.formats.course_steps import clip_name
from coder.formats.toml_writing import folded, table_text
from coder.model.time import MILLISECOND_US
from coder.model.training import Course, Requirement, Rule, Step, StepKind


def course_text(course: Course, scheme_file: str = "") -> str:
    """A course as the text of its file. scheme_file: the scheme's, beside it; "" for one of the program's own.

    `read_course` gives back the same course, but for the hash in its id, which is of the text and its masters.
    """
    identity = course.scheme
    scheme = {"name": identity.name, "version": identity.version, "sha256": identity.sha256}
    if scheme_file:
        scheme["file"] = scheme_file
    parts = [
        table_text(_head(course)),
        f"[scheme]\n{table_text(scheme)}",
        f"[rule]\n{table_text(_rule(course.rule), ('rule',))}",
        table_text({"steps": [_step(step) for step in course.steps]}).lstrip("\n"),
    ]
    return "\n".join(parts)


def _head(course: Course) -> Mapping[str, Any]:
    head = {
        "name": course.id.name,
        "version": course.id.version,
        "title": course.title,
        "summary": _prose(course.summary),
        "language": course.language,
        "authors": list(course.authors),
        "licence": course.licence,
        "notice": _prose(course.notice),
    }
    return {field: value for field, value in head.items() if value}


def _rule(rule: Rule) -> Mapping[str, Any]:
    tiers = dict.fromkeys(tier for tier, _ in rule.codes)
    return {
        "clips": rule.clips,
        "min_events": rule.min_events,
        "min_sensitivity": rule.min_sensitivity,
        "valid_days": rule.valid_days,
        "absence_days": rule.absence_days,
        "codes": [{"tier": tier, "codes": [code for own, code in rule.codes if own == tier]} for tier in tiers],
        "requirements": [_requirement(one) for one in rule.requirements],
    }


def _requirement(one: Requirement) -> Mapping[str, Any]:
    table: dict[str, Any] = {"statistic": one.statistic, "tier": one.tier, "target": one.target}
    if one.code is not None:
        table["code"] = one.code
    if one.detail:
        table["detail"] = one.detail
    if one.unit_us is not None:
        table["unit_ms"] = one.unit_us // MILLISECOND_US
    return table


def _step(step: Step) -> Mapping[str, Any]:
    table: dict[str, Any] = {"id": step.id, "kind": step.kind.value, "title": step.title}
    if step.kind is StepKind.TEST:
        table["test_set"] = step.test_set
    if step.text:
        table["text"] = _prose(step.text)
    clip = step.clip
    table["film"] = clip.film
    if clip.fingerprint is not None:
        table |= {"film_sha256": clip.fingerprint.sha256, "film_bytes": clip.fingerprint.size}
    if clip.span is not None:
        table |= {"from": seconds(clip.span.start_us), "to": seconds(clip.span.end_us)}
    if clip.name != clip_name(clip.film, clip.span):
        table["clip"] = clip.name
    table["master"] = step.master
    if step.tiers:
        table["tiers"] = list(step.tiers)
    if step.exercises:
        table["exercises"] = [
            {"ask": one.ask.value, "tier": one.tier, "at": seconds(one.at_us)} for one in step.exercises
        ]
    return table


def _prose(text: str) -> str:
    """Paragraphs as they stand in a file, with a blank line between two."""
    paragraphs = [folded(part) for part in text.split("\n\n")]
    return paragraphs[0] if len(paragraphs) == 1 else "\n\n".join(part.rstrip("\n") for part in paragraphs) + "\n"
